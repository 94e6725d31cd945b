//===- ExpandMathError.cpp - erf and erfc as arithmetic -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   erfc(a) = exp(-a²) (1 + G(t)) / (1 + 2 a)    t = (a - 4) / (a + 4), a >= 0
//   erf(x)  = x + x E(x²)                        near 0, else 1 - erfc(x)
//
// with polynomials G and E (the first after M. Shepherd and J. Laframboise,
// Chebyshev Approximation of (1 + 2x) exp(x²) erfc x, 1981). Square,
// exponential and quotient are sums of two floats each. All is computed in f64.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

/// erfc is 0 from here on.
static constexpr double last = 28;

// minimax.py erf-f64, erfc-f64
static const double erf64[] = {
    0x1.06eba8214db69p-3,   -0x1.812746b0379e6p-2,  0x1.ce2f21a042b20p-4,
    -0x1.b82ce3128498dp-6,  0x1.565bcd0db0059p-8,   -0x1.c02db3d8e57f3p-11,
    0x1.f9a321a035555p-14,  -0x1.f4d1df2729839p-17, 0x1.b9def0ad0f1b1p-20,
    -0x1.5f1d2e8595448p-23, 0x1.f7a3b6ef3c98bp-27,  -0x1.38699f0a4c6e1p-30,
    0x1.05768741a4828p-34};
static const double erfc64[] = {
    0x1.dd2c8b74febf6p-3,   -0x1.1df1ad154a29cp-3,  0x1.f7f5df66fd71ep-7,
    0x1.16ecefcfa6043p-4,   -0x1.9ddb23c3e8a50p-4,  0x1.7fee004df6ac4p-4,
    -0x1.0fb06dfe58c81p-4,  0x1.3079edf9f9aa0p-5,   -0x1.0962388077de5p-6,
    0x1.49c67191a8fb5p-8,   -0x1.8d4a9feea3b4ep-11, -0x1.a1de83cf9d604p-13,
    0x1.3be0d2d930941p-13,  -0x1.9969d60898becp-16, -0x1.78a87201a93c8p-17,
    0x1.7fae635bd9c01p-18,  0x1.44391310703c3p-22,  -0x1.bfe12b881c5cbp-21,
    0x1.0bf5b55e967cep-24,  0x1.ec09bfc92cac2p-24,  -0x1.0b47f09e1df0fp-27,
    -0x1.cbf377a991d3ep-27, -0x1.d8248af489e62p-30};

/// erfc(a), a between 0 and `last`.
static Real complement(Real a) {
  RealPair square = twoProduct(a, a);
  ScaledExp e = expandScaledExp({-square.high, -square.low});
  RealPair m = e.mantissa;
  Real g = polynomial((a - 4) / (a + 4), erfc64);
  RealPair numerator = fastTwoSum(m.high, fma(m.high, g, fma(m.low, g, m.low)));
  RealPair denominator = twoSum(a.constant(1), a + a);
  Real quotient = numerator.high / denominator.high;
  RealPair product = twoProduct(quotient, denominator.high);
  Real rest = ((numerator.high - product.high) - product.low) +
              (numerator.low - quotient * denominator.low);
  return expandScale(quotient + rest / denominator.high, e.shiftedK);
}

/// erf(x) - x, |x| < 1.
static Real beyondArgument(Real x) { return x * polynomial(x * x, erf64); }

Real atled::expandErf(Real x) {
  Real a = abs(x);
  Real near = x + beyondArgument(x);
  Real far = withSign(1 - complement(clamp(a, 0, last)), x);
  return select(a < 1.0, near, far);
}

/// Near 0, where the summands of G cancel, 1 - erf(x), of which 1 - x is exact
/// as a sum of two.
Real atled::expandErfc(Real x) {
  RealPair rest = twoSum(x.constant(1), -x);
  Real near = rest.high + (rest.low - beyondArgument(x));
  Real far = complement(clamp(abs(x), 0, last));
  far = select(x < 0.0, 2 - far, far);
  return select(abs(x) < 0.75, near, far);
}
