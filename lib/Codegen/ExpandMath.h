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

#include "MathBuilder.h"

namespace atled {

// ExpandMathExponential.cpp
Real expandExp(Real x);
Real expandExpm1(Real x);
Real expandTanh(Real x);

// ExpandMathLogarithm.cpp
Real expandLog(Real x);
Real expandLog1p(Real x);

// ExpandMathTrigonometric.cpp
Real expandSin(Real x);
Real expandCos(Real x);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_EXPANDMATH_H
