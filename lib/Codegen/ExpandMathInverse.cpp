//===- ExpandMathInverse.cpp - asin, atan2, asinh, cbrt as arithmetic -----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The inverses of trigonometric and hyperbolic functions, and of the cube:
//
//   atan(y / x) = atan(c) + atan((y - c x) / (x + c y)), c one of 0, ½, 1, 1½,
//   ∞ asin(x) = x + x z R(z), z = x²                        for |x| < ½ asin(x)
//   = π/2 - 2 asin(√((1 - x) / 2))                above asinh, acosh, atanh:
//   logarithms of 1 + u, u a sum of two floats
//
// R and the polynomial of atan are of z, the square of what is small. All of it
// is computed in f64; f32 is rounded from there.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

// minimax.py atan-f64, asin-f64, cbrt-f64
static const double atan64[] = {
    -0x1.5555555555552p-2, 0x1.9999999998fb6p-3,  -0x1.2492492444cdbp-3,
    0x1.c71c71a0fc690p-4,  -0x1.745d11c341c5dp-4, 0x1.3b132eff064b2p-4,
    -0x1.1109021922a1cp-4, 0x1.e132571648d45p-5,  -0x1.a9f9ea44672bcp-5,
    0x1.6b191256563efp-5,  -0x1.055ada6e136b7p-5, 0x1.c052ecc7ee99bp-7};
static const double asin64[] = {
    0x1.5555555555577p-3, 0x1.333333332e0e3p-4, 0x1.6db6db7215afep-5,
    0x1.f1c71a93cbaadp-6, 0x1.6e8bdeff69987p-6, 0x1.1c49ee3c45321p-6,
    0x1.ca1fbf8d591b7p-7, 0x1.7583f3eafb07cp-7, 0x1.61456272050b9p-7,
    0x1.e5703ade30324p-9, 0x1.63c50bab20d27p-6, -0x1.58372637b0b8ap-6,
    0x1.0b58de2eb9f29p-5};
static const double cbrt64[] = {0x1.92556ap-2, 0x1.320038p+0,  -0x1.19ced8p+0,
                                0x1.8aefd2p-1, -0x1.4dcc64p-2, 0x1.2e9b18p-4,
                                -0x1.c259c8p-8};

/// π/2 and π, each with what its f64 lacks.
static constexpr double halfPi = 0x1.921fb54442d18p+0;
static constexpr double halfPiLow = 0x1.1a62633145c07p-54;
static constexpr double ln2 = 0x1.62e42fefa39efp-1;
/// Keeps a divisor that may be 0 from it, and changes no other.
static constexpr double nothing = 0x1p-1000;

static Real squareRoot(Real x) {
  MathContext &context = x.getContext();
  return {context,
          math::SqrtOp::create(context.builder, context.loc, x.getValue())};
}

/// The upper half of the digits of x, whose square is exact.
static Real upperHalf(Real x) {
  return toReal(toBits(x) & ~uint64_t(0xffffffff));
}

//===----------------------------------------------------------------------===//
// atan, atan2
//===----------------------------------------------------------------------===//

/// atan(y / x), for magnitudes that neither are both 0 or infinite nor
/// overflow when they are added.
static Real arctangentOfQuotient(Real y, Real x) {
  // A later case replaces an earlier one. NaN arrives at the first.
  Real numerator = -x, denominator = y;
  Real high = y.constant(halfPi), low = y.constant(halfPiLow);
  auto addCase = [&](double bound, Real n, Real d, double h, double l) {
    Mask isBelow = y < x * bound;
    numerator = select(isBelow, n, numerator);
    denominator = select(isBelow, d, denominator);
    high = select(isBelow, h, high);
    low = select(isBelow, l, low);
  };
  Real longer = x * 1.5;
  addCase(39.0 / 16, y - longer, x + y * 1.5, 0x1.f730bd281f69bp-1,
          0x1.007887af0cbbdp-56);
  addCase(19.0 / 16, y - x, y + x, halfPi / 2, halfPiLow / 2);
  addCase(11.0 / 16, (y + y) - x, (x + x) + y, 0x1.dac670561bb4fp-2,
          0x1.a2b7f222f65e2p-56);
  addCase(7.0 / 16, y, x, 0, 0);
  Real t = numerator / denominator;
  Real z = t * t;
  return high + (t + fma(t * z, polynomial(z, atan64), low));
}

Real atled::expandAtan(Real x) {
  return withSign(arctangentOfQuotient(abs(x), x.constant(1)), x);
}

Real atled::expandAtan2(Real y, Real x) {
  Real dy = abs(y), dx = abs(x);
  // Both by a power of two, so that no sum overflows and no product is
  // denormal. What underflows does not count.
  Real greater = select(dy > dx, dy, dx);
  Real scale = select(greater > 0x1p1000, 0x1p-60, y.constant(1));
  scale = select(greater < 0x1p-900, 0x1p110, scale);
  dy = dy * scale;
  dx = dx * scale;
  // Two zeros are as 0 and 1, two infinities as 1 and 1.
  Mask areZero = (dy == 0) & (dx == 0);
  Mask areInfinite = (dy == dy.infinity()) & (dx == dx.infinity());
  dx = select(areZero | areInfinite, 1, dx);
  dy = select(areInfinite, 1, dy);
  Real angle = arctangentOfQuotient(dy, dx);
  Real beyond = 2 * halfPi - (angle - 2 * halfPiLow);
  Mask isRight = toBits(x) < (uint64_t(1) << 63);
  return withSign(select(isRight | x.isNaN(), angle, beyond), y);
}

//===----------------------------------------------------------------------===//
// asin, acos
//===----------------------------------------------------------------------===//

namespace {
/// asin(a) = a + a tail for a < ½. Above, √z = root + lost with the upper half
/// of its digits in root, and asin(√z) = √z + √z tail.
struct Arcsine {
  Mask isSmall;
  Real tail, root, lost, whole;
};
} // namespace

static Arcsine reduceArcsine(Real a) {
  Mask isSmall = a < 0.5;
  Real z = select(isSmall, a * a, (1 - a) * 0.5);
  Real tail = z * polynomial(z, asin64);
  Real whole = squareRoot(z);
  Real root = upperHalf(whole);
  Real lost = (z - root * root) / (whole + root + nothing);
  return {isSmall, tail, root, lost, whole};
}

Real atled::expandAsin(Real x) {
  Real a = abs(x);
  Arcsine r = reduceArcsine(a);
  Real small = fma(a, r.tail, a);
  Real rest = fma(r.whole + r.whole, r.tail, (r.lost + r.lost) - halfPiLow);
  Real large = halfPi / 2 - (rest - (halfPi / 2 - (r.root + r.root)));
  return withSign(select(r.isSmall, small, large), x);
}

Real atled::expandAcos(Real x) {
  Arcsine r = reduceArcsine(abs(x));
  Real small = halfPi - (x - (halfPiLow - x * r.tail));
  Real right = r.root + fma(r.whole, r.tail, r.lost);
  Real left = halfPi - (r.whole + (r.whole * r.tail - halfPiLow));
  return select(r.isSmall, small, select(x < 0.0, left, right) * 2);
}

//===----------------------------------------------------------------------===//
// asinh, acosh, atanh
//===----------------------------------------------------------------------===//

/// From here on, x + √(x² ± 1) is 2 x.
static constexpr double large = 0x1p28;

/// log(1 + u), of a large x log(1 + (x - 1)) + ln 2.
static Real logarithmOrLarge(Mask isLarge, Real x, RealPair u) {
  RealPair less = twoSum(x, x.constant(-1));
  RealPair argument = {select(isLarge, less.high, u.high),
                       select(isLarge, less.low, u.low)};
  Real result = expandLog1pOfPair(argument);
  return select(isLarge, result + ln2, result);
}

/// asinh(x) = log(1 + u), u = x + x² / (1 + √(1 + x²))
Real atled::expandAsinh(Real x) {
  Real a = abs(x);
  Mask isLarge = a > large;
  Real b = select(isLarge, 1, a);
  Real square = b * b;
  RealPair u = twoSum(b, square / (1 + squareRoot(1 + square)));
  Real result = logarithmOrLarge(isLarge, a, u);
  return select(a < a.infinity(), withSign(result, x), x);
}

/// acosh(x) = log(1 + u), u = t + √(t (t + 2)), t = x - 1, which is exact.
Real atled::expandAcosh(Real x) {
  Mask isLarge = x > large;
  Real t = select(isLarge, 1, x - 1);
  RealPair sum = twoSum(t, t.constant(2));
  RealPair product = twoProduct(t, sum.high);
  Real root = squareRoot(product.high);
  RealPair square = twoProduct(root, root);
  Real rest = ((product.high - square.high) - square.low) +
              fma(t, sum.low, product.low);
  RealPair u = twoSum(root, t);
  u.low = u.low + rest / (root + root + nothing);
  Real result = logarithmOrLarge(isLarge, x, u);
  result = select(x < x.infinity(), result, x);
  return select(x < 1.0, x.nan(), result);
}

/// atanh(x) = log(1 + u) / 2, u = 2 x / (1 - x)
Real atled::expandAtanh(Real x) {
  Real a = abs(x);
  RealPair d = twoSum(a.constant(1), -a);
  Real quotient = (a + a) / d.high;
  RealPair product = twoProduct(quotient, d.high);
  Real rest = (((a + a) - product.high) - product.low) - quotient * d.low;
  Real result = expandLog1pOfPair({quotient, rest / d.high}) * 0.5;
  Real outside = select(a == 1, a.infinity(), a.nan());
  return withSign(select(a < 1.0, result, outside), x);
}

//===----------------------------------------------------------------------===//
// cbrt
//===----------------------------------------------------------------------===//

/// One step of Halley's method for t³ = m, by t²'s quotient: exact to the last
/// but the rounding of t², which there is none of if t has few digits.
static Real improveCubeRoot(Real t, Real m) {
  Real r = m / (t * t);
  return fma(t, (r - t) / (t + t + r), t);
}

/// With x = 2^(3 q) m, m between 1/√8 and √8: 2^q times the cube root of m.
Real atled::expandCbrt(Real x) {
  Real a = abs(x);
  Mask isDenormal = a < 0x1p-1022;
  Decomposed parts = decompose(select(isDenormal, a * 0x1p54, a));
  Real k = exponentOf(parts);
  Real shift = k.constant(0x1.8p52);
  Real shiftedQ = fma(k, 0x1.5555555555555p-2, shift);
  Real remainder = k - (shiftedQ - shift) * 3;
  Real m = parts.f + 1;
  m = select(remainder > 0.5, m + m, m);
  m = select(remainder < -0.5, m * 0.5, m);
  Real t = improveCubeRoot(polynomial(m, cbrt64), m);
  t = improveCubeRoot(upperHalf(t), m);
  Real power = toReal((toBits(shiftedQ) + x.getBias()) << x.getMantissaBits());
  t = t * power;
  t = select(isDenormal, t * 0x1p-18, t);
  // Zeros, infinities and NaN are their own cube roots.
  Mask isOrdinary = (a > 0.0) & (a < a.infinity());
  return select(isOrdinary, withSign(t, x), x);
}
