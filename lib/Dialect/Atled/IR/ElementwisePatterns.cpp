//===- ElementwisePatterns.cpp - Simpler elementwise operations -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Canonicalisations that build another operation: conversions, and the
// arithmetic of ElementwisePatterns.td. They hold to the bit, as the folders
// do.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace atled;

#include "ElementwisePatterns.cpp.inc"

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

void AbsOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<AbsOfNeg>(context);
}

void NegOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<NegOfSub>(context);
}

void AddOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<AddOfNeg, AddToNeg, ReassociateAdd>(context);
}

void SubOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<SubOfNeg, SubFromNothing>(context);
}

void MulOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<MulByMinusOne, MulOfNegs, ReassociateMul>(context);
}

void DivOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<DivByMinusOne, DivOfNegs>(context);
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

/// How many binary digits an integer's magnitude has.
static unsigned getNumDigits(Type integer) {
  bool isSigned = !integer.isUnsignedInteger() && !isBooleanElement(integer);
  return integer.getIntOrFloatBitWidth() - isSigned;
}

/// Whether the type `to` has every number that `from` has: the conversion is
/// exact.
static bool isExact(Type from, Type to) {
  auto fromFloat = dyn_cast<FloatType>(from), toFloat = dyn_cast<FloatType>(to);
  if (fromFloat && toFloat)
    return APFloat::isRepresentableBy(fromFloat.getFloatSemantics(),
                                      toFloat.getFloatSemantics());
  if (fromFloat || isBooleanElement(to))
    return from == to;
  // The greatest integer, and a power of two less than 2^digits, fit f16.
  if (toFloat)
    return getNumDigits(from) <=
           APFloat::semanticsPrecision(toFloat.getFloatSemantics());
  bool mayBeNegative = !from.isUnsignedInteger() && !isBooleanElement(from);
  return getNumDigits(from) <= getNumDigits(to) &&
         !(mayBeNegative && to.isUnsignedInteger());
}

namespace {
/// What was converted exactly may be converted from where it came:
/// f16 -> f32 -> bf16 is f16 -> bf16.
struct ConvertFromOrigin : OpRewritePattern<ConvertOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvertOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<ConvertOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "does not convert a conversion");
    Type from = inner.getX().getType().getElementType();
    Type through = inner.getType().getElementType();
    Type to = op.getType().getElementType();
    if (!isExact(from, through))
      return rewriter.notifyMatchFailure(op, "the first conversion may round");
    // An integer keeps its low bits, but saturates where it was made a float.
    if (isa<IntegerType>(from) && isa<FloatType>(through) &&
        isa<IntegerType>(to) && !isBooleanElement(to) && !isExact(from, to))
      return rewriter.notifyMatchFailure(op, "the second one may saturate");
    rewriter.replaceOpWithNewOp<ConvertOp>(op, op.getType(), inner.getX());
    return success();
  }
};
} // namespace

void ConvertOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<ConvertFromOrigin>(context);
}
