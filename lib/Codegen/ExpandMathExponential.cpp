//===- ExpandMathExponential.cpp - exp, expm1, sinh as arithmetic ---------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All of them start from x = k ln 2 + r with an integer k and |r| <= ln 2 / 2,
// and expm1(r) = r + r² Q(r) with a polynomial Q:
//
//   exp(x)   = 2^k (1 + expm1(r))
//   expm1(x) = (2^k - 1) + 2^k expm1(r)
//   tanh(x)  = t / (t + 2), t = expm1(2 x)
//   sinh(x)  = (t + t / (t + 1)) / 2, t = expm1(x)
//   cosh(x)  = e + 1 / (4 e), e = exp(x) / 2
//   2^x      = exp(x ln 2), where k is the integer next to x
//
// The reduction is that of W. J. Cody and W. Waite, Software Manual for the
// Elementary Functions, 1980: ln 2 is a sum of two constants, the first of them
// so short that its product with k is exact.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"
#include <optional>

using namespace atled;

namespace {
/// What depends on the type. exp is 0 at `low` and infinite at `high`, and
/// exp(-`negligible`) is nothing beside 1.
struct Constants {
  double low, high, negligible;
  double log2e, ln2High, ln2Low;
  ArrayRef<double> q;
};

/// x = k ln 2 + r + lost, where `lost` is what the rounding of r loses. k is in
/// the low digits of the float 2^p + 2^(p-1) + k, p digits.
struct Reduced {
  Real shiftedK, r, lost;
};
} // namespace

// minimax.py exp-f64, exp-f32
static const double q64[] = {
    0x1p-1,
    0x1.5555555555559p-3,
    0x1.555555555553fp-5,
    0x1.111111110f6d7p-7,
    0x1.6c16c16c1ef71p-10,
    0x1.a01a01afd575ep-13,
    0x1.a01a017c2080dp-16,
    0x1.71ddf87a533ddp-19,
    0x1.27e5355a2a6cfp-22,
    0x1.af5e7d4d0c118p-26,
    0x1.1ee9e708f637ep-29,
};
static const double q32[] = {0x1p-1,        0x1.555554p-3,  0x1.5554b0p-5,
                             0x1.111188p-7, 0x1.6d7228p-10, 0x1.a03630p-13};

static const Constants constants64 = {-746,
                                      710,
                                      44,
                                      0x1.71547652b82fep+0,
                                      0x1.62e42fefa38p-1,
                                      0x1.ef35793c7673p-45,
                                      q64};
static const Constants constants32 = {
    -104.5, 89, 20, 0x1.715476p+0, 0x1.62e4p-1, 0x1.7f7d1cp-20, q32};

static const Constants &getConstants(Real x) {
  return x.isF32() ? constants32 : constants64;
}

/// The float 1.5 2^p, p digits: added to a number of smaller magnitude than
/// 2^(p-1), it rounds that to an integer and shows it in its low digits.
static double roundingShift(Real x) {
  return std::ldexp(1.5, x.getMantissaBits());
}

/// k in the low digits of an integer, plus `bias`.
static Bits integerOf(Real shiftedK, uint64_t bias) {
  Real shift = shiftedK.constant(roundingShift(shiftedK));
  return toBits(shiftedK) - toBits(shift) + bias;
}

/// 2^k, which must be normal.
static Real powerOfTwo(Real shiftedK) {
  return toReal(integerOf(shiftedK, shiftedK.getBias())
                << shiftedK.getMantissaBits());
}

static Reduced reduce(Real x) {
  const Constants &c = getConstants(x);
  double shift = roundingShift(x);
  Real shiftedK = fma(x, x.constant(c.log2e), shift);
  Real k = shiftedK - shift;
  Real exact = fma(k, -c.ln2High, x);
  Real r = fma(k, -c.ln2Low, exact);
  Real lost = fma(k, -c.ln2Low, exact - r);
  return {shiftedK, r, lost};
}
/// Of x + low, if low is given.
static Reduced reduce(Real x, std::optional<Real> low) {
  Reduced reduced = reduce(x);
  if (!low)
    return reduced;
  RealPair r = fastTwoSum(reduced.r, *low);
  return {reduced.shiftedK, r.high, reduced.lost + r.low};
}

/// expm1(r) - r, plus `lost` if that is given.
static Real tailOf(Real r) { return r * r * polynomial(r, getConstants(r).q); }
static Real tailOf(Real r, Real lost) {
  return fma(r * r, polynomial(r, getConstants(r).q), lost);
}

/// y 2^k for any k that an argument within [low, high] leads to: by two
/// factors, so that the result is rounded once if it is denormal and can
/// overflow.
static Real scale(Real y, Real shiftedK) {
  unsigned digits = y.getMantissaBits();
  uint64_t bias = y.getBias();
  // Of k + 2 (bias + 1), which is positive, both halves are shifted logically.
  Bits k = integerOf(shiftedK, 2 * (bias + 1));
  Bits half = k >> 1;
  Real first = toReal((half - 1) << digits);
  Real second = toReal((k - half - 1) << digits);
  return y * first * second;
}

/// As 2^(k + h) 2^-h, where both are normal down to the least k + h.
Real atled::expandScale(Real y, Real shiftedK) {
  int h = static_cast<int>(y.getBias() + 1) / 2;
  Real power =
      toReal(integerOf(shiftedK, y.getBias() + h) << y.getMantissaBits());
  return y * power * std::ldexp(1.0, -h);
}

/// 1 - high is exact, and of the tail's size with r.
Scaled atled::expandScaledExp(Real x, std::optional<Real> low) {
  Reduced reduced = reduce(x, low);
  Real r = reduced.r, tail = tailOf(r, reduced.lost);
  Real high = 1 + (r + tail);
  return {{high, ((1 - high) + r) + tail}, reduced.shiftedK};
}

/// 2^-h + 2^(k - h) (1 + expm1(r)), h = max(k, 0) / 2: the sum of the powers is
/// exact, or what it loses becomes part of expm1(r), so that the result is
/// rounded once. To shift a representation leaves k alone in the exponent.
ScaledSum atled::expandOnePlusExp(Real x, std::optional<Real> low) {
  Reduced reduced = reduce(x, low);
  Real shiftedK = reduced.shiftedK;
  unsigned digits = x.getMantissaBits();
  uint64_t bias = x.getBias();
  Real zero = x.constant(roundingShift(x));
  Real positive = select(shiftedK > zero, shiftedK, zero);
  Bits h = toBits(positive) << (digits - 1) & ~uint64_t(0) << digits;
  Bits one = h.constant(bias << digits) - h;
  Bits power = one + (toBits(shiftedK) << digits);
  Real inversePower = toReal(power.constant(2 * bias << digits) - power);

  RealPair sum = fastTwoSum(toReal(power), toReal(one));
  Real lost = fma(sum.low, inversePower, reduced.lost);
  Real expm1 = reduced.r + tailOf(reduced.r, lost);
  return {fma(toReal(power), expm1, sum.high), toReal(one)};
}

Real atled::expandExp(Real x) {
  const Constants &c = getConstants(x);
  Reduced reduced = reduce(clamp(x, c.low, c.high));
  return scale(1 + (reduced.r + tailOf(reduced.r)), reduced.shiftedK);
}

/// x = k + r / ln 2. The remainder is exact before it is multiplied.
Real atled::expandExp2(Real x) {
  double low = -int(x.getBias()) - int(x.getMantissaBits()) - 2;
  Real limited = clamp(x, low, x.getBias() + 1.0);
  double shift = roundingShift(x);
  Real shiftedK = limited + shift;
  Real fraction = limited - (shiftedK - shift);
  double ln2 = x.isF32() ? 0x1.62e43p-1 : 0x1.62e42fefa39efp-1;
  Real r = fraction * ln2;
  return scale(1 + (r + tailOf(r)), shiftedK);
}

/// exp(x) / 2, which overflows only where it is infinite itself.
static Real halfExp(Real x) {
  Reduced reduced = reduce(x);
  return scale(1 + (reduced.r + tailOf(reduced.r)), reduced.shiftedK - 1);
}

/// expm1(x) / 2 as a sum of which the second summand is the smaller. It does
/// not overflow before expm1 does.
static RealPair halfExpm1(Real x) {
  Reduced reduced = reduce(x);
  Real half = powerOfTwo(reduced.shiftedK - 1);
  // This sum is exact: half - 1/2 is 0 or the larger summand.
  RealPair sum = fastTwoSum(half - 0.5, half * reduced.r);
  Real tail = tailOf(reduced.r) + reduced.lost;
  return {sum.high, fma(half, tail, sum.low)};
}

Real atled::expandExpm1(Real x) {
  const Constants &c = getConstants(x);
  RealPair half = halfExpm1(clamp(x, -c.negligible, c.high));
  Real result = (half.high + half.low) * 2;
  // Near 0, where the result is x, half of it may not be representable.
  Real tiny = x.constant(std::ldexp(1.0, -int(x.getMantissaBits()) - 2));
  return select(abs(x) < tiny, x, result);
}

/// sinh |x| = p + p / (1 + 2 p), p = expm1(|x|) / 2; far out exp(|x|) / 2.
Real atled::expandSinh(Real x) {
  const Constants &c = getConstants(x);
  Real magnitude = clamp(abs(x), 0, c.high + 1);
  RealPair p = halfExpm1(clamp(magnitude, 0, c.negligible));
  Real sum = p.high + p.low;
  Real near = p.high + (p.low + sum / (1 + (sum + sum)));
  Real far = halfExp(magnitude);
  Real result = withSign(select(magnitude > c.negligible, far, near), x);
  Real tiny = x.constant(std::ldexp(1.0, -int(x.getMantissaBits()) - 2));
  return select(abs(x) < tiny, x, result);
}

Real atled::expandCosh(Real x) {
  const Constants &c = getConstants(x);
  Real half = halfExp(clamp(abs(x), 0, c.high + 1));
  return half + 0.25 / half;
}

/// tanh |x| = p / (1 + p), p = expm1(2 |x|) / 2. Of p = m + rest, m is what
/// makes 1 + m exact, and the rest counts to first order, with 1 / (1 + m)²,
/// for which 1 / (1 + m) = 1 - m / (1 + m). Far out, where m would be p and the
/// result 1 too soon, it is 1 - 1 / (1 + p).
Real atled::expandTanh(Real x) {
  const Constants &c = getConstants(x);
  Real magnitude = clamp(abs(x), 0, c.negligible);
  RealPair p = halfExpm1(magnitude + magnitude);
  Real denominator = 1 + (p.high + p.low);
  Real m = denominator - 1;
  Real rest = (p.high - m) + p.low;
  Mask isFar = denominator > 64;
  Real quotient = select(isFar, -1.0, m) / denominator;
  Real inverse = 1 - quotient;
  Real near = fma(rest * inverse, inverse, quotient);
  return withSign(select(isFar, 1 + quotient, near), x);
}
