//===- Elementwise.cpp - Rules of elementwise operations that need code ---===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"

using namespace atled;

static Value buildCompare(RuleBuilder &builder, Predicate predicate, Value lhs,
                          Value rhs) {
  return CompareOp::create(builder, predicate, lhs, rhs);
}

//===----------------------------------------------------------------------===//
// pow
//===----------------------------------------------------------------------===//

/// 0 where `where` holds and `x` is 0; its derivative in `x` is +inf there, and
/// 0 elsewhere.
static Value buildSteepZero(RuleBuilder &builder, Value where, Value x) {
  Value one = splatLike(builder, 1.0, x);
  return SqrtOp::create(builder, SelectOp::create(builder, where, x, one));
}

/// Where `x` is 0 and 0 < y < 1: x^y has an infinite slope, and a greater one
/// the smaller y is.
static Value buildIsRoot(RuleBuilder &builder, Value isAtZero, Value exponent) {
  Value zero = splatLike(builder, 0.0, exponent);
  Value one = splatLike(builder, 1.0, exponent);
  Value isProper = AndOp::create(
      builder, buildCompare(builder, Predicate::gt, exponent, zero),
      buildCompare(builder, Predicate::lt, exponent, one));
  return AndOp::create(builder, isAtZero, isProper);
}

/// d x^y / dx = y x^(y-1). For y = 0 it is 0 whatever x is, and its derivative
/// in y is x^-1, or infinite where x^-2 is.
static Value buildSlopeInBase(RuleBuilder &builder, Value base,
                              Value exponent) {
  Value zero = splatLike(builder, 0.0, exponent);
  Value one = splatLike(builder, 1.0, exponent);
  auto type = cast<FloatType>(getTensorType(base).getElementType());
  int most = APFloat::semanticsMaxExponent(type.getFloatSemantics());
  Value least = splatLike(builder, std::ldexp(1.0, -most / 2), base);
  Value isInvertible =
      buildCompare(builder, Predicate::ge, AbsOp::create(builder, base), least);
  Value isFlat = buildCompare(builder, Predicate::eq, exponent, zero);
  Value isConstant =
      AndOp::create(builder, isFlat, NotOp::create(builder, isInvertible));
  Value power =
      PowOp::create(builder, SelectOp::create(builder, isConstant, one, base),
                    SubOp::create(builder, exponent, one));
  // At a root the power alone has the infinite derivatives of the product.
  Value isRoot = buildIsRoot(
      builder, buildCompare(builder, Predicate::eq, base, zero), exponent);
  Value product = MulOp::create(builder, exponent,
                                SelectOp::create(builder, isRoot, one, power));
  return SelectOp::create(builder, isConstant,
                          buildSteepZero(builder, isConstant, exponent),
                          SelectOp::create(builder, isRoot, power, product));
}

/// In f32 no x^-2 of an f16 is infinite.
Value atled::powSlopeInBase(RuleBuilder &builder, Value base, Value exponent) {
  return roundLike(
      builder,
      buildSlopeInBase(builder, widen(builder, base), widen(builder, exponent)),
      base);
}

/// d x^y / dy = x^y log x. At x = 0 it is -inf for y < 0, and 0 for y >= 0; its
/// derivative in x is infinite there for y = 0 and, the other way, up to y = 1.
Value atled::powSlopeInExponent(RuleBuilder &builder, Value base,
                                Value exponent, Value power) {
  Value zero = splatLike(builder, 0.0, exponent);
  Value one = splatLike(builder, 1.0, exponent);
  Value isAtZero = buildCompare(builder, Predicate::eq, base, zero);
  Value logarithm =
      LogOp::create(builder, SelectOp::create(builder, isAtZero, one, base));
  // There the power is 0 or infinite: this makes it 0 or -inf, with the slope
  // that it has at a root. The power of -0 to an odd number is negative, too.
  Value down =
      SelectOp::create(builder, buildIsRoot(builder, isAtZero, exponent),
                       NegOp::create(builder, one), exponent);
  Value sign = MulOp::create(builder, CopySignOp::create(builder, one, power),
                             CopySignOp::create(builder, one, down));
  Value finite = SelectOp::create(builder, isAtZero, one, power);
  Value slope =
      SelectOp::create(builder, isAtZero, MulOp::create(builder, power, sign),
                       MulOp::create(builder, finite, logarithm));

  Value isFlat = buildCompare(builder, Predicate::eq, exponent, zero);
  Value isLinear = buildCompare(builder, Predicate::eq, exponent, one);
  Value isSteep =
      AndOp::create(builder, isAtZero, OrOp::create(builder, isFlat, isLinear));
  Value steep = buildSteepZero(builder, isSteep, base);
  return SelectOp::create(
      builder, isSteep,
      SelectOp::create(builder, isFlat, steep, NegOp::create(builder, steep)),
      slope);
}

//===----------------------------------------------------------------------===//
// hypot
//===----------------------------------------------------------------------===//

/// x / length. In f32 the length may be finite that overflows in f16.
Value atled::hypotSlope(RuleBuilder &builder, HypotOp op, unsigned operand) {
  Value x = widen(builder, op->getOperand(operand));
  Value length = op.getResult();
  if (x != op->getOperand(operand))
    length = HypotOp::create(builder, widen(builder, op.getLhs()),
                             widen(builder, op.getRhs()));
  return roundLike(builder, buildDirection(builder, x, length), op.getResult());
}

//===----------------------------------------------------------------------===//
// maximum, minimum
//===----------------------------------------------------------------------===//

/// The share of the operand with this number where both operands are equal.
static double getTieShare(Tie tie, unsigned operand) {
  switch (tie) {
  case Tie::split:
    return 0.5;
  case Tie::first:
    return operand == 0 ? 1.0 : 0.0;
  case Tie::zero:
    return 0.0;
  case Tie::one:
    return 1.0;
  }
  llvm_unreachable("unknown tie");
}

/// 1 where `mine` is the extremum, its share at a tie, else 0. A NaN is the
/// extremum of itself and a number; two NaNs share.
static Value buildExtremumSlope(RuleBuilder &builder, Predicate wins,
                                Value mine, Value other, double tieShare) {
  Value zero = splatLike(builder, 0.0, mine),
        one = splatLike(builder, 1.0, mine);
  Value half = splatLike(builder, 0.5, mine);
  Value share = splatLike(builder, tieShare, mine);
  Value iAmNaN = buildCompare(builder, Predicate::ne, mine, mine);
  Value otherIsNaN = buildCompare(builder, Predicate::ne, other, other);
  Value unordered = SelectOp::create(
      builder, iAmNaN, SelectOp::create(builder, otherIsNaN, half, one), zero);
  Value equal = buildCompare(builder, Predicate::eq, mine, other);
  Value notWinning = SelectOp::create(builder, equal, share, unordered);
  return SelectOp::create(builder, buildCompare(builder, wins, mine, other),
                          one, notWinning);
}

template <typename OpTy>
static Value buildSlope(RuleBuilder &builder, OpTy op, unsigned operand,
                        Predicate wins) {
  return buildExtremumSlope(builder, wins, op->getOperand(operand),
                            op->getOperand(1 - operand),
                            getTieShare(op.getTie(), operand));
}

Value atled::maximumSlope(RuleBuilder &builder, MaximumOp op,
                          unsigned operand) {
  return buildSlope(builder, op, operand, Predicate::gt);
}

Value atled::minimumSlope(RuleBuilder &builder, MinimumOp op,
                          unsigned operand) {
  return buildSlope(builder, op, operand, Predicate::lt);
}

//===----------------------------------------------------------------------===//
// clamp
//===----------------------------------------------------------------------===//

/// 1 where both conditions hold, x where x is NaN, else 0.
static Value buildIndicator(RuleBuilder &builder, Value first, Value second,
                            Value x) {
  Value zero = splatLike(builder, 0.0, x), one = splatLike(builder, 1.0, x);
  Value isNaN = buildCompare(builder, Predicate::ne, x, x);
  Value outside = SelectOp::create(builder, isNaN, x, zero);
  Value both = AndOp::create(builder, first, second);
  return SelectOp::create(builder, both, one, outside);
}

/// 1 between the bounds, NaN at NaN.
Value atled::clampSlopeOfX(RuleBuilder &builder, ClampOp op) {
  return buildIndicator(
      builder, buildCompare(builder, Predicate::gt, op.getX(), op.getMin()),
      buildCompare(builder, Predicate::lt, op.getX(), op.getMax()), op.getX());
}

/// 1 where the condition holds or the bound is NaN, else 0.
static Value buildBoundSlope(RuleBuilder &builder, Value condition,
                             Value bound) {
  Value zero = splatLike(builder, 0.0, bound);
  Value one = splatLike(builder, 1.0, bound);
  Value isNaN = buildCompare(builder, Predicate::ne, bound, bound);
  return SelectOp::create(builder, OrOp::create(builder, condition, isNaN), one,
                          zero);
}

/// The lower bound is the result where x is at or below it, unless the upper
/// bound is so, too.
Value atled::clampSlopeOfMin(RuleBuilder &builder, ClampOp op) {
  Value isBelow = buildCompare(builder, Predicate::le, op.getX(), op.getMin());
  Value isOrdered =
      buildCompare(builder, Predicate::lt, op.getMin(), op.getMax());
  return buildBoundSlope(builder, AndOp::create(builder, isBelow, isOrdered),
                         op.getMin());
}

Value atled::clampSlopeOfMax(RuleBuilder &builder, ClampOp op) {
  Value raised = MaximumOp::create(builder, op.getX(), op.getMin());
  return buildBoundSlope(
      builder, buildCompare(builder, Predicate::ge, raised, op.getMax()),
      op.getMax());
}

//===----------------------------------------------------------------------===//
// logaddexp, silu
//===----------------------------------------------------------------------===//

/// e^mine / (e^mine + e^other) = logistic(mine - other), where two equal
/// infinities have no difference.
Value atled::logAddExpSlope(RuleBuilder &builder, Value mine, Value other) {
  Value equal = buildCompare(builder, Predicate::eq, mine, other);
  Value difference =
      SelectOp::create(builder, equal, splatLike(builder, 0.0, mine),
                       SubOp::create(builder, mine, other));
  return LogisticOp::create(builder, difference);
}

/// (x s(x))' = s(x) (1 + x s(-x)), s the logistic function. x s(-x) tends to 0
/// on the right; on the left s(x) does, faster than x.
Value atled::siluSlope(RuleBuilder &builder, Value x) {
  Value zero = splatLike(builder, 0.0, x), one = splatLike(builder, 1.0, x);
  Value factor =
      SelectOp::create(builder, IsFiniteOp::create(builder, x), x, zero);
  Value right = LogisticOp::create(builder, NegOp::create(builder, x));
  Value sum =
      AddOp::create(builder, one, MulOp::create(builder, factor, right));
  return MulOp::create(builder, LogisticOp::create(builder, x), sum);
}

//===----------------------------------------------------------------------===//
// gelu
//===----------------------------------------------------------------------===//

/// Φ(x) + x φ(x), with φ(x) = exp(-x²/2) / √(2π).
static Value buildExactGeluSlope(RuleBuilder &builder, Value x) {
  auto scaled = [&](double factor, Value value) -> Value {
    return MulOp::create(builder, splatLike(builder, factor, x), value);
  };
  Value phi =
      scaled(0.5, ErfcOp::create(builder, scaled(-0.70710678118654752440, x)));
  Value bell =
      ExpOp::create(builder, scaled(-0.5, MulOp::create(builder, x, x)));
  Value density = scaled(0.39894228040143267794, bell);
  return AddOp::create(builder, phi, MulOp::create(builder, x, density));
}

/// The derivative of x s(2 u), s the logistic function: s(2 u) + x 2 u' s(2 u)
/// s(-2 u), with 2 u = a x + b x³.
static Value buildTanhGeluSlope(RuleBuilder &builder, Value x) {
  constexpr double a = 1.5957691216057307118, b = a * 0.044715;
  auto number = [&](double value) { return splatLike(builder, value, x); };
  auto add = [&](Value lhs, Value rhs) -> Value {
    return AddOp::create(builder, lhs, rhs);
  };
  auto multiply = [&](Value lhs, Value rhs) -> Value {
    return MulOp::create(builder, lhs, rhs);
  };
  Value square = multiply(x, x);
  Value u = multiply(x, add(number(a), multiply(number(b), square)));
  Value slope = add(number(a), multiply(number(3 * b), square));
  Value left = LogisticOp::create(builder, u);
  Value right = LogisticOp::create(builder, NegOp::create(builder, u));
  return add(left, multiply(multiply(x, slope), multiply(left, right)));
}

/// Beyond -100 and 100 it is 0 and 1: x is limited there, so that no product of
/// what is infinite and 0 is formed. The cube of that is beyond f16.
Value atled::geluSlope(RuleBuilder &builder, GeluOp op) {
  Value x = widen(builder, op.getX());
  x = ClampOp::create(builder, splatLike(builder, -100.0, x), x,
                      splatLike(builder, 100.0, x));
  Value slope = op.getForm() == GeluForm::exact
                    ? buildExactGeluSlope(builder, x)
                    : buildTanhGeluSlope(builder, x);
  return roundLike(builder, slope, op.getResult());
}

//===----------------------------------------------------------------------===//
// digamma, polygamma
//===----------------------------------------------------------------------===//

Value atled::digammaSlope(RuleBuilder &builder, Value x) {
  return PolygammaOp::create(builder, x, /*order=*/1);
}

Value atled::polygammaSlope(RuleBuilder &builder, PolygammaOp op) {
  if (op.getOrder() == PolygammaOp::greatestOrder)
    return builder.fail("has no derivative: its order is the greatest");
  return PolygammaOp::create(builder, op.getX(), op.getOrder() + 1);
}

//===----------------------------------------------------------------------===//
// convert
//===----------------------------------------------------------------------===//

Value atled::convertLike(RuleBuilder &builder, Value cotangent, Value like) {
  return ConvertOp::create(builder, like.getType(), cotangent);
}
