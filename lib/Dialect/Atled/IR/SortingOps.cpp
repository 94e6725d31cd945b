//===- SortingOps.cpp - Elements in order, and their places ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and verifiers.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

/// The type of the indices of elements of a tensor of `shape`, unless a program
/// says another.
static RankedTensorType getIndexType(MLIRContext *context,
                                     ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, IntegerType::get(context, 32));
}

/// Whether the types are those inferred, but for the element type of the last
/// result, which may be any integer.
static bool areSameButIndices(TypeRange inferred, TypeRange actual) {
  return inferred.size() == actual.size() &&
         inferred.drop_back() == actual.drop_back() &&
         cast<RankedTensorType>(inferred.back()).getShape() ==
             cast<RankedTensorType>(actual.back()).getShape();
}

//===----------------------------------------------------------------------===//
// SortOp
//===----------------------------------------------------------------------===//

static LogicalResult checkSameShapes(std::optional<Location> location,
                                     StringRef op, ValueRange tensors) {
  NamedOperand first{"tensor #0", tensors.front()};
  for (auto [number, tensor] : llvm::enumerate(tensors)) {
    std::string name = formatv("tensor #{0}", number).str();
    NamedOperand other{name, tensor};
    if (other.getType().getShape() != first.getType().getShape())
      return reportError(location, op,
                         formatv("takes tensors of one shape: {0} has {1}, {2} "
                                 "has {3}",
                                 first.name, first.getType(), other.name,
                                 other.getType()),
                         other);
  }
  return success();
}

LogicalResult
SortOp::inferReturnTypes(MLIRContext *context, std::optional<Location> location,
                         Adaptor adaptor,
                         SmallVectorImpl<Type> &inferredReturnTypes) {
  StringRef op = getOperationName();
  ValueRange tensors = adaptor.getTensors();
  if (tensors.empty())
    return reportError(location, op, "takes at least one tensor");
  NamedOperand first{"tensor #0", tensors.front()};
  ArrayRef<int64_t> shape = first.getType().getShape();
  if (failed(checkSameShapes(location, op, tensors)) ||
      failed(checkDimension(location, op, adaptor.getDimension(), first.name,
                            shape.size(), first)))
    return failure();
  if (adaptor.getKeys() < 1 || adaptor.getKeys() > int64_t(tensors.size()))
    return reportError(location, op,
                       formatv("has {0} keys among {1} tensors; at least the "
                               "first is one",
                               adaptor.getKeys(), tensors.size()));
  llvm::append_range(inferredReturnTypes, tensors.getTypes());
  inferredReturnTypes.push_back(getIndexType(context, shape));
  return success();
}

bool SortOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return areSameButIndices(inferred, actual);
}

LogicalResult SortOp::verify() {
  RankedTensorType order = getOrder().getType();
  return checkIndicesFit(getLoc(), getOperationName(), order, getDimension(),
                         order.getDimSize(getDimension()));
}

//===----------------------------------------------------------------------===//
// TopKOp
//===----------------------------------------------------------------------===//

LogicalResult
TopKOp::inferReturnTypes(MLIRContext *context, std::optional<Location> location,
                         Adaptor adaptor,
                         SmallVectorImpl<Type> &inferredReturnTypes) {
  StringRef op = getOperationName();
  NamedOperand x{"x", adaptor.getX()};
  int64_t dimension = adaptor.getDimension(), k = adaptor.getK();
  SmallVector<int64_t> shape(x.getType().getShape());
  if (failed(checkDimension(location, op, dimension, "x", shape.size(), x)))
    return failure();
  int64_t extent = shape[dimension];
  if (k < 0 || (!ShapedType::isDynamic(extent) && k > extent))
    return reportError(location, op,
                       formatv("takes {0} of the {1} elements along dimension "
                               "{2}",
                               k, formatExtent(extent), dimension),
                       x);
  shape[dimension] = k;
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, x.getType().getElementType()));
  inferredReturnTypes.push_back(getIndexType(context, shape));
  return success();
}

bool TopKOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return areSameButIndices(inferred, actual);
}

LogicalResult TopKOp::verify() {
  return checkIndicesFit(getLoc(), getOperationName(), getIndices().getType(),
                         getDimension(),
                         getX().getType().getDimSize(getDimension()));
}

//===----------------------------------------------------------------------===//
// SearchSortedOp
//===----------------------------------------------------------------------===//

LogicalResult SearchSortedOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  StringRef op = getOperationName();
  NamedOperand sorted{"sorted", adaptor.getSorted()};
  NamedOperand values{"values", adaptor.getValues()};
  if (failed(checkSameElementType(location, op, sorted, values)))
    return failure();
  int64_t rank = sorted.getType().getRank();
  if (rank == 0)
    return reportError(location, op,
                       "searches a single number; sorted needs "
                       "a dimension",
                       sorted);
  if (values.getType().getRank() < rank - 1)
    return reportError(
        location, op,
        formatv("has {0} dimensions of rows in sorted, and values has rank {1}",
                rank - 1, values.getType().getRank()),
        {sorted, values});
  for (int64_t dimension : llvm::seq(rank - 1)) {
    int64_t rows = sorted.getType().getDimSize(dimension);
    int64_t other = values.getType().getDimSize(dimension);
    if (!ShapedType::isDynamic(rows) && !ShapedType::isDynamic(other) &&
        rows != other)
      return reportError(location, op,
                         formatv("has {0} rows in sorted along dimension {1}, "
                                 "and {2} in values",
                                 rows, dimension, other),
                         {sorted, values});
  }
  inferredReturnTypes.push_back(
      getIndexType(context, values.getType().getShape()));
  return success();
}

bool SearchSortedOp::isCompatibleReturnTypes(TypeRange inferred,
                                             TypeRange actual) {
  return areSameButIndices(inferred, actual);
}

LogicalResult SearchSortedOp::verify() {
  // From in front of the first element to behind the last.
  RankedTensorType sorted = getSorted().getType();
  int64_t dimension = sorted.getRank() - 1;
  return checkIndicesFit(getLoc(), getOperationName(), getType(), dimension,
                         sorted.getDimSize(dimension) + 1);
}
