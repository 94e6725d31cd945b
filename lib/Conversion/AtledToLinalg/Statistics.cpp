//===- Statistics.cpp - Means, norms and softmax --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each becomes the reductions and elementwise operations that it is made of,
// which are converted in turn. f16 and bf16 are widened before, and rounded
// once at the end.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <limits>

using namespace atled;

namespace {
/// Builds what an operation is made of, from what stands for its operand.
class StatisticsBuilder : public ImplicitLocOpBuilder {
public:
  StatisticsBuilder(OpBuilder &builder, Location loc, Value x,
                    ArrayRef<int64_t> dimensions)
      : ImplicitLocOpBuilder(loc, builder), x(x), dimensions(dimensions) {}

  Value build(MeanOp) { return buildMean(); }
  Value build(VarianceOp op);
  Value build(NormOp op);
  Value build(LogSumExpOp);
  Value build(SoftmaxOp);
  Value build(LogSoftmaxOp);

private:
  Value buildMean();
  Value buildEuclideanNorm();
  /// The greatest elements, and 0 where they are not finite: subtracting those
  /// would not help.
  Value buildGreatest();
  Value buildPredicate(Predicate predicate, Value value, double limit) {
    return CompareOp::create(*this, predicate, value, splat(limit, value));
  }
  Value splat(double value, Value like) {
    return createSplatLike(*this, getLoc(), value, like);
  }
  Value count(int64_t correction, Value like) {
    return createCountLike(*this, getLoc(), x, dimensions, correction, like);
  }
  Value sum(Value values) {
    return ReduceSumOp::create(*this, values, dimensions);
  }
  /// What stands for each row, for each of its elements.
  Value spread(Value reduced);

  Value x;
  ArrayRef<int64_t> dimensions;
};
} // namespace

Value StatisticsBuilder::spread(Value reduced) {
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<int64_t> kept;
  for (int64_t dimension : getAllDimensions(x))
    if (!llvm::is_contained(dimensions, dimension))
      kept.push_back(dimension);
  SmallVector<Value> sizes;
  for (int64_t dimension : dimensions)
    if (type.isDynamicDim(dimension))
      sizes.push_back(tensor::DimOp::create(*this, x, dimension));
  return BroadcastOp::create(*this, type, reduced, kept, sizes);
}

Value StatisticsBuilder::buildMean() {
  Value total = sum(x);
  return DivOp::create(*this, total, count(0, total));
}

Value StatisticsBuilder::build(VarianceOp op) {
  Value difference = SubOp::create(*this, x, spread(buildMean()));
  Value total = sum(MulOp::create(*this, difference, difference));
  return DivOp::create(*this, total, count(op.getCorrection(), total));
}

Value StatisticsBuilder::build(NormOp op) {
  if (op.getOrder() == NormOrder::two)
    return buildEuclideanNorm();
  Value magnitudes = AbsOp::create(*this, x);
  if (op.getOrder() == NormOrder::one)
    return sum(magnitudes);
  // Of no elements it is 0.
  Value greatest = ReduceMaxOp::create(*this, magnitudes, dimensions);
  return MaximumOp::create(*this, greatest, splat(0.0, greatest));
}

/// Squares of what is very large or very small are those of a quotient.
Value StatisticsBuilder::buildEuclideanNorm() {
  const llvm::fltSemantics &semantics =
      cast<FloatType>(getElementTypeOrSelf(x.getType())).getFloatSemantics();
  // Room for 2³² squares.
  int exponent = llvm::APFloat::semanticsMaxExponent(semantics) / 2 - 16;
  Value greatest =
      ReduceMaxOp::create(*this, AbsOp::create(*this, x), dimensions);
  Value isLarge = AndOp::create(
      *this, buildPredicate(Predicate::gt, greatest, std::ldexp(1, exponent)),
      buildPredicate(Predicate::lt, greatest,
                     std::numeric_limits<double>::infinity()));
  Value isSmall = AndOp::create(
      *this, buildPredicate(Predicate::lt, greatest, std::ldexp(1, -exponent)),
      buildPredicate(Predicate::gt, greatest, 0.0));
  Value scale = SelectOp::create(*this, OrOp::create(*this, isLarge, isSmall),
                                 greatest, splat(1.0, greatest));
  Value scaled = DivOp::create(*this, x, spread(scale));
  Value total = sum(MulOp::create(*this, scaled, scaled));
  return MulOp::create(*this, scale, SqrtOp::create(*this, total));
}

Value StatisticsBuilder::buildGreatest() {
  Value greatest = ReduceMaxOp::create(*this, x, dimensions);
  return SelectOp::create(*this, IsFiniteOp::create(*this, greatest), greatest,
                          splat(0.0, greatest));
}

Value StatisticsBuilder::build(LogSumExpOp) {
  Value greatest = buildGreatest();
  Value total =
      sum(ExpOp::create(*this, SubOp::create(*this, x, spread(greatest))));
  return AddOp::create(*this, LogOp::create(*this, total), greatest);
}

/// Where the greatest element is infinite, every element becomes NaN.
Value StatisticsBuilder::build(SoftmaxOp) {
  Value parts = ExpOp::create(
      *this, SubOp::create(*this, x,
                           spread(ReduceMaxOp::create(*this, x, dimensions))));
  return DivOp::create(*this, parts, spread(sum(parts)));
}

Value StatisticsBuilder::build(LogSoftmaxOp) {
  Value moved = SubOp::create(
      *this, x, spread(ReduceMaxOp::create(*this, x, dimensions)));
  Value total = sum(ExpOp::create(*this, moved));
  return SubOp::create(*this, moved, spread(LogOp::create(*this, total)));
}

namespace {
template <typename OpTy>
struct ExpandStatistic : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Type element = op.getX().getType().getElementType();
    bool isNarrow = element.getIntOrFloatBitWidth() < 32;
    Value x = adaptor.getX();
    if (isNarrow)
      x = ConvertOp::create(rewriter, loc, x, rewriter.getF32Type());
    StatisticsBuilder builder(rewriter, loc, x, op.getDimensions());
    Value result = builder.build(op);
    if (isNarrow)
      result = ConvertOp::create(rewriter, loc, result, element);
    rewriter.replaceOp(op, result);
    return success();
  }
};
} // namespace

void atled::populateStatisticsToLinalg(const TypeConverter &converter,
                                       RewritePatternSet &patterns) {
  patterns.add<ExpandStatistic<MeanOp>, ExpandStatistic<VarianceOp>,
               ExpandStatistic<NormOp>, ExpandStatistic<LogSumExpOp>,
               ExpandStatistic<SoftmaxOp>, ExpandStatistic<LogSoftmaxOp>>(
      converter, patterns.getContext());
}
