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
  SmallVector<int64_t> extents =
      llvm::map_to_vector(dimensions, [&](int64_t dimension) {
        return type.getDimSize(dimension);
      });
  Value number =
      buildNumbers(builder, extents,
                   buildDynamicSizes(builder, builder.getLoc(), x, dimensions));
  Type index = builder.getI64Type();
  SmallVector<int64_t> kept =
      llvm::filter_to_vector(llvm::seq(type.getRank()), [&](int64_t dimension) {
        return !llvm::is_contained(dimensions, dimension);
      });
  Value numbers = BroadcastOp::create(
      builder, type.clone(index), number, dimensions,
      buildDynamicSizes(builder, builder.getLoc(), x, kept));
  Value zero = builder.zeroTangent(x);
  // No number is as great: a tensor has less than 2^63 bytes.
  constexpr double tooGreat = 0x1p62;
  Value none = splatLike(builder, tooGreat, x, index);
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
static Value buildExtremumShares(RuleBuilder &builder, OpTy op, Value x) {
  Value extremum = buildBroadcastBack(builder, widen(builder, op.getResult()),
                                      x, op.getDimensions());
  Value contenders = buildContenders(builder, x, extremum);
  if (op.getTie() == Tie::first)
    return buildFirst(builder, contenders, x, op.getDimensions());
  return buildEvenShares(builder, contenders, x, op.getDimensions());
}

namespace {
struct ReduceMaxOpDerivative
    : WeightedReduction<ReduceMaxOpDerivative, ReduceMaxOp> {
  static Value buildWeights(RuleBuilder &builder, ReduceMaxOp op, Value x) {
    return buildExtremumShares(builder, op, x);
  }
};

struct ReduceMinOpDerivative
    : WeightedReduction<ReduceMinOpDerivative, ReduceMinOp> {
  static Value buildWeights(RuleBuilder &builder, ReduceMinOp op, Value x) {
    return buildExtremumShares(builder, op, x);
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// reduce_prod: the product of all the others, without division
//===----------------------------------------------------------------------===//

/// For each element the product of those before it along `dimension`, or of
/// those behind it.
static Value buildExclusiveProducts(RuleBuilder &builder, Value x,
                                    int64_t dimension, bool behind) {
  RankedTensorType type = getTensorType(x);
  Value one = ConstantOp::create(
      builder, RankedTensorType::get({}, type.getElementType()), 1.0);
  SmallVector<int64_t> low(type.getRank(), 0), high(low), interior(low);
  low[dimension] = behind ? -1 : 1;
  high[dimension] = -low[dimension];
  Value moved = PadOp::create(builder, x, one, low, high, interior);
  return CumProdOp::create(builder, moved, dimension, /*reverse=*/behind);
}

namespace {
/// Of several dimensions one is multiplied after the other: the others of an
/// element are those of its row, and all of the other rows.
struct ReduceProdOpDerivative
    : WeightedReduction<ReduceProdOpDerivative, ReduceProdOp> {
  static Value buildWeights(RuleBuilder &builder, ReduceProdOp op, Value x) {
    RankedTensorType type = getTensorType(x);
    if (llvm::any_of(op.getDimensions(), [&](int64_t dimension) {
          return type.getDimSize(dimension) == 0;
        }))
      return builder.zeroTangent(x);

    Value products = x, others;
    SmallVector<int64_t> multiplied;
    for (int64_t dimension : llvm::reverse(op.getDimensions())) {
      Value inRow = MulOp::create(
          builder, buildExclusiveProducts(builder, products, dimension, false),
          buildExclusiveProducts(builder, products, dimension, true));
      if (others)
        inRow = MulOp::create(
            builder, others, buildBroadcastBack(builder, inRow, x, multiplied));
      others = inRow;
      products = ReduceProdOp::create(builder, products, dimension);
      multiplied.push_back(dimension);
    }
    return others ? others : splatLike(builder, 1.0, x);
  }
};
} // namespace

void atled::attachReductionRules(MLIRContext *context) {
  ReduceMaxOp::attachInterface<ReduceMaxOpDerivative>(*context);
  ReduceMinOp::attachInterface<ReduceMinOpDerivative>(*context);
  ReduceProdOp::attachInterface<ReduceProdOpDerivative>(*context);
}
