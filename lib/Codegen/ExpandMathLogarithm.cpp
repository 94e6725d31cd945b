//===- ExpandMathLogarithm.cpp - log, log1p as arithmetic -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both start from 2^k (1 + f) with an integer k and 1/√2 <= 1 + f < √2, and
// log(1 + f) = f - tail:
//
//   f32: tail = f²/2 - f³ P(f) with a polynomial P
//   f64: tail = f²/2 - s (f²/2 + z R(z)), s = f / (2 + f), z = s²,
//        from log(1 + f) = 2 atanh(s) = 2 s + s z R(z) and f - s f = 2 s
//
// k ln 2 is added in two parts, the first of them exact.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

namespace {
/// A positive normal number 2^k (1 + f), k as it is stored in an exponent.
struct Decomposed {
  Bits biasedK;
  Real f;
};
} // namespace

// minimax.py log-f64, log-f32
static const double r64[] = {0x1.5555555555592p-1, 0x1.999999997fd85p-2,
                             0x1.24924941f4296p-2, 0x1.c71c5206bc6c1p-3,
                             0x1.74663f7b5e0f0p-3, 0x1.39a1ab08e673fp-3,
                             0x1.2f060a130df2dp-3};
static const double p32[] = {0x1.555548p-2,  -0x1.000006p-2, 0x1.99a4b4p-3,
                             -0x1.555c48p-3, 0x1.23378ap-3,  -0x1.fc22dcp-4,
                             0x1.e6ef6cp-4,  -0x1.de3710p-4, 0x1.1453d4p-4};

/// Adding 1 - 1/√2, as a representation, carries into the exponent from √2 on.
static Decomposed decompose(Real x) {
  unsigned digits = x.getMantissaBits();
  uint64_t one = x.getBias() << digits;
  uint64_t sqrtHalf = x.isF32() ? 0x3f3504f3 : 0x3fe6a09e667f3bcd;
  Bits shifted = toBits(x) + (one - sqrtHalf);
  Bits mantissa = (shifted & ((uint64_t(1) << digits) - 1)) + sqrtHalf;
  return {shifted >> digits, toReal(mantissa) - 1};
}

/// k as a float: it is put into the last digits of the float 2^p.
static Real exponentOf(Decomposed x) {
  unsigned digits = x.f.getMantissaBits();
  uint64_t bias = x.f.getBias();
  Real shifted = toReal(x.biasedK | ((bias + digits) << digits));
  return shifted - (std::ldexp(1.0, digits) + bias);
}

/// log(2^k (1 + f)).
static Real logarithm(Real k, Real f) {
  if (f.isF32()) {
    Real square = f * f;
    Real tail = fma(square, -0.5, f * square * polynomial(f, p32));
    Real low = fma(k, 0x1.7f7d1cp-20, tail);
    return fma(k, 0x1.62e4p-1, f + low);
  }
  Real halfSquare = f * f * 0.5;
  Real s = f / (f + 2);
  Real z = s * s;
  Real low =
      fma(s, fma(z, polynomial(z, r64), halfSquare), k * 0x1.ef35793c7673p-45);
  return fma(k, 0x1.62e42fefa38p-1, f - (halfSquare - low));
}

/// `result` for positive finite x; what C99 says for all others.
static Real withDomain(Real x, Real result) {
  Real outside = select(x == 0, -x.infinity(), x.nan());
  result = select(x > 0, result, outside);
  return select(x == x.infinity(), x, result);
}

Real atled::expandLog(Real x) {
  unsigned digits = x.getMantissaBits();
  Mask denormal = x < std::ldexp(1.0, 1 - int(x.getBias()));
  double scale = std::ldexp(1.0, digits + 1);
  Decomposed decomposed = decompose(select(denormal, x * scale, x));
  Real k = exponentOf(decomposed);
  k = select(denormal, k - double(digits + 1), k);
  return withDomain(x, logarithm(k, decomposed.f));
}

Real atled::expandLog1p(Real x) {
  unsigned digits = x.getMantissaBits();
  RealPair sum = twoSum(x, x.constant(1));
  Decomposed decomposed = decompose(sum.high);
  // What 1 + x loses is as much of 1 + f, times 2^-k. For large x it does not
  // matter, and 2^-k may not be normal.
  Bits negatedK =
      decomposed.biasedK.constant(2 * x.getBias()) - decomposed.biasedK;
  Real lost = sum.low * toReal(negatedK << digits);
  Real f = decomposed.f + select(x > std::ldexp(1.0, 2 * digits), 0, lost);
  Real result = logarithm(exponentOf(decomposed), f);
  return select(x == 0, x, withDomain(sum.high, result));
}
