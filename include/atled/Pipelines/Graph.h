//===- Graph.h - A program drawn -------------------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_PIPELINES_GRAPH_H
#define ATLED_PIPELINES_GRAPH_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinOps.h"

namespace atled {

/// Prints the computational graph of every public function in Graphviz's
/// language: a node for each operation, with its shape, and calls drawn as what
/// they call. Expects what `ad-differentiate` leaves: what a derived function
/// adds to its primal is drawn as the backward (or tangent) part, and edges to
/// and from `ad.detach` are dashed.
void printGraph(ModuleOp module, raw_ostream &os);

} // namespace atled

#endif // ATLED_PIPELINES_GRAPH_H
