//===- ElementwiseFolds.cpp - Elementwise operations that are known -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operations whose result is one of the operands, or a constant. What becomes
// another operation is in ElementwisePatterns.cpp.
//
// Every identity holds for all floats, NaN, infinities and the zeros of both
// signs included: x + 0 is not x, x * 0 and x - x are not 0. And as programs
// are simplified before they are differentiated, too, no derivative changes at
// a kink either.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseFolds.h"
#include "atled/Dialect/Atled/IR/Splat.h"

using namespace atled;

static bool isUnsignedTensor(Value value) {
  return getElementTypeOrSelf(value).isUnsignedInteger();
}

/// A tensor of type `type`, whose elements are computed as `function` says from
/// the element that `x` has everywhere.
template <typename Function>
static OpFoldResult foldUnary(RankedTensorType type, Attribute x,
                              Function function) {
  std::optional<Element> element = getSplatElement(x);
  if (!element)
    return {};
  Element result = std::visit(
      [&](const auto &x) -> Element { return function(x); }, widen(*element));
  return getSplatAttr(type, narrow(result, type.getElementType()));
}

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

/// Whether `x` is known to be NaN, or a number without a sign.
static bool hasNoSign(Value x) {
  if (isUnsignedTensor(x))
    return true;
  // An integer's absolute value may be negative: the smallest one's is.
  if (x.getDefiningOp<AbsOp>())
    return isFloatTensor(x);
  return isa_and_nonnull<ReluOp, ExpOp, Exp2Op, CoshOp, LogisticOp, SoftplusOp>(
      x.getDefiningOp());
}

OpFoldResult AbsOp::fold(FoldAdaptor adaptor) {
  if (hasNoSign(getX()) || getX().getDefiningOp<AbsOp>())
    return getX();
  return foldUnary(getType(), adaptor.getX(),
                   [](const auto &x) { return absolute(x); });
}

OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  if (auto negated = getX().getDefiningOp<NegOp>())
    return negated.getX();
  return foldUnary(getType(), adaptor.getX(), [](const auto &x) { return -x; });
}

OpFoldResult SignOp::fold(FoldAdaptor adaptor) {
  if (getX().getDefiningOp<SignOp>())
    return getX();
  return foldUnary(getType(), adaptor.getX(),
                   [](const auto &x) { return signOf(x); });
}

OpFoldResult ReluOp::fold(FoldAdaptor adaptor) {
  if (hasNoSign(getX()))
    return getX();
  return foldUnary(getType(), adaptor.getX(),
                   [](const auto &x) { return relu(x); });
}

/// Rounding leaves alone what was rounded: integers, infinities and NaN.
static OpFoldResult foldRounding(RankedTensorType type, Value x,
                                 Attribute constant, llvm::RoundingMode mode) {
  if (isa_and_nonnull<CeilOp, FloorOp, TruncOp, RoundOp>(x.getDefiningOp()))
    return x;
  std::optional<Element> element = getSplatElement(constant);
  if (!element)
    return {};
  return getSplatAttr(type, roundToIntegral(std::get<APFloat>(*element), mode));
}

OpFoldResult CeilOp::fold(FoldAdaptor adaptor) {
  return foldRounding(getType(), getX(), adaptor.getX(),
                      APFloat::rmTowardPositive);
}

OpFoldResult FloorOp::fold(FoldAdaptor adaptor) {
  return foldRounding(getType(), getX(), adaptor.getX(),
                      APFloat::rmTowardNegative);
}

OpFoldResult TruncOp::fold(FoldAdaptor adaptor) {
  return foldRounding(getType(), getX(), adaptor.getX(), APFloat::rmTowardZero);
}

OpFoldResult RoundOp::fold(FoldAdaptor adaptor) {
  return foldRounding(getType(), getX(), adaptor.getX(),
                      getHalfway() == Halfway::even
                          ? APFloat::rmNearestTiesToEven
                          : APFloat::rmNearestTiesToAway);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// The other operand of the operation of type `OpTy` that defines `value`, if
/// one of its operands is `operand`.
template <typename OpTy>
static Value getOtherOperand(Value value, Value operand) {
  auto op = value.getDefiningOp<OpTy>();
  if (!op)
    return {};
  if (op.getLhs() == operand)
    return op.getRhs();
  return op.getRhs() == operand ? op.getLhs() : Value();
}

/// What `difference` was computed from, if it is x - `subtrahend`.
static Value getMinuend(Value difference, Value subtrahend) {
  auto op = difference.getDefiningOp<SubOp>();
  return op && op.getRhs() == subtrahend ? op.getLhs() : Value();
}

OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  if (allAre(getRhs(), isNeutralInSum))
    return getLhs();
  if (allAre(getLhs(), isNeutralInSum))
    return getRhs();
  // (x - y) + y, where nothing is rounded.
  if (!isFloatTensor(getLhs())) {
    if (Value x = getMinuend(getLhs(), getRhs()))
      return x;
    if (Value x = getMinuend(getRhs(), getLhs()))
      return x;
  }
  return foldBinary(getType(), adaptor.getLhs(), adaptor.getRhs(),
                    [](const auto &lhs, const auto &rhs) { return lhs + rhs; });
}

OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  // -0 - +0 is -0, but +0 - -0 would make +0 of -0.
  if (allEqual(getRhs(), 0))
    return getLhs();
  if (!isFloatTensor(getLhs())) {
    if (getLhs() == getRhs() && getType().hasStaticShape())
      return DenseElementsAttr(getSplatAttr(getType(), 0));
    // (x + y) - y
    if (Value x = getOtherOperand<AddOp>(getLhs(), getRhs()))
      return x;
  }
  return foldBinary(getType(), adaptor.getLhs(), adaptor.getRhs(),
                    [](const auto &lhs, const auto &rhs) { return lhs - rhs; });
}

OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  for (auto [operand, other] :
       {std::pair(getLhs(), getRhs()), std::pair(getRhs(), getLhs())}) {
    if (allEqual(operand, 1))
      return other;
    if (!isFloatTensor(operand) && allEqual(operand, 0))
      return operand;
  }
  return foldBinary(getType(), adaptor.getLhs(), adaptor.getRhs(),
                    [](const auto &lhs, const auto &rhs) { return lhs * rhs; });
}

OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  if (allEqual(getRhs(), 1))
    return getLhs();
  // An integer divided by 0 is the same whatever it is.
  if (!isFloatTensor(getLhs()) && allEqual(getRhs(), 0) &&
      getType().hasStaticShape())
    return foldUnary(getType(), adaptor.getRhs(),
                     [](const auto &zero) { return divide(zero, zero); });
  return foldBinary(
      getType(), adaptor.getLhs(), adaptor.getRhs(),
      [](const auto &lhs, const auto &rhs) { return divide(lhs, rhs); });
}

OpFoldResult RemOp::fold(FoldAdaptor adaptor) {
  return foldBinary(
      getType(), adaptor.getLhs(), adaptor.getRhs(),
      [](const auto &lhs, const auto &rhs) { return remainder(lhs, rhs); });
}

OpFoldResult ReciprocalOp::fold(FoldAdaptor adaptor) {
  std::optional<Element> element = getSplatElement(adaptor.getX());
  if (!element)
    return {};
  APFloat x = std::get<APFloat>(widen(*element));
  return getSplatAttr(getType(),
                      narrow(divide(APFloat::getOne(x.getSemantics()), x),
                             getType().getElementType()));
}

OpFoldResult CopySignOp::fold(FoldAdaptor adaptor) {
  std::optional<Element> magnitude = getSplatElement(adaptor.getLhs());
  std::optional<Element> sign = getSplatElement(adaptor.getRhs());
  if (!magnitude || !sign)
    return {};
  return getSplatAttr(getType(),
                      APFloat::copySign(std::get<APFloat>(*magnitude),
                                        std::get<APFloat>(*sign)));
}

OpFoldResult FmaOp::fold(FoldAdaptor adaptor) {
  std::optional<Element> a = getSplatElement(adaptor.getA());
  std::optional<Element> b = getSplatElement(adaptor.getB());
  std::optional<Element> c = getSplatElement(adaptor.getC());
  if (!a || !b || !c)
    return {};
  APFloat result =
      multiplyAdd(std::get<APFloat>(widen(*a)), std::get<APFloat>(widen(*b)),
                  std::get<APFloat>(widen(*c)));
  return getSplatAttr(getType(), narrow(result, getType().getElementType()));
}

OpFoldResult PowOp::fold(FoldAdaptor adaptor) {
  if (allEqual(getRhs(), 1))
    return getLhs();
  // Both hold for NaN.
  if (allEqual(getLhs(), 1))
    return getLhs();
  if (allAre(getRhs(), isZero) && getType().hasStaticShape())
    return getSplatAttr(getType(), 1);
  return {};
}

//===----------------------------------------------------------------------===//
// Transcendental functions, where they are exact
//===----------------------------------------------------------------------===//

/// `value` everywhere, if the operand is known to be a point where a function
/// has it. Elsewhere the bits are those of the compiled code, not of the host.
static OpFoldResult foldAtPoint(RankedTensorType type, bool isPoint,
                                double value) {
  if (!isPoint || !type.hasStaticShape())
    return {};
  return getSplatAttr(type, value);
}

OpFoldResult ExpOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allAre(getX(), isZero), 1);
}

OpFoldResult CosOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allAre(getX(), isZero), 1);
}

OpFoldResult LogisticOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allAre(getX(), isZero), 0.5);
}

OpFoldResult CoshOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allAre(getX(), isZero), 1);
}

OpFoldResult ErfcOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allAre(getX(), isZero), 1);
}

OpFoldResult Exp2Op::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allAre(getX(), isZero), 1);
}

OpFoldResult AcosOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allEqual(getX(), 1), 0);
}

OpFoldResult AcoshOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allEqual(getX(), 1), 0);
}

OpFoldResult Log2Op::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allEqual(getX(), 1), 0);
}

OpFoldResult Log10Op::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allEqual(getX(), 1), 0);
}

OpFoldResult LogOp::fold(FoldAdaptor adaptor) {
  return foldAtPoint(getType(), allEqual(getX(), 1), 0);
}

/// Zeros of both signs, where they map to themselves.
static Value foldZero(Value x) { return allAre(x, isZero) ? x : Value(); }

OpFoldResult Expm1Op::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult Log1pOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult SinOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult TanhOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult ErfOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult TanOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult AsinOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult AtanOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult SinhOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult AsinhOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult AtanhOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }
OpFoldResult CbrtOp::fold(FoldAdaptor adaptor) { return foldZero(getX()); }

OpFoldResult SqrtOp::fold(FoldAdaptor adaptor) {
  return allEqual(getX(), 1) ? getX() : foldZero(getX());
}

OpFoldResult RsqrtOp::fold(FoldAdaptor adaptor) {
  return allEqual(getX(), 1) ? getX() : Value();
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

OpFoldResult ConvertOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  std::optional<Element> element = getSplatElement(adaptor.getX());
  if (!element)
    return {};
  return getSplatAttr(getType(),
                      convertElement(*element, getType().getElementType()));
}
