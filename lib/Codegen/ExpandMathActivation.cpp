//===- ExpandMathActivation.cpp - logistic, silu, gelu as arithmetic ------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   logistic(x)  = 1 / (1 + exp(a)) on the left of 0, a = |x|,
//                  1 - 1 / (1 + exp(a)) on the right
//   silu(x)      = x / (1 + exp(-x))
//   gelu_tanh(x) = x / (1 + exp(-u)), u = 2 √(2/π) (x + 0.044715 x³)
//   gelu(x)      = x erfc(a / √2) / 2 on the left of 0,
//                  x - x erfc(a / √2) / 2 on the right
//   softplus(x)  = max(x, 0) + log(1 + exp(-a))
//
// Arguments of exponentials, and what comes of them, are sums of two floats,
// and the powers of two in them count last: the result is rounded two or three
// times in all, also where it is denormal.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

/// Left of this exp(x) is 0, and so is x times that.
static double leftEnd(Real x) { return x.isF32() ? -112 : -752; }

/// x, or `end` if x is less.
static Real boundLeft(Real x, double end) {
  Real bound = x.constant(end);
  return select(x < bound, bound, x);
}

/// logistic(x) and logistic(-x), which derivatives have together, share all but
/// the last step.
Real atled::expandLogistic(Real x) {
  ScaledSum d = expandOnePlusExp(-boundLeft(-abs(x), leftEnd(x)));
  Real left = d.scale / d.sum;
  return select(x < 0, left, 1 - left);
}

Real atled::expandSoftplus(Real x) {
  Scaled e = expandScaledExp(boundLeft(-abs(x), leftEnd(x)));
  Real power = expandScale(x.constant(1), e.shiftedK);
  RealPair m = e.mantissa;
  return select(x > 0, x, x.constant(0)) +
         expandLog1pOfFraction({m.high * power, m.low * power});
}

/// From 44 on, or 20 of f32, it is x.
Real atled::expandSilu(Real x) {
  Real bounded = boundLeft(x, leftEnd(x));
  ScaledSum d = expandOnePlusExp(-bounded);
  return select(x > (x.isF32() ? 20 : 44), x, bounded * d.scale / d.sum);
}

/// 2 √(2/π) (x + 0.044715 x³) as a sum of two, as the constants are: an ulp of
/// it is that much of the exponential.
static RealPair geluArgument(Real x) {
  RealPair square = twoProduct(x, x);
  RealPair term = twoProduct(x.constant(0.07135481627260025), square.high);
  RealPair sum = twoSum(x.constant(1.5957691216057308), term.high);
  RealPair product = twoProduct(x, sum.high);
  Real low = sum.low + -9.96930880911092e-17;
  low = low + fma(square.low, 0.07135481627260025, term.low);
  low = fma(square.high, x.constant(-6.175149918155315e-19), low);
  return {product.high, fma(x, low, product.low)};
}

/// Left of -21.6 it is 0, from 8 on it is x.
static Real geluTanh64(Real x) {
  Real bounded = boundLeft(x, -21.6);
  RealPair u = geluArgument(-bounded);
  ScaledSum d = expandOnePlusExp(u.high, u.low);
  return select(x > 8, x, bounded * d.scale / d.sum);
}

/// In f64, where an f32 needs no sums of two.
static Real geluTanh32(Real x) {
  Real bounded = boundLeft(x.extendToF64(), -21.6);
  Real slope = fma(bounded * bounded, 0.07135481627260025,
                   bounded.constant(1.5957691216057308));
  return (bounded / (1 + expandExp(-(bounded * slope)))).roundToF32();
}

Real atled::expandGeluTanh(Real x) {
  return x.isF32() ? geluTanh32(x) : geluTanh64(x);
}

/// x F(x), where F(x) + F(-x) = 1, from |x| F(-|x|). A zero keeps its sign.
static Real reflect(Real x, Real left) {
  return withSign(select(x > 0, x - left, left), x);
}

/// From 39 on the result is 0, or x.
Real atled::expandGelu(Real x) {
  Real a = abs(x);
  Real last = a.constant(39);
  a = select(a > last, last, a);
  RealPair square = twoProduct(a, a);
  // 3/2 a / √2
  RealPair b = twoProduct(a, a.constant(0x1.0f876ccdf6cd9p+0));
  b.low = fma(a, 0x1.b1a18f13a34cp-54, b.low);
  return reflect(
      x, expandTimesErfc(a * 0.5, b, {square.high * 0.5, square.low * 0.5}));
}
