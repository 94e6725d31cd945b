//===- Splat.cpp - Tensors of one number ----------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/Splat.h"
#include "Element.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

DenseElementsAttr atled::getSplatAttr(RankedTensorType type, double element) {
  return getSplatAttr(type,
                      convertElement(APFloat(element), type.getElementType()));
}

SmallVector<Value> atled::getDynamicSizes(OpBuilder &builder, Location location,
                                          Value tensor) {
  SmallVector<Value> sizes;
  auto type = cast<RankedTensorType>(tensor.getType());
  for (int64_t dimension : getAllDimensions(tensor))
    if (type.isDynamicDim(dimension))
      sizes.push_back(
          tensor::DimOp::create(builder, location, tensor, dimension));
  return sizes;
}

Value atled::createSplatLike(OpBuilder &builder, Location location,
                             double element, Value like) {
  auto type = cast<RankedTensorType>(like.getType());
  if (type.hasStaticShape())
    return ConstantOp::create(builder, location, type, element);
  Value scalar = ConstantOp::create(
      builder, location, RankedTensorType::get({}, type.getElementType()),
      element);
  return BroadcastOp::create(builder, location, type, scalar,
                             ArrayRef<int64_t>{},
                             getDynamicSizes(builder, location, like));
}
