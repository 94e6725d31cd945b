//===- Elementwise.cpp - Rules of elementwise operations that need code ---===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include <limits>

using namespace atled;

static Value buildCompare(RuleBuilder &builder, Predicate predicate, Value lhs,
                          Value rhs) {
  return CompareOp::create(builder, predicate, lhs, rhs);
}

static Value splatLike(RuleBuilder &builder, double value, Value like) {
  return buildSplat(builder, builder.getLoc(), getTensorType(like), value,
                    like);
}

//===----------------------------------------------------------------------===//
// pow
//===----------------------------------------------------------------------===//

/// d x^y / dx = y x^(y-1), which is 0 for y = 0 whatever x is.
Value atled::powSlopeInBase(RuleBuilder &builder, Value base, Value exponent) {
  Value zero = splatLike(builder, 0.0, exponent);
  Value one = splatLike(builder, 1.0, exponent);
  Value power =
      PowOp::create(builder, base, SubOp::create(builder, exponent, one));
  Value slope = MulOp::create(builder, exponent, power);
  Value isConstant = buildCompare(builder, Predicate::eq, exponent, zero);
  return SelectOp::create(builder, isConstant, zero, slope);
}

/// d x^y / dy = x^y log x; at x = 0 it is 0 for y >= 0 and -inf for y < 0.
Value atled::powSlopeInExponent(RuleBuilder &builder, Value base,
                                Value exponent, Value power) {
  Value zero = splatLike(builder, 0.0, exponent);
  Value infinity =
      splatLike(builder, -std::numeric_limits<double>::infinity(), exponent);
  Value slope = MulOp::create(builder, power, LogOp::create(builder, base));
  Value isNegative = buildCompare(builder, Predicate::lt, exponent, zero);
  Value isNotNegative = buildCompare(builder, Predicate::ge, exponent, zero);
  // An exponent that is neither is NaN, and so is the slope.
  Value atZero = SelectOp::create(
      builder, isNegative, infinity,
      SelectOp::create(builder, isNotNegative, zero, exponent));
  Value isAtZero = buildCompare(builder, Predicate::eq, base, zero);
  return SelectOp::create(builder, isAtZero, atZero, slope);
}

//===----------------------------------------------------------------------===//
// maximum, minimum
//===----------------------------------------------------------------------===//

/// The share of the operand with this number where both operands are equal.
static double getTieShare(Tie tie, unsigned operand) {
  switch (tie) {
  case Tie::split:
    return 0.5;
  case Tie::first:
    return operand == 0 ? 1.0 : 0.0;
  case Tie::zero:
    return 0.0;
  case Tie::one:
    return 1.0;
  }
  llvm_unreachable("unknown tie");
}

/// 1 where `mine` is the extremum, its share at a tie, else 0. A NaN is the
/// extremum of itself and a number; two NaNs share.
static Value buildExtremumSlope(RuleBuilder &builder, Predicate wins,
                                Value mine, Value other, double tieShare) {
  Value zero = splatLike(builder, 0.0, mine),
        one = splatLike(builder, 1.0, mine);
  Value half = splatLike(builder, 0.5, mine);
  Value share = splatLike(builder, tieShare, mine);
  Value iAmNaN = buildCompare(builder, Predicate::ne, mine, mine);
  Value otherIsNaN = buildCompare(builder, Predicate::ne, other, other);
  Value unordered = SelectOp::create(
      builder, iAmNaN, SelectOp::create(builder, otherIsNaN, half, one), zero);
  Value equal = buildCompare(builder, Predicate::eq, mine, other);
  Value notWinning = SelectOp::create(builder, equal, share, unordered);
  return SelectOp::create(builder, buildCompare(builder, wins, mine, other),
                          one, notWinning);
}

template <typename OpTy>
static Value buildSlope(RuleBuilder &builder, OpTy op, unsigned operand,
                        Predicate wins) {
  return buildExtremumSlope(builder, wins, op->getOperand(operand),
                            op->getOperand(1 - operand),
                            getTieShare(op.getTie(), operand));
}

Value atled::maximumSlope(RuleBuilder &builder, MaximumOp op,
                          unsigned operand) {
  return buildSlope(builder, op, operand, Predicate::gt);
}

Value atled::minimumSlope(RuleBuilder &builder, MinimumOp op,
                          unsigned operand) {
  return buildSlope(builder, op, operand, Predicate::lt);
}

//===----------------------------------------------------------------------===//
// convert
//===----------------------------------------------------------------------===//

Value atled::convertLike(RuleBuilder &builder, Value cotangent, Value like) {
  return ConvertOp::create(builder, like.getType(), cotangent);
}
