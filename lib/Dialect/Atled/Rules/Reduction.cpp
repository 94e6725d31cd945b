//===- Reduction.cpp - Rules of reductions --------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "WeightedReduction.h"

using namespace atled;

Value atled::broadcastBack(RuleBuilder &builder, Value cotangent, Value like,
                           DenseI64ArrayAttr dimensions) {
  return buildBroadcastBack(builder, cotangent, like, dimensions);
}

//===----------------------------------------------------------------------===//
// reduce_max, reduce_min: the elements that attain the extremum share evenly,
// or the first of them has all
//===----------------------------------------------------------------------===//

/// 1 for the first of `contenders`, which are 1, along `dimensions` of `x`:
/// they are numbered, and it has the least number.
static Value buildFirst(RuleBuilder &builder, Value contenders, Value x,
                        ArrayRef<int64_t> dimensions) {
  RankedTensorType type = getTensorType(x);
  SmallVector<int64_t> extents;
  int64_t count = 1;
  for (int64_t dimension : dimensions) {
    if (type.isDynamicDim(dimension))
      return builder.fail("has no derivative for its first element along a "
                          "dynamic dimension");
    extents.push_back(type.getDimSize(dimension));
    count *= extents.back();
  }
  Type index = builder.getI64Type();
  Value number = IotaOp::create(builder, RankedTensorType::get(count, index),
                                /*dimension=*/0);
  number =
      ReshapeOp::create(builder, RankedTensorType::get(extents, index), number);
  Value numbers =
      BroadcastOp::create(builder, type.clone(index), number, dimensions,
                          buildDynamicSizes(builder, builder.getLoc(), x));
  Value zero = builder.zeroTangent(x);
  Value none = buildSplat(builder, builder.getLoc(), type.clone(index),
                          static_cast<double>(count), x);
  Value isContender =
      CompareOp::create(builder, Predicate::ne, contenders, zero);
  Value first = ReduceMinOp::create(
      builder, SelectOp::create(builder, isContender, numbers, none),
      dimensions);
  Value isFirst =
      CompareOp::create(builder, Predicate::eq, numbers,
                        buildBroadcastBack(builder, first, x, dimensions));
  return SelectOp::create(builder, isFirst, contenders, zero);
}

template <typename OpTy>
static Value buildExtremumShares(RuleBuilder &builder, OpTy op) {
  Value x = op.getX();
  Value extremum =
      buildBroadcastBack(builder, op.getResult(), x, op.getDimensions());
  Value contenders = buildContenders(builder, x, extremum);
  if (op.getTie() == Tie::first)
    return buildFirst(builder, contenders, x, op.getDimensions());
  Value count = ReduceSumOp::create(builder, contenders, op.getDimensions());
  return DivOp::create(
      builder, contenders,
      buildBroadcastBack(builder, count, x, op.getDimensions()));
}

namespace {
struct ReduceMaxOpDerivative
    : WeightedReduction<ReduceMaxOpDerivative, ReduceMaxOp> {
  static Value buildWeights(RuleBuilder &builder, ReduceMaxOp op) {
    return buildExtremumShares(builder, op);
  }
};

struct ReduceMinOpDerivative
    : WeightedReduction<ReduceMinOpDerivative, ReduceMinOp> {
  static Value buildWeights(RuleBuilder &builder, ReduceMinOp op) {
    return buildExtremumShares(builder, op);
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// reduce_prod: the product of all the others, without division
//===----------------------------------------------------------------------===//

/// For each element of the last dimension the product of those before it, or of
/// those behind it: with the elements moved by one, products of windows that
/// double in each step (Hillis and Steele, 1986).
static Value buildExclusiveProducts(RuleBuilder &builder, Value rows,
                                    bool before) {
  RankedTensorType type = getTensorType(rows);
  int64_t count = type.getDimSize(1);
  auto scalar = RankedTensorType::get({}, type.getElementType());
  Value one = ConstantOp::create(builder, scalar, 1.0);
  auto shift = [&](Value value, int64_t distance) -> Value {
    int64_t low = before ? distance : -distance;
    return PadOp::create(builder, value, one, ArrayRef<int64_t>{0, low},
                         ArrayRef<int64_t>{0, -low}, ArrayRef<int64_t>{0, 0});
  };
  Value products = shift(rows, 1);
  for (int64_t window = 1; window < count; window *= 2)
    products = MulOp::create(builder, products, shift(products, window));
  return products;
}

namespace {
struct ReduceProdOpDerivative
    : WeightedReduction<ReduceProdOpDerivative, ReduceProdOp> {
  static Value buildWeights(RuleBuilder &builder, ReduceProdOp op) {
    RankedTensorType type = op.getX().getType();
    if (!type.hasStaticShape())
      return builder.fail("has no derivative in a tensor of dynamic extents");

    // Rows of what is multiplied: the reduced dimensions go last.
    SmallVector<int64_t> permutation;
    int64_t count = 1;
    for (int64_t dimension : llvm::seq(type.getRank()))
      if (!llvm::is_contained(op.getDimensions(), dimension))
        permutation.push_back(dimension);
    for (int64_t dimension : op.getDimensions()) {
      permutation.push_back(dimension);
      count *= type.getDimSize(dimension);
    }
    if (count == 0)
      return builder.zeroTangent(op.getX());
    auto rowsType = RankedTensorType::get(
        {type.getNumElements() / count, count}, type.getElementType());
    Value moved = TransposeOp::create(builder, op.getX(), permutation);
    Value rows = ReshapeOp::create(builder, rowsType, moved);
    Value before = buildExclusiveProducts(builder, rows, /*before=*/true);
    Value behind = buildExclusiveProducts(builder, rows, /*before=*/false);
    Value others = MulOp::create(builder, before, behind);
    Value back = ReshapeOp::create(builder, moved.getType(), others);
    return TransposeOp::create(
        builder, back,
        inversePermutation(builder, builder.getDenseI64ArrayAttr(permutation)));
  }
};
} // namespace

void atled::attachReductionRules(MLIRContext *context) {
  ReduceMaxOp::attachInterface<ReduceMaxOpDerivative>(*context);
  ReduceMinOp::attachInterface<ReduceMinOpDerivative>(*context);
  ReduceProdOp::attachInterface<ReduceProdOpDerivative>(*context);
}
