//===- ExpandMathLogarithm.cpp - log, log1p, log2, log10 as arithmetic ----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All start from 2^k (1 + f) with an integer k and 1/√2 <= 1 + f < √2, and
// log(1 + f) = f - tail:
//
//   f32: tail = f²/2 - f³ P(f) with a polynomial P
//   f64: tail = f²/2 - s (f²/2 + z R(z)), s = f / (2 + f), z = s²,
//        from log(1 + f) = 2 atanh(s) = 2 s + s z R(z) and f - s f = 2 s
//
// k ln 2 is added in two parts, the first of them exact. To other bases, f -
// f²/2 is multiplied as a sum of two.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

// minimax.py log-f64, log-f32
static const double r64[] = {0x1.5555555555592p-1, 0x1.999999997fd85p-2,
                             0x1.24924941f4296p-2, 0x1.c71c5206bc6c1p-3,
                             0x1.74663f7b5e0f0p-3, 0x1.39a1ab08e673fp-3,
                             0x1.2f060a130df2dp-3};
static const double p32[] = {0x1.555548p-2,  -0x1.000006p-2, 0x1.99a4b4p-3,
                             -0x1.555c48p-3, 0x1.23378ap-3,  -0x1.fc22dcp-4,
                             0x1.e6ef6cp-4,  -0x1.de3710p-4, 0x1.1453d4p-4};

/// Adding 1 - 1/√2, as a representation, carries into the exponent from √2 on.
Decomposed atled::decompose(Real x) {
  unsigned digits = x.getMantissaBits();
  uint64_t one = x.getBias() << digits;
  uint64_t sqrtHalf = x.isF32() ? 0x3f3504f3 : 0x3fe6a09e667f3bcd;
  Bits shifted = toBits(x) + (one - sqrtHalf);
  Bits mantissa = (shifted & ((uint64_t(1) << digits) - 1)) + sqrtHalf;
  return {shifted >> digits, toReal(mantissa) - 1};
}

/// k is put into the last digits of the float 2^p.
Real atled::exponentOf(Decomposed x) {
  unsigned digits = x.f.getMantissaBits();
  uint64_t bias = x.f.getBias();
  Real shifted = toReal(x.biasedK | ((bias + digits) << digits));
  return shifted - (std::ldexp(1.0, digits) + bias);
}

/// log(2^k (1 + f)) of f64, plus `correction`, which is small.
static Real logarithm64(Real k, Real f, Real correction) {
  Real halfSquare = f * f * 0.5;
  Real s = f / (f + 2);
  Real z = s * s;
  Real low = fma(s, fma(z, polynomial(z, r64), halfSquare),
                 fma(k, 0x1.ef35793c7673p-45, correction));
  return fma(k, 0x1.62e42fefa38p-1, f - (halfSquare - low));
}

/// The same of either type.
static Real logarithm(Real k, Real f, Real correction) {
  if (!f.isF32())
    return logarithm64(k, f, correction);
  Real square = f * f;
  Real tail = fma(square, -0.5, f * square * polynomial(f, p32));
  Real low = fma(k, 0x1.7f7d1cp-20, tail + correction);
  return fma(k, 0x1.62e4p-1, f + low);
}
static Real logarithm(Real k, Real f) {
  return logarithm(k, f, f.constant(-0.0));
}

/// `result` for positive finite x; what C99 says for all others.
static Real withDomain(Real x, Real result) {
  Real outside = select(x == 0, -x.infinity(), x.nan());
  result = select(x > 0, result, outside);
  return select(x == x.infinity(), x, result);
}

namespace {
/// The same, of any positive finite number, k as a float.
struct Parts {
  Real k, f;
};
} // namespace

static Parts decomposeAny(Real x) {
  unsigned digits = x.getMantissaBits();
  Mask denormal = x < std::ldexp(1.0, 1 - int(x.getBias()));
  double scale = std::ldexp(1.0, digits + 1);
  Decomposed decomposed = decompose(select(denormal, x * scale, x));
  Real k = exponentOf(decomposed);
  return {select(denormal, k - double(digits + 1), k), decomposed.f};
}

Real atled::expandLog(Real x) {
  Parts parts = decomposeAny(x);
  return withDomain(x, logarithm(parts.k, parts.f));
}

namespace {
/// 1 / ln(base) and ln(2) / ln(base), as sums of two constants of which the
/// first is short enough for exact products.
struct Base {
  double inverseHigh, inverseLow, perBinadeHigh, perBinadeLow;
};
} // namespace

static Real logarithmToBase(Real x, const Base &base) {
  Parts parts = decomposeAny(x);
  Real f = parts.f, k = parts.k;
  Real halfSquare = f * f * 0.5;
  Real s = f / (f + 2);
  Real z = s * s;
  Real rest = s * fma(z, polynomial(z, r64), halfSquare);
  // log(1 + f) = high + low, high with half of the digits.
  Real high = toReal(toBits(f - halfSquare) & ~uint64_t(0xffffffff));
  Real low = ((f - high) - halfSquare) + rest;
  RealPair sum = twoSum(k * base.perBinadeHigh, high * base.inverseHigh);
  Real tail =
      fma(low + high, x.constant(base.inverseLow), low * base.inverseHigh);
  tail = fma(k, base.perBinadeLow, tail);
  return withDomain(x, sum.high + (sum.low + tail));
}

Real atled::expandLog2(Real x) {
  return logarithmToBase(x, {0x1.71547654p+0, -0x1.47d01e8882fp-32, 1, 0});
}

Real atled::expandLog10(Real x) {
  return logarithmToBase(x, {0x1.bcb7b154p-2, -0x1.91af1cd59548bp-34,
                             0x1.34413509f8p-2, -0x1.80433b83b532ap-44});
}

/// 2^-k `lost`: what 1 + x loses when it is rounded to `sum` = 2^k (1 + f) is
/// that much of 1 + f. For large x it does not matter, and 2^-k may not be
/// normal.
static Real scaleLost(Real sum, Decomposed parts, Real lost) {
  unsigned digits = sum.getMantissaBits();
  Bits negatedK = parts.biasedK.constant(2 * sum.getBias()) - parts.biasedK;
  Real scaled = lost * toReal(negatedK << digits);
  return select(sum > std::ldexp(1.0, 2 * digits), 0, scaled);
}

Real atled::expandLog1p(Real x) {
  RealPair sum = twoSum(x, x.constant(1));
  Decomposed parts = decompose(sum.high);
  Real f = parts.f + scaleLost(sum.high, parts, sum.low);
  Real result = logarithm(exponentOf(parts), f);
  return select(x == 0, x, withDomain(sum.high, result));
}

/// As log1p, but f remains a sum of two; the second counts to first order.
Real atled::expandLog1pOfPair(RealPair x) {
  RealPair sum = twoSum(x.high, x.high.constant(1));
  Decomposed parts = decompose(sum.high);
  RealPair f = twoSum(parts.f, scaleLost(sum.high, parts, sum.low + x.low));
  return logarithm64(exponentOf(parts), f.high, f.low / (1 + f.high));
}

/// 1 + x is 1 + f, or, from √2 on, 2 (1 + f) with an exact f. What x.low adds
/// counts to second order.
Real atled::expandLog1pOfFraction(RealPair x) {
  Mask isLarge = x.high > 0x1.a8279ap-2;
  auto choose = [&](Real large, Real small) {
    return select(isLarge, large, small);
  };
  Real k = choose(x.high.constant(1), x.high.constant(0));
  Real f = choose(fma(x.high, 0.5, x.high.constant(-0.5)), x.high);
  Real low = choose(x.low * 0.5, x.low);
  return logarithm(k, f, fma(-f, low, low));
}
