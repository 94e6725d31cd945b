//===- ReductionOps.cpp - Many elements become one ------------------------===//
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

/// `shape` without `dimensions`.
static SmallVector<int64_t> dropDimensions(ArrayRef<int64_t> shape,
                                           ArrayRef<int64_t> dimensions) {
  SmallVector<int64_t> kept;
  for (auto [dimension, extent] : llvm::enumerate(shape))
    if (!llvm::is_contained(dimensions, static_cast<int64_t>(dimension)))
      kept.push_back(extent);
  return kept;
}

static LogicalResult
inferReduction(std::optional<Location> location, StringRef op, Value x,
               ArrayRef<int64_t> dimensions,
               SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand operand{"x", x};
  RankedTensorType type = operand.getType();
  if (failed(checkIncreasingDimensions(location, op, dimensions, "x",
                                       type.getRank(), operand)))
    return failure();
  inferredReturnTypes.push_back(RankedTensorType::get(
      dropDimensions(type.getShape(), dimensions), type.getElementType()));
  return success();
}

//===----------------------------------------------------------------------===//
// ReduceSumOp, ReduceProdOp, ReduceMaxOp, ReduceMinOp
//===----------------------------------------------------------------------===//

LogicalResult
ReduceSumOp::inferReturnTypes(MLIRContext *context,
                              std::optional<Location> location, Adaptor adaptor,
                              SmallVectorImpl<Type> &inferredReturnTypes) {
  return inferReduction(location, getOperationName(), adaptor.getX(),
                        adaptor.getDimensions(), inferredReturnTypes);
}

LogicalResult ReduceProdOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  return inferReduction(location, getOperationName(), adaptor.getX(),
                        adaptor.getDimensions(), inferredReturnTypes);
}

LogicalResult
ReduceMaxOp::inferReturnTypes(MLIRContext *context,
                              std::optional<Location> location, Adaptor adaptor,
                              SmallVectorImpl<Type> &inferredReturnTypes) {
  return inferReduction(location, getOperationName(), adaptor.getX(),
                        adaptor.getDimensions(), inferredReturnTypes);
}

LogicalResult
ReduceMinOp::inferReturnTypes(MLIRContext *context,
                              std::optional<Location> location, Adaptor adaptor,
                              SmallVectorImpl<Type> &inferredReturnTypes) {
  return inferReduction(location, getOperationName(), adaptor.getX(),
                        adaptor.getDimensions(), inferredReturnTypes);
}

//===----------------------------------------------------------------------===//
// ArgmaxOp
//===----------------------------------------------------------------------===//

LogicalResult
ArgmaxOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  int64_t dimension = adaptor.getDimension();
  RankedTensorType type = x.getType();
  if (failed(checkDimension(location, getOperationName(), dimension, "x",
                            type.getRank(), x)))
    return failure();
  if (type.getDimSize(dimension) == 0)
    return reportError(
        location, getOperationName(),
        formatv("dimension {0} has no elements, so none is the greatest",
                dimension),
        x);
  inferredReturnTypes.push_back(
      RankedTensorType::get(dropDimensions(type.getShape(), dimension),
                            IntegerType::get(context, 32)));
  return success();
}

/// The shape is inferred; the element type may be any integer.
bool ArgmaxOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return cast<RankedTensorType>(inferred.front()).getShape() ==
         cast<RankedTensorType>(actual.front()).getShape();
}

/// Every index fits the element type of the result.
LogicalResult ArgmaxOp::verify() {
  int64_t extent = getX().getType().getDimSize(getDimension());
  if (ShapedType::isDynamic(extent))
    return success();
  auto index = cast<IntegerType>(getType().getElementType());
  APInt greatest = index.isUnsigned()
                       ? APInt::getMaxValue(index.getWidth())
                       : APInt::getSignedMaxValue(index.getWidth());
  if (greatest.getZExtValue() >= static_cast<uint64_t>(extent - 1))
    return success();
  return emitOpError(formatv("returns indices up to {0} along dimension {1}, "
                             "which do not fit {2}",
                             extent - 1, getDimension(), index));
}
