//===- SortLoops.h - Loops that find an order ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_SORTLOOPS_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_SORTLOOPS_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// What rows are ordered by: the first of the keys in which two elements
/// differ.
struct SortKeys {
  SmallVector<Value> tensors;
  /// The element types that the program gives them.
  SmallVector<Type> elements;
  /// Along which the rows run.
  int64_t dimension;
  bool isDescending;
};

/// For each row its indices in the order of the keys, of which `type` has the
/// first ones. What is equal in all keys stays in the order it is in.
Value findOrder(OpBuilder &builder, Location loc, const SortKeys &keys,
                RankedTensorType type);

/// Whether `x` comes before `y` and is not equal to it; both are of the type
/// `element` of the program. NaN is behind everything, and zeros are equal.
Value isLess(OpBuilder &builder, Location loc, Type element, Value x, Value y);

/// How many bits the binary number `number`, an index that is not negative,
/// has: 0 for 0.
OpFoldResult countBits(OpBuilder &builder, Location loc, OpFoldResult number);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_SORTLOOPS_H
