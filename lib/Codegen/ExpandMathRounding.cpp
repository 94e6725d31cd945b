//===- ExpandMathRounding.cpp - ceil, floor, fma as arithmetic ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All roundings to integers start from the nearest one, a tie to even: a float
// of magnitude less than 2^p, p digits after the leading one, is rounded to it
// when 2^p is added. The difference to the operand, which is exact, says which
// way to go. Greater numbers are integers, and NaN is left alone.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

/// The integer nearest to `magnitude`, which is not negative and less than 2^p.
static Real roundMagnitude(Real magnitude) {
  double shift = std::ldexp(1.0, magnitude.getMantissaBits());
  return (magnitude + shift) - shift;
}

/// `rounded`, which is for magnitudes less than 2^p, with the sign of x; else
/// x.
static Real roundedOr(Real x, Real rounded) {
  Mask isSmall = abs(x) < std::ldexp(1.0, x.getMantissaBits());
  return select(isSmall, withSign(abs(rounded), x), x);
}

/// 1 where `mask` is true, else 0.
static Real stepWhere(Mask mask, Real like) {
  return select(mask, 1, like.constant(0));
}

Real atled::expandRoundEven(Real x) {
  return roundedOr(x, roundMagnitude(abs(x)));
}

Real atled::expandRound(Real x) {
  Real magnitude = abs(x), nearest = roundMagnitude(magnitude);
  Mask isTieBelow = magnitude - nearest == 0.5;
  return roundedOr(x, nearest + stepWhere(isTieBelow, x));
}

Real atled::expandTrunc(Real x) {
  Real magnitude = abs(x), nearest = roundMagnitude(magnitude);
  return roundedOr(x, nearest - stepWhere(nearest > magnitude, x));
}

Real atled::expandFloor(Real x) {
  Real nearest = withSign(roundMagnitude(abs(x)), x);
  return roundedOr(x, nearest - stepWhere(nearest > x, x));
}

Real atled::expandCeil(Real x) {
  Real nearest = withSign(roundMagnitude(abs(x)), x);
  return roundedOr(x, nearest + stepWhere(nearest < x, x));
}

/// In f64 the product of two f32 is exact. The sum is rounded to odd there
/// (Boldo and Melquiond): to the neighbour whose last digit is 1, which is
/// never in the middle between two f32, so that the second rounding is the only
/// one that counts.
Real atled::expandFma32(Real a, Real b, Real c) {
  RealPair sum = twoSum(a.extendToF64() * b.extendToF64(), c.extendToF64());
  Bits bits = toBits(sum.high);
  Mask isInexact = (sum.low < 0.0) | (sum.low > 0.0);
  Mask isEven = (bits & 1) == 0;
  // Towards zero the representation decreases.
  Mask isTooSmall = (bits ^ toBits(sum.low)) < (uint64_t(1) << 63);
  Bits neighbour = select(isTooSmall, bits + 1, bits - 1);
  return toReal(select(isInexact & isEven, neighbour, bits)).roundToF32();
}
