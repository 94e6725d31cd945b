//===- ComparisonFolds.cpp - Comparisons and choices that are known -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operations whose result is one of the operands, or a constant. What becomes
// another operation is in ComparisonPatterns.cpp. They hold for all floats and
// keep every derivative, as those of ElementwiseFolds.cpp do.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseFolds.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

static DenseElementsAttr getTruth(RankedTensorType type, bool truth) {
  return getSplatAttr(type, APSInt(APInt(1, truth), /*isUnsigned=*/true));
}

/// The truth of a predicate about the element that `x` has everywhere.
static OpFoldResult foldPredicate(RankedTensorType type, Attribute x,
                                  bool (APFloat::*predicate)() const) {
  std::optional<Element> element = getSplatElement(x);
  if (!element)
    return {};
  return getTruth(type, (std::get<APFloat>(*element).*predicate)());
}

OpFoldResult IsFiniteOp::fold(FoldAdaptor adaptor) {
  return foldPredicate(getType(), adaptor.getX(), &APFloat::isFinite);
}

OpFoldResult IsNaNOp::fold(FoldAdaptor adaptor) {
  return foldPredicate(getType(), adaptor.getX(), &APFloat::isNaN);
}

/// What comparing `x` with itself gives, if that does not depend on whether it
/// is NaN.
static std::optional<bool> compareWithItself(Predicate predicate, Value x) {
  if (predicate == Predicate::lt || predicate == Predicate::gt)
    return false;
  if (isFloatTensor(x))
    return std::nullopt;
  return predicate != Predicate::ne;
}

/// What comparing an integer with a bound of its type gives, if it is the same
/// for all integers.
static std::optional<bool> compareWithBound(Predicate predicate, Value x,
                                            Value bound) {
  if (isFloatTensor(x))
    return std::nullopt;
  bool least = allAre(bound, isLeast), greatest = allAre(bound, isGreatest);
  if ((predicate == Predicate::lt && least) ||
      (predicate == Predicate::gt && greatest))
    return false;
  if ((predicate == Predicate::ge && least) ||
      (predicate == Predicate::le && greatest))
    return true;
  return std::nullopt;
}

OpFoldResult CompareOp::fold(FoldAdaptor adaptor) {
  Value lhs = getLhs(), rhs = getRhs();
  Predicate predicate = getPredicate();
  // p = true and p != false are p.
  if (isBooleanElement(getElementTypeOrSelf(lhs)) &&
      allEqual(rhs, predicate == Predicate::eq))
    return lhs;
  if (getType().hasStaticShape()) {
    std::optional<bool> truth;
    if (lhs == rhs)
      truth = compareWithItself(predicate, lhs);
    if (!truth)
      truth = compareWithBound(predicate, lhs, rhs);
    if (truth)
      return getTruth(getType(), *truth);
  }
  return foldBinary(getType(), adaptor.getLhs(), adaptor.getRhs(),
                    [&](const auto &lhs, const auto &rhs) {
                      return APSInt(APInt(1, compare(predicate, lhs, rhs)),
                                    /*isUnsigned=*/true);
                    });
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (getOnTrue() == getOnFalse())
    return getOnTrue();
  if (adaptor.getOnTrue() && adaptor.getOnTrue() == adaptor.getOnFalse())
    return getOnTrue();
  if (allEqual(getPred(), 1))
    return getOnTrue();
  if (allEqual(getPred(), 0))
    return getOnFalse();
  // A choice of true or false is the predicate.
  if (isBooleanElement(getType().getElementType()) &&
      allEqual(getOnTrue(), 1) && allEqual(getOnFalse(), 0))
    return getPred();
  return {};
}

/// Whether an extremum that is known to be its operand with the number
/// `operand` has that operand's derivative: where both are equal, the operand
/// gets all of it.
static bool getsAllAtTie(Value operand, unsigned number, Tie tie) {
  return !isFloatTensor(operand) || tie == Tie::one ||
         (tie == Tie::first && number == 0);
}

/// `isNeutral` holds for what no element is beyond.
template <typename OpTy>
static Value foldToOperand(OpTy op, bool (*isNeutral)(const Element &),
                           bool (*isAbsorbing)(const Element &)) {
  Value lhs = op.getLhs(), rhs = op.getRhs();
  Tie tie = op.getTie();
  // Both shares of a tie go to x; they are one.
  bool isOne = tie == Tie::split || tie == Tie::first;
  if (lhs == rhs && (isOne || !isFloatTensor(lhs)))
    return lhs;
  if (allAre(rhs, isNeutral) && getsAllAtTie(lhs, 0, tie))
    return lhs;
  if (allAre(lhs, isNeutral) && getsAllAtTie(rhs, 1, tie))
    return rhs;
  // A float may be NaN.
  if (isFloatTensor(lhs))
    return {};
  if (allAre(rhs, isAbsorbing))
    return rhs;
  return allAre(lhs, isAbsorbing) ? lhs : Value();
}

OpFoldResult MaximumOp::fold(FoldAdaptor adaptor) {
  if (Value operand = foldToOperand(*this, isLeast, isGreatest))
    return operand;
  return foldBinary(
      getType(), adaptor.getLhs(), adaptor.getRhs(),
      [](const auto &lhs, const auto &rhs) { return greaterOf(lhs, rhs); });
}

OpFoldResult MinimumOp::fold(FoldAdaptor adaptor) {
  if (Value operand = foldToOperand(*this, isGreatest, isLeast))
    return operand;
  return foldBinary(
      getType(), adaptor.getLhs(), adaptor.getRhs(),
      [](const auto &lhs, const auto &rhs) { return lesserOf(lhs, rhs); });
}

OpFoldResult ClampOp::fold(FoldAdaptor adaptor) {
  std::optional<Element> min = getSplatElement(adaptor.getMin());
  std::optional<Element> max = getSplatElement(adaptor.getMax());
  std::optional<Element> element = getSplatElement(adaptor.getX());
  if (!min || !max || !element)
    return {};
  Element result = std::visit(
      [&](const auto &x) -> Element {
        using T = std::decay_t<decltype(x)>;
        return lesserOf(greaterOf(x, std::get<T>(*min)), std::get<T>(*max));
      },
      *element);
  return getSplatAttr(getType(), result);
}
