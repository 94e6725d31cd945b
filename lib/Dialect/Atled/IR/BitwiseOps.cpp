//===- BitwiseOps.cpp - Operations on bits --------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Verifiers, and folds to one of the operands or to a constant.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "Element.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

LogicalResult BitcastOp::verify() {
  Type from = getX().getType().getElementType();
  Type to = getType().getElementType();
  if (from.getIntOrFloatBitWidth() == to.getIntOrFloatBitWidth())
    return success();
  return reportError(getLoc(), getOperationName(),
                     formatv("keeps the bits: x has elements of type {0}, of "
                             "{1} bits, the result of type {2}, of {3}",
                             from, from.getIntOrFloatBitWidth(), to,
                             to.getIntOrFloatBitWidth()),
                     {{"x", getX()}});
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

static std::optional<APSInt> getSplatBits(Attribute constant) {
  std::optional<Element> element = getSplatElement(constant);
  if (!element)
    return std::nullopt;
  return std::get<APSInt>(*element);
}

/// `function` of the elements that the operands have everywhere.
template <typename Function>
static OpFoldResult foldConstants(RankedTensorType type,
                                  ArrayRef<Attribute> operands,
                                  Function function) {
  std::optional<APSInt> lhs = getSplatBits(operands.front());
  std::optional<APSInt> rhs = getSplatBits(operands.back());
  if (!lhs || !rhs)
    return {};
  return getSplatAttr(
      type, APSInt(function(APInt(*lhs), APInt(*rhs)), lhs->isUnsigned()));
}

static bool isAllOnes(const Element &element) {
  return std::get<APSInt>(element).isAllOnes();
}

//===----------------------------------------------------------------------===//
// Logic
//===----------------------------------------------------------------------===//

/// Conjunction and disjunction of x with itself, with what changes nothing, and
/// with what leaves nothing of x.
template <typename OpTy>
static Value foldLattice(OpTy op, bool (*isNeutral)(const Element &),
                         bool (*isAbsorbing)(const Element &)) {
  Value lhs = op.getLhs(), rhs = op.getRhs();
  if (lhs == rhs || allAre(rhs, isNeutral) || allAre(lhs, isAbsorbing))
    return lhs;
  if (allAre(lhs, isNeutral) || allAre(rhs, isAbsorbing))
    return rhs;
  return {};
}

OpFoldResult AndOp::fold(FoldAdaptor adaptor) {
  if (Value operand = foldLattice(*this, isAllOnes, isZero))
    return operand;
  return foldConstants(
      getType(), adaptor.getOperands(),
      [](const APInt &lhs, const APInt &rhs) { return lhs & rhs; });
}

OpFoldResult OrOp::fold(FoldAdaptor adaptor) {
  if (Value operand = foldLattice(*this, isZero, isAllOnes))
    return operand;
  return foldConstants(
      getType(), adaptor.getOperands(),
      [](const APInt &lhs, const APInt &rhs) { return lhs | rhs; });
}

OpFoldResult XorOp::fold(FoldAdaptor adaptor) {
  if (allAre(getRhs(), isZero))
    return getLhs();
  if (allAre(getLhs(), isZero))
    return getRhs();
  return foldConstants(
      getType(), adaptor.getOperands(),
      [](const APInt &lhs, const APInt &rhs) { return lhs ^ rhs; });
}

OpFoldResult NotOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getX().getDefiningOp<NotOp>())
    return inner.getX();
  return foldConstants(getType(), adaptor.getOperands(),
                       [](const APInt &x, const APInt &) { return ~x; });
}

//===----------------------------------------------------------------------===//
// Shifts and counts
//===----------------------------------------------------------------------===//

/// A shift by nothing, and constants. APInt's shifts take any amount.
template <typename OpTy, typename Function>
static OpFoldResult foldShift(OpTy op, typename OpTy::FoldAdaptor adaptor,
                              Function function) {
  if (allAre(op.getRhs(), isZero))
    return op.getLhs();
  return foldConstants(op.getType(), adaptor.getOperands(), function);
}

OpFoldResult ShiftLeftOp::fold(FoldAdaptor adaptor) {
  return foldShift(*this, adaptor, [](const APInt &lhs, const APInt &rhs) {
    return lhs.shl(rhs);
  });
}

OpFoldResult ShiftRightArithmeticOp::fold(FoldAdaptor adaptor) {
  return foldShift(*this, adaptor, [](const APInt &lhs, const APInt &rhs) {
    return lhs.ashr(rhs);
  });
}

OpFoldResult ShiftRightLogicalOp::fold(FoldAdaptor adaptor) {
  return foldShift(*this, adaptor, [](const APInt &lhs, const APInt &rhs) {
    return lhs.lshr(rhs);
  });
}

OpFoldResult PopcountOp::fold(FoldAdaptor adaptor) {
  return foldConstants(getType(), adaptor.getOperands(),
                       [](const APInt &x, const APInt &) {
                         return APInt(x.getBitWidth(), x.popcount());
                       });
}

//===----------------------------------------------------------------------===//
// Representations
//===----------------------------------------------------------------------===//

OpFoldResult BitcastOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  // There and back again.
  if (auto inner = getX().getDefiningOp<BitcastOp>())
    if (inner.getX().getType() == getType())
      return inner.getX();
  std::optional<Element> element = getSplatElement(adaptor.getX());
  if (!element)
    return {};
  return getSplatAttr(getType(),
                      bitcastElement(*element, getType().getElementType()));
}
