//===- Cycles.h - Functions that call each other ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_RECURSION_CYCLES_H
#define ATLED_LIB_DIFFERENTIATION_RECURSION_CYCLES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"

namespace atled {

/// A set of functions that call each other, or one that calls itself.
struct Cycle {
  llvm::SetVector<func::FuncOp> functions;
  /// How deep they may be inside one another, as `ad.max_depth` says.
  DenseMap<func::FuncOp, int64_t> bounds;
  /// The `ad.checkpoint` that one of them has, or several alike, for the loop
  /// that they become; or null.
  Attribute checkpoint;
  /// The number of that loop, or null.
  Attribute loopNumber;

  bool contains(func::FuncOp function) const {
    return functions.contains(function);
  }
  /// The function of the cycle that `call` calls, or null.
  func::FuncOp getCallee(func::CallOp call) const;
  /// The largest of the bounds.
  int64_t getMaxDepth() const;
};

/// Every cycle of a module; fails where nothing bounds the depth of one, two of
/// its functions have different checkpoints, one has a custom rule that others
/// of it would not see, or a function outside of them has a bound.
FailureOr<SmallVector<Cycle>> findCycles(ModuleOp module);

/// Asserts that a call is not inside too many others.
void assertDepth(OpBuilder &builder, Location location, Value holds);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_RECURSION_CYCLES_H
