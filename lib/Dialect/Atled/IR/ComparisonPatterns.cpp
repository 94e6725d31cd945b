//===- ComparisonPatterns.cpp - Simpler comparisons and choices -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Canonicalisations that build another operation. They hold to the bit, as the
// folders do.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace atled;

/// The predicate that `lhs` and `rhs` fulfil where `rhs` and `lhs` fulfil
/// `predicate`.
static Predicate getSwapped(Predicate predicate) {
  switch (predicate) {
  case Predicate::eq:
  case Predicate::ne:
    return predicate;
  case Predicate::lt:
    return Predicate::gt;
  case Predicate::le:
    return Predicate::ge;
  case Predicate::gt:
    return Predicate::lt;
  case Predicate::ge:
    return Predicate::le;
  }
  llvm_unreachable("unknown predicate");
}

/// The predicate that is true where `predicate` is false, if there is one: with
/// NaN, neither x < y nor x >= y.
static std::optional<Predicate> getNegated(Predicate predicate, bool isFloat) {
  if (predicate == Predicate::eq)
    return Predicate::ne;
  if (predicate == Predicate::ne)
    return Predicate::eq;
  if (isFloat)
    return std::nullopt;
  switch (predicate) {
  case Predicate::lt:
    return Predicate::ge;
  case Predicate::le:
    return Predicate::gt;
  case Predicate::gt:
    return Predicate::le;
  default:
    return Predicate::lt;
  }
}

/// p, if `value` is the negation of it: p = false, or p != true.
static Value getNegatedOperand(Value value) {
  auto compare = value.getDefiningOp<CompareOp>();
  if (!compare ||
      !isBooleanElement(compare.getLhs().getType().getElementType()))
    return {};
  bool excluded = compare.getPredicate() == Predicate::ne;
  return allEqual(compare.getRhs(), excluded) ? compare.getLhs() : Value();
}

namespace {
/// Constants stand on the right, as in commutative operations.
struct SwapConstantToRight : OpRewritePattern<CompareOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CompareOp op,
                                PatternRewriter &rewriter) const override {
    if (!matchPattern(op.getLhs(), m_Constant()) ||
        matchPattern(op.getRhs(), m_Constant()))
      return rewriter.notifyMatchFailure(op, "no constant on the left alone");
    rewriter.replaceOpWithNewOp<CompareOp>(op, getSwapped(op.getPredicate()),
                                           op.getRhs(), op.getLhs());
    return success();
  }
};

/// not (x < y) = (x >= y)
struct NegateComparison : OpRewritePattern<CompareOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CompareOp op,
                                PatternRewriter &rewriter) const override {
    Value operand = getNegatedOperand(op.getResult());
    auto compare = operand ? operand.getDefiningOp<CompareOp>() : CompareOp();
    if (!compare)
      return rewriter.notifyMatchFailure(op, "not the negation of one");
    std::optional<Predicate> negated =
        getNegated(compare.getPredicate(),
                   isFloatElement(compare.getLhs().getType().getElementType()));
    if (!negated)
      return rewriter.notifyMatchFailure(op, "NaN has no order");
    rewriter.replaceOpWithNewOp<CompareOp>(op, *negated, compare.getLhs(),
                                           compare.getRhs());
    return success();
  }
};

/// select(not p, x, y) = select(p, y, x)
struct SelectByNegation : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    Value pred = getNegatedOperand(op.getPred());
    if (!pred)
      return rewriter.notifyMatchFailure(op, "predicate is no negation");
    rewriter.replaceOpWithNewOp<SelectOp>(op, pred, op.getOnFalse(),
                                          op.getOnTrue());
    return success();
  }
};

/// select(p, false, true) is the negation of p, p = false.
struct SelectOfFalseAndTrue : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    if (!isBooleanElement(op.getType().getElementType()) ||
        !allEqual(op.getOnTrue(), 0) || !allEqual(op.getOnFalse(), 1))
      return rewriter.notifyMatchFailure(op, "branches are not false and true");
    rewriter.replaceOpWithNewOp<CompareOp>(op, Predicate::eq, op.getPred(),
                                           op.getOnTrue());
    return success();
  }
};

/// A branch that is chosen by the same predicate has chosen already:
/// select(p, select(p, x, y), z) = select(p, x, z).
struct SelectInBranch : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    auto getChoice = [&](Value branch) {
      auto select = branch.getDefiningOp<SelectOp>();
      return select && select.getPred() == op.getPred() ? select : SelectOp();
    };
    SelectOp onTrue = getChoice(op.getOnTrue());
    SelectOp onFalse = getChoice(op.getOnFalse());
    if (!onTrue && !onFalse)
      return rewriter.notifyMatchFailure(op, "no branch has this predicate");
    rewriter.replaceOpWithNewOp<SelectOp>(
        op, op.getPred(), onTrue ? onTrue.getOnTrue() : op.getOnTrue(),
        onFalse ? onFalse.getOnFalse() : op.getOnFalse());
    return success();
  }
};
} // namespace

void CompareOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<NegateComparison, SwapConstantToRight>(context);
}

void SelectOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                           MLIRContext *context) {
  patterns.add<SelectByNegation, SelectInBranch, SelectOfFalseAndTrue>(context);
}
