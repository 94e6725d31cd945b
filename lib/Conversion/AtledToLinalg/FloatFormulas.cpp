//===- FloatFormulas.cpp - Rows that need more than a dag -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatFormulas.h"
#include "atled/Support/MathBuilder.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

/// A function of one number that one operation computes.
template <typename OpTy>
static Real apply(Real x) {
  MathContext &context = x.getContext();
  return {context, OpTy::create(context.builder, context.loc, x.getValue())};
}
static Real sqrt(Real x) { return apply<math::SqrtOp>(x); }
static Real exp(Real x) { return apply<math::ExpOp>(x); }
static Real erfc(Real x) { return apply<math::ErfcOp>(x); }

/// The greater or the lesser one; NaN if one is.
static Real maximum(Real x, Real y) {
  MathContext &context = x.getContext();
  return {context, arith::MaximumFOp::create(context.builder, context.loc,
                                             x.getValue(), y.getValue())};
}
static Real minimum(Real x, Real y) {
  MathContext &context = x.getContext();
  return {context, arith::MinimumFOp::create(context.builder, context.loc,
                                             x.getValue(), y.getValue())};
}
static Real maximum(Real x, double y) { return maximum(x, x.constant(y)); }
static Real minimum(Real x, double y) { return minimum(x, x.constant(y)); }

/// The target is not known yet: no formula counts on its instructions.
static MathContext getContext(ScalarBuilder &b) {
  return {b, b.getLoc(), /*hasFMA=*/false};
}

//===----------------------------------------------------------------------===//
// hypot
//===----------------------------------------------------------------------===//

/// √(x² + y²) of f64, of both scaled by a power of two so that no square that
/// counts over- or underflows. What is infinite stays so beside NaN.
static Real hypotenuse(Real x, Real y) {
  x = apply<math::AbsFOp>(x);
  y = apply<math::AbsFOp>(y);
  Real greater = maximum(x, y);
  Mask isLarge = greater > 0x1p500;
  Mask isSmall = greater < 0x1p-500;
  auto chooseScale = [&](double large, double small) {
    return select(isLarge, large, select(isSmall, small, x.constant(1)));
  };
  Real scale = chooseScale(0x1p-600, 0x1p600);
  Real back = chooseScale(0x1p600, 0x1p-600);
  auto square = [&](Real value) {
    Real scaled = value * scale;
    return scaled * scaled;
  };
  Real result = sqrt(square(x) + square(y)) * back;
  Real infinity = x.infinity();
  result = select(x == infinity, infinity, result);
  return select(y == infinity, infinity, result);
}

/// In f64 no square of an f32 over- or underflows, but what is infinite has to
/// stay so, too.
Value atled::hypotenuse(ScalarBuilder &b, HypotOp, Value lhs, Value rhs) {
  MathContext context = getContext(b);
  Real x(context, lhs), y(context, rhs);
  if (!x.isF32())
    return ::hypotenuse(x, y).getValue();
  return ::hypotenuse(x.extendToF64(), y.extendToF64()).roundToF32().getValue();
}

//===----------------------------------------------------------------------===//
// silu, gelu
//===----------------------------------------------------------------------===//

/// x / (1 + e^-w), where w is `high`, or a sum with `low`. Far out on the left,
/// where the sum is e^-w and overflows before the quotient is 0, it is
/// x e^-86 / e^-(w + 86).
static Real timesLogistic(Real x, Real high, std::optional<Real> low = {}) {
  Mask isFar = high < -86;
  auto choose = [&](double far, double near) {
    return select(isFar, far, x.constant(near));
  };
  Real power = exp(choose(-86, 0) - high);
  if (low)
    power = power - power * *low;
  double scale = 0x1.e726c3f64d0fep-125;
  if (x.isF32())
    scale = static_cast<float>(scale);
  return x * choose(scale, 1) / (choose(0, 1) + power);
}

/// Beyond -1000 it is 0, which -inf is no factor of.
Value atled::silu(ScalarBuilder &b, SiluOp, Value operand) {
  MathContext context = getContext(b);
  Real x = maximum(Real(context, operand), -1000);
  return timesLogistic(x, x).getValue();
}

/// x Φ(x), Φ(x) = erfc(t) / 2 and t = -x / √2, which is 0 left of -100 and x
/// right of 100. An ulp of t is 2 t² of erfc: what rounding t loses comes in by
/// the slope of log erfc, which is, as closely as is needed, -(t + √(t² + 2)).
static Real geluExact(Real x, bool isPrecise) {
  x = maximum(x, -100);
  Real bounded = minimum(x, 100);
  RealPair t = twoProduct(x.constant(-0.70710678118654752440), bounded);
  Real complement = erfc(t.high);
  if (isPrecise) {
    Real lost = t.low + 0x1.bdd3413b26456p-55 * bounded;
    Real change = lost * (t.high + sqrt(t.high * t.high + 2));
    complement = complement - complement * change;
  }
  return 0.5 * x * complement;
}

/// x / (1 + e^-u), u = 2 √(2/π) (x + 0.044715 x³), which is 0 left of -21.6 and
/// x right of 100. An ulp of u is |u| of the exponential.
static Real geluTanh(Real x, bool isPrecise) {
  x = maximum(x, -21.6);
  Real bounded = minimum(x, 100);
  Real slope = x.constant(1.5957691216057308);
  Real cubic = x.constant(0.07135481627260025);
  if (!isPrecise)
    return x / (1 + exp(-(bounded * (slope + cubic * (bounded * bounded)))));
  RealPair square = twoProduct(bounded, bounded);
  RealPair term = twoProduct(cubic, square.high);
  RealPair sum = twoSum(slope, term.high);
  RealPair u = twoProduct(bounded, sum.high);
  // What the two numbers are more than their constants, too.
  Real low = sum.low + -9.96930880911092e-17;
  low = low + (term.low + cubic * square.low);
  low = low + -6.175149918155315e-19 * square.high;
  return timesLogistic(x, u.high, u.low + bounded * low);
}

/// What an f64 loses in the argument of erfc or exp, an f32 does not see.
Value atled::gelu(ScalarBuilder &b, GeluOp op, Value operand) {
  auto compute = op.getForm() == GeluForm::exact ? geluExact : geluTanh;
  MathContext context = getContext(b);
  Real x(context, operand);
  if (!x.isF32())
    return compute(x, /*isPrecise=*/true).getValue();
  return compute(x.extendToF64(), /*isPrecise=*/false).roundToF32().getValue();
}
