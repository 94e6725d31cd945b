//===- Statistics.cpp - Rules of means, norms and softmax -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "WeightedReduction.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include <limits>

using namespace atled;

/// `value` divided by the number of elements of `x` over `dimensions` less
/// `correction`, which a narrow format may not be able to say.
static Value divideByCount(RuleBuilder &builder, Value value, Value x,
                           ArrayRef<int64_t> dimensions, int64_t correction) {
  Value wide = widen(builder, value);
  Value count = createCountLike(builder, builder.getLoc(), x, dimensions,
                                correction, wide);
  return roundLike(builder, DivOp::create(builder, wide, count), value);
}

//===----------------------------------------------------------------------===//
// mean
//===----------------------------------------------------------------------===//

Value atled::meanBack(RuleBuilder &builder, Value cotangent, MeanOp op) {
  Value part = divideByCount(builder, cotangent, op.getX(), op.getDimensions(),
                             /*correction=*/0);
  return buildBroadcastBack(builder, part, op.getX(), op.getDimensions());
}

//===----------------------------------------------------------------------===//
// variance, norm, logsumexp: sums with weights
//===----------------------------------------------------------------------===//

namespace {
struct VarianceOpDerivative
    : WeightedReduction<VarianceOpDerivative, VarianceOp> {
  static Value buildWeights(RuleBuilder &builder, VarianceOp op, Value x) {
    Value mean = MeanOp::create(builder, x, op.getDimensions());
    Value difference = SubOp::create(
        builder, x, buildBroadcastBack(builder, mean, x, op.getDimensions()));
    return divideByCount(builder,
                         AddOp::create(builder, difference, difference), x,
                         op.getDimensions(), op.getCorrection());
  }
};

struct NormOpDerivative : WeightedReduction<NormOpDerivative, NormOp> {
  static Value buildWeights(RuleBuilder &builder, NormOp op, Value x) {
    if (op.getOrder() == NormOrder::one)
      return SignOp::create(builder, x);
    bool isLength = op.getOrder() == NormOrder::two;
    Value result = widen(builder, op.getResult());
    // The length, unlike the greatest, may be finite in f32 and overflow in
    // f16.
    if (isLength && x != op.getX())
      result = NormOp::create(builder, x, op.getDimensions(), op.getOrder());
    Value whole = buildBroadcastBack(builder, result, x, op.getDimensions());
    if (isLength)
      return buildDirection(builder, x, whole);
    // The signs of the greatest, which share; of zeros, and so of a zero
    // vector, that is 0.
    Value contenders =
        buildContenders(builder, AbsOp::create(builder, x), whole);
    Value share = buildEvenShares(builder, contenders, x, op.getDimensions());
    return MulOp::create(builder, share, SignOp::create(builder, x));
  }
};

struct LogSumExpOpDerivative
    : WeightedReduction<LogSumExpOpDerivative, LogSumExpOp> {
  /// softmax(x), which is more exact than exp(x - result) where the result is
  /// large. Where it would be NaN, those that are +inf share what there is; it
  /// is that of zeros there, so that its own derivative does not disturb.
  static Value buildWeights(RuleBuilder &builder, LogSumExpOp op, Value x) {
    Value whole = buildBroadcastBack(builder, widen(builder, op.getResult()), x,
                                     op.getDimensions());
    Value zero = splatLike(builder, 0.0, x), one = splatLike(builder, 1.0, x);
    Value infinity =
        splatLike(builder, std::numeric_limits<double>::infinity(), x);
    Value isInfinite = CompareOp::create(
        builder, Predicate::eq, AbsOp::create(builder, whole), infinity);
    Value weights = SoftmaxOp::create(
        builder, SelectOp::create(builder, isInfinite, zero, x),
        op.getDimensions());
    Value isGreatest = CompareOp::create(builder, Predicate::eq, x, infinity);
    Value greatest = SelectOp::create(builder, isGreatest, one, zero);
    Value count = buildBroadcastBack(
        builder, ReduceSumOp::create(builder, greatest, op.getDimensions()), x,
        op.getDimensions());
    Value share = DivOp::create(builder, greatest,
                                MaximumOp::create(builder, count, one));
    return SelectOp::create(builder, isInfinite, share, weights);
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// softmax, log_softmax
//===----------------------------------------------------------------------===//

/// The sum of `values` over the dimensions of `op`, for each of them.
template <typename OpTy>
static Value buildSumForAll(RuleBuilder &builder, OpTy op, Value values) {
  Value sum = ReduceSumOp::create(builder, values, op.getDimensions());
  return buildBroadcastBack(builder, sum, op.getX(), op.getDimensions());
}

/// An operation of one operand, `x`, whose model builds what becomes of a
/// tangent and what becomes of a cotangent, from its result, `y`; all of it in
/// f32 at least, since f16 does not hold the sum of many.
template <typename Model, typename OpTy>
struct Normalization : DifferentiableOpInterface::ExternalModel<Model, OpTy> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *op, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    RuleBuilder builder(base, op);
    if (operandTangents[0])
      resultTangents[0] =
          roundLike(builder,
                    Model::buildTangent(builder, cast<OpTy>(op),
                                        widen(builder, op->getResult(0)),
                                        widen(builder, operandTangents[0])),
                    op->getResult(0));
    return builder.getStatus();
  }

  LogicalResult
  buildCotangents(Operation *op, OpBuilder &base,
                  ArrayRef<Value> resultCotangents,
                  const llvm::SmallBitVector &wanted,
                  MutableArrayRef<Value> operandCotangents) const {
    RuleBuilder builder(base, op);
    if (resultCotangents[0] && wanted[0])
      operandCotangents[0] =
          roundLike(builder,
                    Model::buildCotangent(builder, cast<OpTy>(op),
                                          widen(builder, op->getResult(0)),
                                          widen(builder, resultCotangents[0])),
                    op->getOperand(0));
    return builder.getStatus();
  }
};

namespace {
/// The matrix of partial derivatives, diag(y) - y yᵀ, is its own transpose.
struct SoftmaxOpDerivative : Normalization<SoftmaxOpDerivative, SoftmaxOp> {
  static Value buildTangent(RuleBuilder &builder, SoftmaxOp op, Value y,
                            Value tangent) {
    Value mean =
        buildSumForAll(builder, op, MulOp::create(builder, y, tangent));
    return MulOp::create(builder, y, SubOp::create(builder, tangent, mean));
  }
  static Value buildCotangent(RuleBuilder &builder, SoftmaxOp op, Value y,
                              Value cotangent) {
    return buildTangent(builder, op, y, cotangent);
  }
};

struct LogSoftmaxOpDerivative
    : Normalization<LogSoftmaxOpDerivative, LogSoftmaxOp> {
  static Value buildTangent(RuleBuilder &builder, LogSoftmaxOp op, Value y,
                            Value tangent) {
    Value share = ExpOp::create(builder, y);
    Value mean =
        buildSumForAll(builder, op, MulOp::create(builder, share, tangent));
    return SubOp::create(builder, tangent, mean);
  }
  static Value buildCotangent(RuleBuilder &builder, LogSoftmaxOp op, Value y,
                              Value cotangent) {
    Value share = ExpOp::create(builder, y);
    Value sum = buildSumForAll(builder, op, cotangent);
    return SubOp::create(builder, cotangent,
                         MulOp::create(builder, share, sum));
  }
};
} // namespace

void atled::attachStatisticsRules(MLIRContext *context) {
  VarianceOp::attachInterface<VarianceOpDerivative>(*context);
  NormOp::attachInterface<NormOpDerivative>(*context);
  LogSumExpOp::attachInterface<LogSumExpOpDerivative>(*context);
  SoftmaxOp::attachInterface<SoftmaxOpDerivative>(*context);
  LogSoftmaxOp::attachInterface<LogSoftmaxOpDerivative>(*context);
}
