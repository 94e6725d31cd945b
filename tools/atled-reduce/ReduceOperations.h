//===- ReduceOperations.h - A smaller program of the same kind --*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_REDUCE_REDUCEOPERATIONS_H
#define ATLED_TOOLS_ATLED_REDUCE_REDUCEOPERATIONS_H

namespace atled {

/// Registers the pass `reduce-operations`.
void registerReduceOperationsPass();

} // namespace atled

#endif // ATLED_TOOLS_ATLED_REDUCE_REDUCEOPERATIONS_H
