//===- ConvertScalar.cpp - An element as another type ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The conversions of `atled.convert`, without undefined behaviour: arith's own
// conversions from floats to integers are undefined for what does not fit.
//
//===----------------------------------------------------------------------===//

#include "ScalarBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace atled;

/// Not equal to zero; NaN is not.
static Value isNonZero(ScalarBuilder &b, Value x) {
  Value zero = b.literal(0);
  if (b.getKind() == ScalarKind::Float)
    return arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, x, zero);
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ne, x, zero);
}

static Value convertInteger(ScalarBuilder &b, Value x, Type to) {
  unsigned from = x.getType().getIntOrFloatBitWidth();
  unsigned width = to.getIntOrFloatBitWidth();
  if (width < from)
    return arith::TruncIOp::create(b, to, x);
  if (width == from)
    return x;
  if (b.getKind() == ScalarKind::Unsigned)
    return arith::ExtUIOp::create(b, to, x);
  return arith::ExtSIOp::create(b, to, x);
}

/// Truncates towards zero and saturates; NaN is 0. What arith converts is
/// always in range: its bounds are 0 or a negative power of two, which is
/// exact, and a power of two that is itself out of range.
static Value floatToInteger(ScalarBuilder &b, Value x, Type signless,
                            bool isSigned) {
  const llvm::fltSemantics &semantics =
      cast<FloatType>(x.getType()).getFloatSemantics();
  unsigned width = signless.getIntOrFloatBitWidth();
  unsigned digits = isSigned ? width - 1 : width;
  APFloat bound =
      scalbn(APFloat::getOne(semantics), digits, APFloat::rmNearestTiesToEven);
  Value upper = b.literal(bound, x.getType());
  Value lower = isSigned ? b.literal(-bound, x.getType()) : b.literal(0);
  Value zero = b.literal(0);

  // false for NaN
  Value aboveLower =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OGE, x, lower);
  Value belowUpper =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, x, upper);
  Value fits = arith::AndIOp::create(b, aboveLower, belowUpper);
  Value inRange = arith::SelectOp::create(b, fits, x, zero);
  Value result = isSigned
                     ? Value(arith::FPToSIOp::create(b, signless, inRange))
                     : Value(arith::FPToUIOp::create(b, signless, inRange));

  APInt greatest =
      isSigned ? APInt::getSignedMaxValue(width) : APInt::getMaxValue(width);
  Value tooGreat =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OGE, x, upper);
  Value greatestValue =
      arith::ConstantOp::create(b, b.getIntegerAttr(signless, greatest));
  result = arith::SelectOp::create(b, tooGreat, greatestValue, result);
  if (!isSigned)
    return result;
  Value tooSmall =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, x, lower);
  Value leastValue = arith::ConstantOp::create(
      b, b.getIntegerAttr(signless, APInt::getSignedMinValue(width)));
  return arith::SelectOp::create(b, tooSmall, leastValue, result);
}

/// Rounded once, whatever the widths.
static Value integerToFloat(ScalarBuilder &b, Value x, Type to) {
  if (b.getKind() == ScalarKind::Unsigned)
    return arith::UIToFPOp::create(b, to, x);
  return arith::SIToFPOp::create(b, to, x);
}

Value ScalarBuilder::convert(Value x, Type to) {
  bool toFloat = isa<FloatType>(to);
  bool fromFloat = kind == ScalarKind::Float;
  if (to.isInteger(1))
    return isNonZero(*this, x);
  if (fromFloat && toFloat)
    return to.getIntOrFloatBitWidth() > x.getType().getIntOrFloatBitWidth()
               ? Value(arith::ExtFOp::create(*this, to, x))
               : x;
  if (fromFloat)
    return floatToInteger(*this, x, getSignlessType(to),
                          atled::getScalarKind(to) == ScalarKind::Signed);
  if (toFloat)
    return integerToFloat(*this, x, to);
  return convertInteger(*this, x, getSignlessType(to));
}
