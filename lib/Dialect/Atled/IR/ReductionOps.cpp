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
#include "Reductions.h"
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

LogicalResult
atled::inferReduction(std::optional<Location> location, StringRef op, Value x,
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
// ReduceMaxOp, ReduceMinOp
//===----------------------------------------------------------------------===//

template <typename OpTy>
static LogicalResult verifyTie(OpTy op) {
  if (op.getTie() == Tie::split || op.getTie() == Tie::first)
    return success();
  return op.emitOpError("has tie = ")
         << stringifyTie(op.getTie()) << ", and it takes split or first";
}

LogicalResult ReduceMaxOp::verify() { return verifyTie(*this); }
LogicalResult ReduceMinOp::verify() { return verifyTie(*this); }

//===----------------------------------------------------------------------===//
// ArgmaxOp, ArgminOp
//===----------------------------------------------------------------------===//

static LogicalResult inferIndex(std::optional<Location> location, StringRef op,
                                Value operand, int64_t dimension,
                                StringRef extremum,
                                SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", operand};
  RankedTensorType type = x.getType();
  if (failed(checkDimension(location, op, dimension, "x", type.getRank(), x)))
    return failure();
  if (type.getDimSize(dimension) == 0)
    return reportError(
        location, op,
        formatv("dimension {0} has no elements, so none is the {1}", dimension,
                extremum),
        x);
  inferredReturnTypes.push_back(
      RankedTensorType::get(dropDimensions(type.getShape(), dimension),
                            IntegerType::get(type.getContext(), 32)));
  return success();
}

/// The shape is inferred; the element type may be any integer.
static bool isSameShape(TypeRange inferred, TypeRange actual) {
  return cast<RankedTensorType>(inferred.front()).getShape() ==
         cast<RankedTensorType>(actual.front()).getShape();
}

/// Every index fits the element type of the result.
template <typename OpTy>
static LogicalResult verifyIndicesFit(OpTy op) {
  int64_t dimension = op.getDimension();
  return checkIndicesFit(op.getLoc(), OpTy::getOperationName(), op.getType(),
                         dimension, op.getX().getType().getDimSize(dimension));
}

LogicalResult
ArgmaxOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  return inferIndex(location, getOperationName(), adaptor.getX(),
                    adaptor.getDimension(), "greatest", inferredReturnTypes);
}

bool ArgmaxOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return isSameShape(inferred, actual);
}

LogicalResult ArgmaxOp::verify() { return verifyIndicesFit(*this); }

LogicalResult
ArgminOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  return inferIndex(location, getOperationName(), adaptor.getX(),
                    adaptor.getDimension(), "least", inferredReturnTypes);
}

bool ArgminOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange actual) {
  return isSameShape(inferred, actual);
}

LogicalResult ArgminOp::verify() { return verifyIndicesFit(*this); }
