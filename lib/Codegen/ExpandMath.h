//===- ExpandMath.h - Elementary functions as arithmetic -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function builds straight-line code for one elementary function of f32 or
// f64. All of them honour C99's special values, signed zeros, denormals and
// overflow, and none reads or raises anything outside its result. The
// coefficients in the sources come from tools/scripts/minimax.py.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_EXPANDMATH_H
#define ATLED_LIB_CODEGEN_EXPANDMATH_H

#include "atled/Support/MathBuilder.h"
#include <optional>

namespace atled {

/// A number 2^k m. The float shiftedK has k in its low digits.
struct Scaled {
  RealPair mantissa;
  Real shiftedK;
};

// ExpandMathActivation.cpp
Real expandLogistic(Real x);
Real expandSoftplus(Real x);
Real expandSilu(Real x);
/// Of f64 alone.
Real expandGelu(Real x);
Real expandGeluTanh(Real x);

// ExpandMathError.cpp, of f64 alone
Real expandErf(Real x);
Real expandErfc(Real x);
Real expandErfInv(Real x);
/// factor erfc(a), a >= 0, where b = 3/2 a and a² are sums of two.
Real expandTimesErfc(Real factor, RealPair b, RealPair square);

// ExpandMathExponential.cpp
Real expandExp(Real x);
Real expandExp2(Real x);
Real expandExpm1(Real x);
Real expandSinh(Real x);
Real expandCosh(Real x);
Real expandTanh(Real x);

/// exp(x), or exp(x + low), which does not leave its range by more than its
/// square root.
Scaled expandScaledExp(Real x, std::optional<Real> low = {});
/// y 2^k, k <= 0, rounded once.
Real expandScale(Real y, Real shiftedK);
/// 1 + exp(x) = sum / scale, and the same of x + low. Neither over- nor
/// underflows, if 1 / exp(x) does not and exp(x) does not by more than its
/// square root; scale is a power of two, and 1 where exp(x) is less.
struct ScaledSum {
  Real sum, scale;
};
ScaledSum expandOnePlusExp(Real x, std::optional<Real> low = {});

// ExpandMathGamma.cpp, of f64 alone
Real expandLgamma(Real x);
/// sin(πr), |r| <= ½.
Real expandSinPi(Real r);

// ExpandMathInverse.cpp, of f64 alone
Real expandAsin(Real x);
Real expandAcos(Real x);
Real expandAtan(Real x);
Real expandAtan2(Real y, Real x);
Real expandAsinh(Real x);
Real expandAcosh(Real x);
Real expandAtanh(Real x);
Real expandCbrt(Real x);

// ExpandMathLogarithm.cpp
Real expandLog(Real x);
Real expandLog1p(Real x);
/// Of f64 alone.
Real expandLog2(Real x);
Real expandLog10(Real x);
/// log(1 + x) for an f64 that is a sum of two, the first of them finite and not
/// negative.
Real expandLog1pOfPair(RealPair x);

/// log(1 + x) for a sum of two between 0 and 1.
Real expandLog1pOfFraction(RealPair x);

/// A positive normal number 2^k (1 + f), 1/√2 <= 1 + f < √2, k as it is stored
/// in an exponent.
struct Decomposed {
  Bits biasedK;
  Real f;
};
Decomposed decompose(Real x);
/// k as a float.
Real exponentOf(Decomposed x);

// ExpandMathPolygamma.cpp, of f64 alone
Real expandDigamma(Real x);
/// The derivative of digamma number `order`, at least 1.
Real expandPolygamma(Real x, int64_t order);

// ExpandMathRounding.cpp
Real expandCeil(Real x);
Real expandFloor(Real x);
Real expandTrunc(Real x);
Real expandRound(Real x);
Real expandRoundEven(Real x);
/// Of f32 alone.
Real expandFma32(Real a, Real b, Real c);

// ExpandMathTrigonometric.cpp
Real expandSin(Real x);
Real expandCos(Real x);
Real expandTan(Real x);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_EXPANDMATH_H
