//===- Splat.cpp - Tensors of one number ----------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/Splat.h"
#include "Element.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"

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

Value atled::createCountLike(OpBuilder &builder, Location location, Value x,
                             ArrayRef<int64_t> dimensions, int64_t correction,
                             Value like) {
  auto type = cast<RankedTensorType>(x.getType());
  int64_t count = 1;
  Value extents;
  for (int64_t dimension : dimensions) {
    if (!type.isDynamicDim(dimension)) {
      count *= type.getDimSize(dimension);
      continue;
    }
    Value extent = tensor::DimOp::create(builder, location, x, dimension);
    extents = extents
                  ? arith::MulIOp::create(builder, location, extents, extent)
                        .getResult()
                  : extent;
  }
  if (!extents)
    return createSplatLike(builder, location,
                           std::max<int64_t>(count - correction, 0), like);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, location, value);
  };
  Value number =
      arith::MulIOp::create(builder, location, extents, constant(count));
  number =
      arith::SubIOp::create(builder, location, number, constant(correction));
  number = arith::MaxSIOp::create(builder, location, number, constant(0));
  Value integer = arith::IndexCastOp::create(builder, location,
                                             builder.getI64Type(), number);
  Value scalar = ConvertOp::create(
      builder, location,
      tensor::FromElementsOp::create(
          builder, location, RankedTensorType::get({}, builder.getI64Type()),
          integer),
      getElementTypeOrSelf(like.getType()));
  return BroadcastOp::create(
      builder, location, cast<RankedTensorType>(like.getType()), scalar,
      ArrayRef<int64_t>{}, getDynamicSizes(builder, location, like));
}
