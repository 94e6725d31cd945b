//===- ExpandMathPolygamma.cpp - digamma and its derivatives --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The digamma function ψ, with polynomials P, D and C and its root x0:
//
//   from 1 to 2:   ψ(y) = (y - x0) P(y)
//   from 0 on:     ψ(x) = ψ(x + 1) - 1/x
//   up to 8:       ψ(x) = ψ(x - n) + 1/(x - 1) + ... + 1/(x - n)
//   from 8 on:     ψ(x) = log x - 1/(2 x) - D(1/x²) / x²
//   less than 0:   ψ(x) = ψ(1 - x) - (1/r - r C(r²)), r = x - nearest integer
//
// Its derivative number n, of u > 0 and otherwise, with y = u + N:
//
//   ψn(u) = (-1)^(n+1) (n!/u^(n+1) + ... + n!/(u + N - 1)^(n+1)
//                       + (n-1)!/y^n (1 + n/(2 y) + ∑ Bj n...(n+2j-1) / y^2j))
//   ψn(x) = (-1)^n (ψn(1 - x) - π^(n+1) Cn(cot πx))
//
// by the sum of Euler and Maclaurin; (-1)^n Cn(cot x) is the derivative number
// n of the cotangent. All is computed in f64.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

using namespace atled;

// minimax.py digamma-f64, digamma-far-f64, cot-pi-f64
static const double aboutRoot64[] = {
    0x1.e6f0cbb873617p-1,   -0x1.b1cb63005ee98p-2,  0x1.eca189b8e6d97p-3,
    -0x1.2feeeb98a7a30p-3,  0x1.8512e5905dc6ep-4,   -0x1.fb44202a077f2p-5,
    0x1.4de9aa058bb93p-5,   -0x1.b9f8b12482290p-6,  0x1.256475f48269ap-6,
    -0x1.8635628160293p-7,  0x1.03c0063dce166p-7,   -0x1.5a06cbc159948p-8,
    0x1.cd3e843d15de8p-9,   -0x1.336b508ea0465p-9,  0x1.980cdc1505a5ap-10,
    -0x1.0fccb399dda3ep-10, 0x1.7b4f8646d7b67p-11,  -0x1.fc4f0bbedf3aep-12,
    0x1.dbefa50098a3cp-13,  -0x1.341c66ada7abfp-13, 0x1.108bbeaa78207p-12,
    -0x1.72616fff27e31p-13};
static const double digammaFar64[] = {
    0x1.5555555555555p-4,  -0x1.1111111110d77p-7, 0x1.04104101a9882p-8,
    -0x1.11110c2d97015p-8, 0x1.f07735b851d9ep-8,  -0x1.58e87b012c19dp-6,
    0x1.47dd080c582abp-4,  -0x1.3303055974baep-2};
static const double cotPi64[] = {
    0x1.a51a6625307d3p+1,  0x1.151322ac7d853p+1, 0x1.0470984c08490p+1,
    0x1.010b36aff7568p+1,  0x1.00412e1509417p+1, 0x1.001025a61885fp+1,
    0x1.00037a8d9b34ap+1,  0x1.000b1a32e1035p+1, 0x1.fef17ef3f8a90p+0,
    0x1.052389c3895c2p+1,  0x1.b751857b3405bp+0, 0x1.ba583b0bde5f8p+1,
    -0x1.a7efc89510b63p+1, 0x1.e7d4c7ecf297dp+3, -0x1.2bfdc61902f29p+4,
    0x1.29535e5b0c2c3p+4};

/// B(2j) / (2j)!, j > 0, with Bernoulli's numbers B.
static const double bernoulli[] = {
    0x1.5555555555555p-4,   -0x1.6c16c16c16c17p-10, 0x1.1566abc011567p-15,
    -0x1.bbd779334ef0bp-21, 0x1.66a8f2bf70ebep-26,  -0x1.22805d644267fp-31,
    0x1.d6db2c4e09162p-37,  -0x1.7da4e1f79955cp-42};

/// x0, and what its f64 lacks.
static constexpr double root = 0x1.762d86356be3fp+0;
static constexpr double rootLow = 0x1.b86a722197829p-54;
static constexpr double digammaFarRight = 8;

//===----------------------------------------------------------------------===//
// digamma
//===----------------------------------------------------------------------===//

/// ψ(x), 1 <= x <= `digammaFarRight`. The sum of inverses is q / p.
static Real digammaNear(Real x) {
  Real y = x, p = x.constant(1), q = x.constant(0);
  for (int step = 0; step < digammaFarRight - 2; ++step) {
    Mask isBeyond = y >= 2.0;
    y = select(isBeyond, y - 1, y);
    q = select(isBeyond, fma(q, y, p), q);
    p = select(isBeyond, p * y, p);
  }
  Real aboutRoot =
      ((y - root) - rootLow) * centredPolynomial(y - 1.5, aboutRoot64);
  return aboutRoot + q / p;
}

static Real digammaFarOut(Real x) {
  Real inverse = 1 / x;
  Real z = inverse * inverse;
  return expandLog(x) - fma(z, polynomial(z, digammaFar64), inverse * 0.5);
}

Real atled::expandDigamma(Real x) {
  Mask isLeft = x < 0.0;
  Real u = select(isLeft, 1 - x, x);
  Mask isSmall = u < 1.0;
  Real v = select(isSmall, u + 1, u);
  Real right = select(v >= digammaFarRight, digammaFarOut(v),
                      digammaNear(clamp(v, 1, digammaFarRight)));
  // What is subtracted: 1/u next to 0, the cotangent on the left.
  Real r = x - expandRoundEven(x);
  Real inverse = 1 / select(isLeft, r, u);
  Real cotangent = inverse - r * polynomial(r * r, cotPi64);
  Real less = select(isLeft, cotangent, select(isSmall, inverse, 0));
  return select(isLeft & (r == 0), x.nan(), right - less);
}

//===----------------------------------------------------------------------===//
// polygamma
//===----------------------------------------------------------------------===//

static Real power(Real x, int64_t exponent) {
  Real result = x.constant(1);
  for (Real square = x; exponent > 0; exponent /= 2, square = square * square)
    if (exponent % 2)
      result = result * square;
  return result;
}

/// |ψn(u)|, u > 0; at a zero infinite, with the sign of u^(n+1).
static Real magnitude(Real u, int64_t order) {
  double factorial = std::tgamma(static_cast<double>(order));
  // As many terms as it takes until the rest converges, and none far out, where
  // each would cost digits.
  int64_t count = 10 + order / 2;
  Mask isFar = u >= static_cast<double>(count);
  Real inverse = 1 / select(isFar, u, u + static_cast<double>(count));
  // Rounded up by the factorial first, the power does not underflow too soon.
  Real scale = u.constant(factorial);
  for (int64_t i = 0; i < order; ++i)
    scale = scale * inverse;
  SmallVector<double> coefficients;
  double rising = 1;
  for (auto [j, number] : llvm::enumerate(bernoulli)) {
    double next = static_cast<double>(order) + 2.0 * static_cast<double>(j);
    rising *= next * (next + 1);
    coefficients.push_back(number * rising);
  }
  Real series = polynomial(inverse * inverse, coefficients);
  Real correction = fma(inverse, series, u.constant(0.5 * order)) * inverse;
  Real rest = fma(scale, correction, scale);
  // Next to 0 the last one, with its sign, is infinite.
  Real sum = rest;
  for (int64_t k = count - 1; k >= 0; --k)
    sum = sum + factorial * static_cast<double>(order) /
                    power(k == 0 ? u : u + static_cast<double>(k), order + 1);
  return select(isFar, rest, sum);
}

/// The coefficients of Cn(c) / (1 + c²), the derivative of C(n-1): C0(c) = c,
/// Cn = (1 + c²) C(n-1)'. Every other one is 0.
static SmallVector<double> getCotangentCoefficients(int64_t order) {
  SmallVector<double> c = {0, 1}, slope;
  for (int64_t n = 0; n < order; ++n) {
    slope.clear();
    for (size_t i = 1; i < c.size(); ++i)
      slope.push_back(c[i] * static_cast<double>(i));
    c = slope;
    c.append(2, 0);
    for (size_t i = 0; i < slope.size(); ++i)
      c[i + 2] += slope[i];
  }
  SmallVector<double> kept;
  for (size_t i = (order - 1) % 2; i < slope.size(); i += 2)
    kept.push_back(slope[i]);
  return kept;
}

/// π^(n+1) Cn(cot πr), |r| <= ½.
static Real cotangentDerivative(Real r, int64_t order) {
  // The cosine is the sine of what is missing to ½: exact where it is small.
  Real sine = expandSinPi(r);
  Real cotangent = expandSinPi(0.5 - abs(r)) / sine;
  double scale = std::pow(llvm::numbers::pi, static_cast<double>(order + 1));
  Real result =
      scale / (sine * sine) *
      polynomial(cotangent * cotangent, getCotangentCoefficients(order));
  return order % 2 == 0 ? result * cotangent : result;
}

Real atled::expandPolygamma(Real x, int64_t order) {
  bool isOdd = order % 2 != 0;
  Mask isLeft = x < 0.0;
  Real right = magnitude(select(isLeft, 1 - x, x), order);
  Real r = x - expandRoundEven(x);
  Real reflected = cotangentDerivative(r, order);
  if (isOdd)
    return select(isLeft, reflected - right, right);
  Real left = select(r == 0, x.nan(), -(reflected + right));
  return select(isLeft, left, -right);
}
