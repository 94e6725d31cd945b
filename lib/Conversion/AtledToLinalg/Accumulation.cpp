//===- Accumulation.cpp - Many elements into one
//---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Accumulation.h"
#include "Extents.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace atled;

static SmallVector<utils::IteratorType> getIterators(AffineMap resultMap) {
  SmallVector<utils::IteratorType> iterators(resultMap.getNumDims(),
                                             utils::IteratorType::reduction);
  for (AffineExpr loop : resultMap.getResults())
    iterators[cast<AffineDimExpr>(loop).getPosition()] =
        utils::IteratorType::parallel;
  return iterators;
}

Value atled::convertElements(OpBuilder &builder, Location loc, Type element,
                             Value x, RankedTensorType type,
                             ArrayRef<OpFoldResult> extents) {
  if (x.getType() == type)
    return x;
  Value empty = createEmpty(builder, loc, extents, type);
  AffineMap identity = builder.getMultiDimIdentityMap(type.getRank());
  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    ScalarBuilder scalars(nested, loc, element);
    Value result =
        scalars.narrow(scalars.widen(arguments.front()), type.getElementType());
    linalg::YieldOp::create(scalars, result);
  };
  return linalg::GenericOp::create(builder, loc, type, x, empty,
                                   {identity, identity},
                                   getParallelLoops(type.getRank()), body)
      .getResult(0);
}

Value atled::accumulate(OpBuilder &builder, Location loc,
                        const Accumulation &accumulation, ValueRange inputs,
                        RankedTensorType type, ArrayRef<OpFoldResult> extents) {
  ScalarBuilder scalars(builder, loc, accumulation.element);
  RankedTensorType wideType = type.clone(scalars.getType());
  Value empty = createEmpty(builder, loc, extents, wideType);
  Value start =
      linalg::FillOp::create(builder, loc, accumulation.start(scalars), empty)
          .getResult(0);
  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    ScalarBuilder scalars(nested, loc, accumulation.element);
    SmallVector<Value> elements = llvm::map_to_vector(
        arguments.drop_back(), [&](Value x) { return scalars.widen(x); });
    Value next = accumulation.combine(scalars, elements, arguments.back());
    linalg::YieldOp::create(scalars, next);
  };
  Value wide = linalg::GenericOp::create(
                   builder, loc, wideType, inputs, start, accumulation.maps,
                   getIterators(accumulation.maps.back()), body)
                   .getResult(0);
  return convertElements(builder, loc, accumulation.element, wide, type,
                         extents);
}

Value atled::multiply(ScalarBuilder &b, ValueRange factors) {
  return b.createByKind<arith::MulFOp, arith::MulIOp, arith::MulIOp>(
      factors[0], factors[1]);
}

Value atled::accumulateProducts(OpBuilder &builder, Location loc, Type element,
                                ArrayRef<AffineMap> maps, ValueRange factors,
                                RankedTensorType type,
                                ArrayRef<OpFoldResult> extents) {
  auto zero = [](ScalarBuilder &b) { return b.literal(0); };
  auto multiplyAdd = [](ScalarBuilder &b, ValueRange factors, Value sum) {
    return b.createByKind<arith::AddFOp, arith::AddIOp, arith::AddIOp>(
        sum, multiply(b, factors));
  };
  Accumulation accumulation{element, SmallVector<AffineMap>(maps), zero,
                            multiplyAdd};
  return accumulate(builder, loc, accumulation, factors, type, extents);
}
