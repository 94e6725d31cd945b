//===- ContractionFolds.cpp - Contractions that come out simpler ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of contractions. There are few: a product with
// 0 may be NaN, a sum that starts at +0 makes +0 of -0, and a transpose before
// a contraction is fused into its loops later anyway.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/IR/PatternMatch.h"

using namespace atled;

/// Zeros, if there is nothing to sum, over the dimensions `contracting` of lhs,
/// or nothing but integers that are 0.
template <typename OpTy>
static OpFoldResult foldToZero(OpTy op, ArrayRef<int64_t> contracting) {
  RankedTensorType type = op.getType();
  if (!type.hasStaticShape())
    return {};
  bool isEmpty = llvm::any_of(contracting, [&](int64_t dimension) {
    return op.getLhs().getType().getDimSize(dimension) == 0;
  });
  bool isZeroProduct = isIntegerElement(type.getElementType()) &&
                       (allEqual(op.getLhs(), 0) || allEqual(op.getRhs(), 0));
  if (!isEmpty && !isZeroProduct)
    return {};
  return getSplatAttr(type, 0);
}

OpFoldResult ContractOp::fold(FoldAdaptor adaptor) {
  return foldToZero(*this, getLhsContracting());
}

OpFoldResult MatmulOp::fold(FoldAdaptor adaptor) {
  return foldToZero(*this, 1);
}

OpFoldResult DotOp::fold(FoldAdaptor adaptor) { return foldToZero(*this, 0); }

namespace {
/// What matmul or dot says is said by it.
struct ContractToShortForm : OpRewritePattern<ContractOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ContractOp op,
                                PatternRewriter &rewriter) const override {
    auto hasForm = [&](int64_t rank, int64_t lhsContracting) {
      return op.getLhs().getType().getRank() == rank &&
             op.getRhs().getType().getRank() == rank &&
             op.getLhsBatch().empty() &&
             op.getLhsContracting() == ArrayRef<int64_t>(lhsContracting) &&
             op.getRhsContracting() == ArrayRef<int64_t>(0);
    };
    if (hasForm(2, 1))
      rewriter.replaceOpWithNewOp<MatmulOp>(op, op.getLhs(), op.getRhs());
    else if (hasForm(1, 0))
      rewriter.replaceOpWithNewOp<DotOp>(op, op.getLhs(), op.getRhs());
    else
      return rewriter.notifyMatchFailure(op, "has no short form");
    return success();
  }
};
} // namespace

void ContractOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                             MLIRContext *context) {
  patterns.add<ContractToShortForm>(context);
}
