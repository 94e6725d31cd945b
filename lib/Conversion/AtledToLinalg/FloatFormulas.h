//===- FloatFormulas.h - Rows that need more than a dag ---*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What operations on floats do to an element of f32 or f64, where the formula
// of the textbook would lose digits or overflow on the way.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_FLOATFORMULAS_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_FLOATFORMULAS_H

#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"

namespace atled {

Value hypotenuse(ScalarBuilder &b, HypotOp op, Value x, Value y);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_FLOATFORMULAS_H
