//===- IndexingProducts.cpp - What a scatter multiplies by ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The product of all others is that of those before times that of those behind.
// A loop over the factors has the first in its hands when it comes to a place,
// a loop from the last factor to the first the second. Nothing is divided, so
// zeros need no care, and the loops have derivatives of their own.
//
//===----------------------------------------------------------------------===//

#include "IndexingProducts.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

static Value buildFlat(RuleBuilder &builder, Value tensor) {
  RankedTensorType type = getTensorType(tensor);
  int64_t count =
      type.hasStaticShape() ? type.getNumElements() : ShapedType::kDynamic;
  return ReshapeOp::create(
      builder, RankedTensorType::get(count, type.getElementType()), tensor);
}

/// The number of the factor that iteration `iteration` of `count` is about.
static Value buildNumber(RuleBuilder &builder, Value iteration, Value count,
                         bool fromLast) {
  Value number = iteration;
  if (fromLast) {
    Value one = arith::ConstantIndexOp::create(builder, 1);
    Value last =
        builder.createOrFold<arith::SubIOp>(builder.getLoc(), count, one);
    number = arith::SubIOp::create(builder, last, iteration);
  }
  Type integer = builder.getI64Type();
  number = arith::IndexCastOp::create(builder, integer, number);
  return tensor::FromElementsOp::create(
      builder, builder.getLoc(), RankedTensorType::get({}, integer), number);
}

/// For each factor what is at its place when its turn comes: `products` to
/// begin with, times the factors that had theirs.
static Value buildProductsBefore(RuleBuilder &builder, Value products,
                                 Value places, Value factors, bool fromLast) {
  Value zero = arith::ConstantIndexOp::create(builder, 0);
  Value count = getValueOrCreateConstantIndexOp(
      builder, builder.getLoc(),
      tensor::getMixedSize(builder, builder.getLoc(), factors, 0));
  Value one = arith::ConstantIndexOp::create(builder, 1);
  Value found = builder.zeroTangent(factors);
  auto loop = scf::ForOp::create(builder, zero, count, one,
                                 ValueRange{products, found});
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  products = loop.getRegionIterArg(0);
  found = loop.getRegionIterArg(1);
  Value number = buildNumber(builder, loop.getInductionVar(), count, fromLast);
  const SmallVector<int64_t> none, single = {1}, first = {0};
  auto assume = OutOfRange::assume, drop = OutOfRange::drop;
  Value place = DynamicSliceOp::create(builder, places, number, single, assume);
  Value factor =
      DynamicSliceOp::create(builder, factors, number, single, assume);
  factor = ReshapeOp::create(
      builder,
      RankedTensorType::get({}, getTensorType(factors).getElementType()),
      factor);
  Value there =
      GatherOp::create(builder, products, place, ValueRange(), single, none,
                       first, none, none, first, /*vectorDimension=*/0, drop);
  Value row = ReshapeOp::create(
      builder,
      RankedTensorType::get(single, getTensorType(there).getElementType()),
      there);
  found = DynamicUpdateSliceOp::create(builder, found, row, number, assume);
  products = ScatterOp::create(builder, products, place,
                               MulOp::create(builder, there, factor),
                               ScatterMode::set, none, first, none, none, first,
                               /*vectorDimension=*/0, drop);
  scf::YieldOp::create(builder, ValueRange{products, found});
  return loop.getResult(1);
}

Value atled::buildOtherFactors(RuleBuilder &builder, Value x, Value places,
                               Value factors) {
  auto isEmpty = [](Value tensor) {
    return llvm::is_contained(getTensorType(tensor).getShape(), 0);
  };
  RankedTensorType type = getTensorType(factors);
  if (isEmpty(x) || isEmpty(factors))
    return builder.zeroTangent(factors);
  SmallVector<Value> sizes =
      buildDynamicSizes(builder, builder.getLoc(), factors);
  x = buildFlat(builder, x);
  places = buildFlat(builder, places);
  factors = buildFlat(builder, factors);
  // As the scatter itself, in f32 at least.
  Type element = type.getElementType();
  Type wide =
      element.isF16() || element.isBF16() ? builder.getF32Type() : element;
  auto convert = [&](Value tensor, Type to) -> Value {
    if (wide == element)
      return tensor;
    return ConvertOp::create(builder, getTensorType(tensor).clone(to), tensor);
  };
  x = convert(x, wide);
  factors = convert(factors, wide);
  Value ones = splatLike(builder, 1.0, x);
  Value before = buildProductsBefore(builder, x, places, factors,
                                     /*fromLast=*/false);
  Value behind = buildProductsBefore(builder, ones, places, factors,
                                     /*fromLast=*/true);
  Value others = convert(MulOp::create(builder, before, behind), element);
  return ReshapeOp::create(builder, type, others, sizes);
}
