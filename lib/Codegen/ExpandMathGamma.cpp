//===- ExpandMathGamma.cpp - lgamma as arithmetic -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   near 1, 2:     log Γ(y) = (y - 1) P(y) or (y - 2) Q(y)
//   up to 8:       log Γ(x) = log Γ(x - n) + log((x - 1) ... (x - n))
//   down to -24:   log|Γ(x)| = log Γ(x + n) - log|x (x + 1) ... (x + n - 1)|
//   from 8 on:     log Γ(x) = (x - ½) (log x - 1) + c + R(1/x²) / x  (Stirling)
//   further left:  log|Γ(-a)| = log(π / (a |sin πa|)) - log Γ(a)
//
// with polynomials P, Q and R. The factors, but for one that is rounded once,
// are exact, and near a root of log|Γ| so small a sum is not one of large
// terms: so the second formula goes on where the last would do. All is computed
// in f64.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

// minimax.py lgamma-one-f64, lgamma-two-f64, lgamma-far-f64, sin-pi-f64
static const double aboutOne64[] = {
    -0x1.01c0a78f53607p-1, 0x1.81f8853839aa2p-1,  -0x1.564bdc004b8e6p-2,
    0x1.a5261ef62a027p-3,  -0x1.26802348cdfebp-3, 0x1.b7dcc2af5f7cap-4,
    -0x1.559386fac30f1p-4, 0x1.10259b8123c22p-4,  -0x1.b999326c00d3fp-5,
    0x1.6b2bf9c9771b5p-5,  -0x1.2dd9d9e5f7ad0p-5, 0x1.fa0fb969d0b1ep-6,
    -0x1.ab3f729a6eb45p-6, 0x1.6b01cc6dfa40fp-6,  -0x1.35a0183ecebe4p-6,
    0x1.07bfddf44605ap-6,  -0x1.c9d88c2e7d614p-7, 0x1.a3e2ed1d684aap-7,
    -0x1.59641464f37a6p-7, 0x1.7ebfd71b3c2a9p-8,  -0x1.b1d495e3c8d65p-8,
    0x1.d12bc78c85d73p-7,  -0x1.5ba167d9b6a96p-7};
static const double aboutTwo64[] = {
    0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa7p-2,   -0x1.13e001a557616p-4,
    0x1.51322ac7d8005p-6,   -0x1.e404fc2188850p-8,  0x1.7add6eae56163p-9,
    -0x1.38ac5c309f9f5p-10, 0x1.0b36af36462a1p-11,  -0x1.d3fd4941e1d66p-13,
    0x1.a127dc4206b0bp-14,  -0x1.78defdef08944p-15, 0x1.5806f1d2caed4p-16,
    -0x1.3ca9394f2970cp-17, 0x1.263ee40da7ad2p-18,  -0x1.131d5160482e7p-19,
    0x1.ee12ed4af63d0p-21,  -0x1.c3007f2ce39bcp-22, 0x1.2b10524f4c8aep-22,
    -0x1.33bec9577be71p-23};
static const double stirling64[] = {
    0x1.5555555555555p-4,   -0x1.6c16c16c14af5p-9, 0x1.a01a017e8a18fp-11,
    -0x1.38134e15fc5ffp-11, 0x1.b92c9380828c7p-11, -0x1.ef980e88b253dp-10,
    0x1.4c3846e774c3bp-8};
static const double sinPi64[] = {
    0x1.921fb54442d18p+1,  -0x1.4abbce625be52p+2,  0x1.466bc6775aa6ep+1,
    -0x1.32d2cce627541p-1, 0x1.5078348519023p-4,   -0x1.e3074ddd17ac6p-8,
    0x1.e8f35e9ba6fbap-12, -0x1.6f7976cacce6fp-16, 0x1.9d1b7ea0c0d75p-21};

/// The formulas for what is far are for 8 and more, and for less than -24.
static constexpr double farRight = 8, farLeft = -24;
/// P is about this number, from 0.7 to 1.5; Q about 2, from 1.5 to 2.5.
static constexpr double centre = 35.0 / 32;

Real atled::expandSinPi(Real r) {
  return r * centredPolynomial(r * r, sinPi64);
}

/// log Γ(y), 0.7 <= y < 2.5.
static Real aboutRoots(Real y) {
  Mask isAboutTwo = y >= 1.5;
  Real t = select(isAboutTwo, y - 2, y - centre);
  Real root = select(isAboutTwo, y - 2, y - 1);
  return root * centredPolynomial(t, aboutOne64, {{isAboutTwo, aboutTwo64}});
}

/// log|Γ(x)|, `farLeft` <= x <= `farRight`.
static Real near(Real x) {
  Real y = x, product = x.constant(1);
  Mask isRight = x >= 2.5;
  for (int step = 0; step < farRight - 2.5; ++step) {
    Mask isBeyond = y >= 2.5;
    y = select(isBeyond, y - 1, y);
    product = select(isBeyond, product * y, product);
  }
  for (int step = 0; step < 0.7 - farLeft; ++step) {
    Mask isBeyond = y < 0.7;
    product = select(isBeyond, product * y, product);
    y = select(isBeyond, y + 1, y);
  }
  Real logarithm = expandLog(abs(product));
  // +0 at 1 and at 2.
  return select(isRight, logarithm, 0 - logarithm) + aboutRoots(y);
}

/// log Γ(a) by Stirling's formula; c = (log 2π - 1) / 2.
static Real farOut(Real a) {
  Real inverse = 1 / a;
  Real rest = fma(inverse, polynomial(inverse * inverse, stirling64),
                  0x1.acfe390c97d69p-2);
  return fma(a - 0.5, expandLog(a) - 1, rest);
}

Real atled::expandLgamma(Real x) {
  Real a = abs(x);
  Mask isLeft = x < farLeft;
  Real far = farOut(a);
  Real r = a - expandRoundEven(a);
  Real sine = abs(expandSinPi(r));
  Real reflected = expandLog(llvm::numbers::pi / (a * sine)) - far;
  reflected = select(sine == 0, x.infinity(), reflected);
  Real result = select(isLeft, reflected, far);
  result = select(isLeft | (x >= farRight), result,
                  near(clamp(x, farLeft, farRight)));
  return select(a == a.infinity(), a, result);
}
