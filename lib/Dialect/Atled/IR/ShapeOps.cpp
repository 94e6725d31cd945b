//===- ShapeOps.cpp - Operations that make and move elements --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and verifiers of the operations that give the elements of a tensor, or
// out of nothing, a shape. Those that cut and join are in SlicingOps.cpp.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "atled/Support/ByteSize.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// ConstantOp
//===----------------------------------------------------------------------===//

void ConstantOp::build(OpBuilder &builder, OperationState &state,
                       RankedTensorType type, double element) {
  build(builder, state, type, getSplatAttr(type, element));
}

LogicalResult
ConstantOp::inferReturnTypes(MLIRContext *context,
                             std::optional<Location> location, Adaptor adaptor,
                             SmallVectorImpl<Type> &inferredReturnTypes) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getValue().getType());
  if (!type ||
      !isa<DenseElementsAttr, DenseResourceElementsAttr>(adaptor.getValue()))
    return reportError(location, getOperationName(),
                       formatv("takes dense<...> or dense_resource<...> of a "
                               "ranked tensor, not {0}",
                               adaptor.getValue()));
  inferredReturnTypes.push_back(type);
  return success();
}

LogicalResult ConstantOp::verify() {
  auto resource = dyn_cast<DenseResourceElementsAttr>(getValue());
  if (!resource)
    return success();
  RankedTensorType type = getType();
  if (!type.hasStaticShape())
    return emitOpError(formatv(
        "has the type {0}, and the shape of a constant is static", type));
  const DenseResourceElementsHandle &handle = resource.getRawHandle();
  const AsmResourceBlob *blob = handle.getBlob();
  if (!blob)
    return emitOpError(
        formatv("resource '{0}' is not in the file", handle.getKey()));
  uint64_t expected =
      type.getNumElements() * getElementBytes(type.getElementType());
  if (blob->getData().size() == expected)
    return success();
  return emitOpError(formatv("resource '{0}' has {1} bytes, but {2} has {3}",
                             handle.getKey(), blob->getData().size(), type,
                             expected));
}

OpFoldResult ConstantOp::fold(FoldAdaptor adaptor) { return getValue(); }

//===----------------------------------------------------------------------===//
// IotaOp
//===----------------------------------------------------------------------===//

LogicalResult IotaOp::verify() {
  if (failed(checkDimension(getLoc(), getOperationName(), getDimension(),
                            "the result", getType().getRank())))
    return failure();
  return checkSizes(getLoc(), getOperationName(), getSizes().size(),
                    getType().getNumDynamicDims(), "dynamic dimensions");
}

//===----------------------------------------------------------------------===//
// ReshapeOp
//===----------------------------------------------------------------------===//

bool ReshapeOp::needsSizes(RankedTensorType type) {
  if (type.getNumDynamicDims() == 1)
    return llvm::is_contained(type.getShape(), 0);
  return !type.hasStaticShape();
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType from = getX().getType();
  RankedTensorType to = getType();
  if (from.getElementType() != to.getElementType())
    return reportError(getLoc(), getOperationName(),
                       formatv("keeps the element type: x has {0}, result has "
                               "{1}",
                               from.getElementType(), to.getElementType()),
                       {{"x", getX()}});
  if (from.hasStaticShape() && to.hasStaticShape() &&
      from.getNumElements() != to.getNumElements())
    return reportError(getLoc(), getOperationName(),
                       formatv("keeps the number of elements: x has {0}, "
                               "result has {1}",
                               from.getNumElements(), to.getNumElements()),
                       {{"x", getX()}});
  if (getSizes().empty() && to.getNumDynamicDims() == 1) {
    if (!needsSizes(to))
      return success();
    return emitOpError(formatv("needs sizes: the dynamic extent of {0} does "
                               "not follow from the number of elements",
                               to));
  }
  return checkSizes(getLoc(), getOperationName(), getSizes().size(),
                    to.getNumDynamicDims(), "dynamic dimensions");
}

//===----------------------------------------------------------------------===//
// BroadcastOp
//===----------------------------------------------------------------------===//

SmallVector<int64_t> BroadcastOp::getRepeatedDimensions() {
  SmallVector<int64_t> repeated = getAllDimensions(getResult());
  for (auto [from, to] : llvm::enumerate(getDimensions()))
    if (getX().getType().getDimSize(from) == getType().getDimSize(to))
      llvm::erase(repeated, to);
  return repeated;
}

LogicalResult BroadcastOp::verify() {
  NamedOperand x{"x", getX()};
  RankedTensorType from = getX().getType();
  RankedTensorType to = getType();
  if (from.getElementType() != to.getElementType())
    return reportError(getLoc(), getOperationName(),
                       formatv("keeps the element type: x has {0}, result has "
                               "{1}",
                               from.getElementType(), to.getElementType()),
                       x);
  if (failed(checkEntryPerDimension(getLoc(), getOperationName(), "dimensions",
                                    getDimensions().size(), x)) ||
      failed(checkIncreasingDimensions(getLoc(), getOperationName(),
                                       getDimensions(), "the result",
                                       to.getRank())))
    return failure();
  for (auto [i, dimension] : llvm::enumerate(getDimensions())) {
    int64_t fromExtent = from.getDimSize(i);
    int64_t toExtent = to.getDimSize(dimension);
    if (fromExtent != 1 && fromExtent != toExtent)
      return reportError(getLoc(), getOperationName(),
                         formatv("repeats only an extent of 1: x dim {0} is "
                                 "{1}, result dim {2} is {3}",
                                 i, formatExtent(fromExtent), dimension,
                                 formatExtent(toExtent)),
                         x);
  }
  int64_t expected =
      llvm::count_if(getRepeatedDimensions(), [&](int64_t dimension) {
        return to.isDynamicDim(dimension);
      });
  return checkSizes(getLoc(), getOperationName(), getSizes().size(), expected,
                    "dynamic dimensions that are not those of x");
}

//===----------------------------------------------------------------------===//
// TransposeOp
//===----------------------------------------------------------------------===//

void TransposeOp::build(OpBuilder &builder, OperationState &state, Value x) {
  SmallVector<int64_t> permutation = getAllDimensions(x);
  std::reverse(permutation.begin(), permutation.end());
  build(builder, state, x, permutation);
}

LogicalResult
ReverseOp::inferReturnTypes(MLIRContext *context,
                            std::optional<Location> location, Adaptor adaptor,
                            SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  if (failed(checkIncreasingDimensions(location, getOperationName(),
                                       adaptor.getDimensions(), "x",
                                       x.getType().getRank(), x)))
    return failure();
  inferredReturnTypes.push_back(x.getType());
  return success();
}

LogicalResult
TransposeOp::inferReturnTypes(MLIRContext *context,
                              std::optional<Location> location, Adaptor adaptor,
                              SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  RankedTensorType type = x.getType();
  ArrayRef<int64_t> permutation = adaptor.getPermutation();
  if (failed(checkEntryPerDimension(location, getOperationName(), "permutation",
                                    permutation.size(), x)))
    return failure();
  SmallVector<int64_t> shape;
  for (auto [i, dimension] : llvm::enumerate(permutation)) {
    if (failed(checkDimension(location, getOperationName(), dimension, "x",
                              type.getRank(), x)))
      return failure();
    if (llvm::is_contained(permutation.take_front(i), dimension))
      return reportError(
          location, getOperationName(),
          formatv("dimension {0} occurs twice in the permutation", dimension));
    shape.push_back(type.getDimSize(dimension));
  }
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, type.getElementType()));
  return success();
}
