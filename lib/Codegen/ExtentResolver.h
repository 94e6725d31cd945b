//===- ExtentResolver.h - What extents follow from -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Computes an extent of a tensor or a buffer inside a function, or an index,
// from the extents of the function's arguments alone: anywhere, in another
// function too.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_EXTENTRESOLVER_H
#define ATLED_LIB_CODEGEN_EXTENTRESOLVER_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include <functional>
#include <map>

namespace atled {

class ExtentResolver {
public:
  /// Builds with `builder`, which stays in one block and only moves forward.
  /// `getArgumentExtent` gives a dynamic extent of an argument of the function
  /// that is looked into, or null.
  ExtentResolver(
      OpBuilder &builder,
      std::function<Value(BlockArgument, int64_t)> getArgumentExtent = {})
      : builder(builder), getArgumentExtent(std::move(getArgumentExtent)) {}

  /// Says what `index`, of the function that is looked into, is here.
  void set(Value index, Value known) { indices[index] = known; }

  /// Extent `dim` of `shaped`; null where it does not follow from the extents
  /// of arguments, or may be another one in each branch. Of values that loops
  /// carry, that is the extent they begin with.
  Value resolve(Value shaped, int64_t dim);

  /// The same for a number of type index.
  Value resolve(Value index);
  Value resolve(OpFoldResult index);

private:
  Value resolveUncached(Value shaped, int64_t dim);
  Value resolveArgument(BlockArgument argument, int64_t dim);
  Value resolveResult(OpResult result, int64_t dim);
  Value resolveAny(ArrayRef<Value> branches, int64_t dim);

  OpBuilder &builder;
  std::function<Value(BlockArgument, int64_t)> getArgumentExtent;
  DenseMap<std::pair<Value, int64_t>, Value> extents;
  DenseMap<Value, Value> indices;
  /// Any number may be one: no value is left for a DenseMap to mark its gaps.
  std::map<int64_t, Value> constants;
};

/// An empty tensor as large as `tensor`, which may not be there yet; null where
/// its size does not follow from those of its function's arguments.
Value createEmptyLike(OpBuilder &builder, Value tensor);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_EXTENTRESOLVER_H
