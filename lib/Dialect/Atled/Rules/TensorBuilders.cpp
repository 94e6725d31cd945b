//===- TensorBuilders.cpp - Small pieces that rules are made of -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorBuilders.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

SmallVector<Value> atled::buildDynamicSizes(OpBuilder &builder, Location location,
                                            Value like, ArrayRef<int64_t> dimensions) {
  SmallVector<Value> sizes;
  for (int64_t dimension : dimensions)
    if (getTensorType(like).isDynamicDim(dimension))
      sizes.push_back(tensor::DimOp::create(builder, location, like, dimension));
  return sizes;
}

SmallVector<Value> atled::buildDynamicSizes(OpBuilder &builder, Location location,
                                            Value like) {
  return buildDynamicSizes(builder, location, like,
                           llvm::to_vector(llvm::seq(getTensorType(like).getRank())));
}

Value atled::buildSplat(OpBuilder &builder, Location location, RankedTensorType type,
                        double value, Value like) {
  if (type.hasStaticShape())
    return ConstantOp::create(builder, location, type, value);
  auto scalar = ConstantOp::create(
      builder, location, RankedTensorType::get({}, type.getElementType()), value);
  return BroadcastOp::create(builder, location, type, scalar, ArrayRef<int64_t>(),
                             buildDynamicSizes(builder, location, like));
}

Value atled::buildBroadcastBack(RuleBuilder &builder, Value reduced, Value like,
                                ArrayRef<int64_t> dimensions) {
  RankedTensorType shape = getTensorType(like);
  auto type = RankedTensorType::get(shape.getShape(), getTensorType(reduced).getElementType());
  SmallVector<int64_t> kept;
  for (int64_t dimension : llvm::seq(shape.getRank()))
    if (!llvm::is_contained(dimensions, dimension))
      kept.push_back(dimension);
  return BroadcastOp::create(
      builder, type, reduced, kept,
      buildDynamicSizes(builder, builder.getLoc(), like, dimensions));
}
