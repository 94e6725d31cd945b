//===- FloatFormulas.cpp - Rows that need more than a dag -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatFormulas.h"
#include "atled/Support/MathBuilder.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

/// A function of one number that one operation computes.
template <typename OpTy>
static Real apply(Real x) {
  MathContext &context = x.getContext();
  return {context, OpTy::create(context.builder, context.loc, x.getValue())};
}
static Real sqrt(Real x) { return apply<math::SqrtOp>(x); }

/// The greater one; NaN if one is.
static Real maximum(Real x, Real y) {
  MathContext &context = x.getContext();
  return {context, arith::MaximumFOp::create(context.builder, context.loc,
                                             x.getValue(), y.getValue())};
}

/// The target is not known yet: no formula counts on its instructions.
static MathContext getContext(ScalarBuilder &b) {
  return {b, b.getLoc(), /*hasFMA=*/false};
}

//===----------------------------------------------------------------------===//
// hypot
//===----------------------------------------------------------------------===//

/// √(x² + y²) of f64, of both scaled by a power of two so that no square that
/// counts over- or underflows. What is infinite stays so beside NaN.
static Real hypotenuse(Real x, Real y) {
  x = apply<math::AbsFOp>(x);
  y = apply<math::AbsFOp>(y);
  Real greater = maximum(x, y);
  Mask isLarge = greater > 0x1p500;
  Mask isSmall = greater < 0x1p-500;
  auto chooseScale = [&](double large, double small) {
    return select(isLarge, large, select(isSmall, small, x.constant(1)));
  };
  Real scale = chooseScale(0x1p-600, 0x1p600);
  Real back = chooseScale(0x1p600, 0x1p-600);
  auto square = [&](Real value) {
    Real scaled = value * scale;
    return scaled * scaled;
  };
  Real result = sqrt(square(x) + square(y)) * back;
  Real infinity = x.infinity();
  result = select(x == infinity, infinity, result);
  return select(y == infinity, infinity, result);
}

/// In f64 no square of an f32 over- or underflows, but what is infinite has to
/// stay so, too.
Value atled::hypotenuse(ScalarBuilder &b, HypotOp, Value lhs, Value rhs) {
  MathContext context = getContext(b);
  Real x(context, lhs), y(context, rhs);
  if (!x.isF32())
    return ::hypotenuse(x, y).getValue();
  return ::hypotenuse(x.extendToF64(), y.extendToF64()).roundToF32().getValue();
}
