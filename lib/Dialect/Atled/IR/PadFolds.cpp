//===- PadFolds.cpp - Pads that come out simpler --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of pad. The derivative of a pad is one that
// takes away, so generated code has one after the other.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "SliceRange.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace atled;

/// Whether anything is put between the elements along `dimension`.
static bool hasGaps(PadOp op, int64_t dimension) {
  int64_t extent = op.getX().getType().getDimSize(dimension);
  return op.getInterior()[dimension] != 0 &&
         (ShapedType::isDynamic(extent) || extent > 1);
}

/// Whether anything is put between the elements along any dimension.
static bool hasGaps(PadOp op) {
  return llvm::any_of(getAllDimensions(op.getX()), [&](int64_t dimension) {
    return hasGaps(op, dimension);
  });
}

static bool isPositive(int64_t number) { return number > 0; }

/// Whether `op` may put its value anywhere.
static bool usesValue(PadOp op) {
  return hasGaps(op) || llvm::any_of(op.getLow(), isPositive) ||
         llvm::any_of(op.getHigh(), isPositive);
}

OpFoldResult PadOp::fold(FoldAdaptor adaptor) {
  auto isNothing = [](int64_t number) { return number == 0; };
  if (!hasGaps(*this) && llvm::all_of(getLow(), isNothing) &&
      llvm::all_of(getHigh(), isNothing))
    return getX();
  // An element beside itself.
  Attribute padded = getResizedSplat(adaptor.getX(), getType());
  if (padded && getResizedSplat(adaptor.getValue(), getType()) == padded)
    return padded;
  return {};
}

/// The margins of two pads that follow each other, as one's. None if the second
/// puts back, as padding, what the first has taken away.
static std::optional<SmallVector<int64_t>>
composeMargins(ArrayRef<int64_t> inner, ArrayRef<int64_t> outer) {
  SmallVector<int64_t> margins;
  for (auto [first, second] : llvm::zip(inner, outer)) {
    std::optional<int64_t> sum = llvm::checkedAdd(first, second);
    if (!sum || (first < 0 && second > 0))
      return std::nullopt;
    margins.push_back(*sum);
  }
  return margins;
}

namespace {
/// Adds the margins, where both pads put the same, or one of them nothing.
struct PadOfPad : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<PadOp>();
    if (!inner || hasGaps(op))
      return rewriter.notifyMatchFailure(op, "no margin of a pad");
    if (usesValue(inner) && usesValue(op) && inner.getValue() != op.getValue())
      return rewriter.notifyMatchFailure(op, "pads with another value");
    std::optional<SmallVector<int64_t>> low =
        composeMargins(inner.getLow(), op.getLow());
    std::optional<SmallVector<int64_t>> high =
        composeMargins(inner.getHigh(), op.getHigh());
    if (!low || !high)
      return rewriter.notifyMatchFailure(op, "replaces what was cut away");
    Value value = usesValue(op) ? op.getValue() : inner.getValue();
    rewriter.replaceOpWithNewOp<PadOp>(op, inner.getX(), value, *low, *high,
                                       inner.getInterior());
    return success();
  }
};

/// What only takes away is a slice.
struct PadToSlice : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    if (usesValue(op))
      return rewriter.notifyMatchFailure(op, "may pad");
    SliceRanges ranges;
    for (auto [extent, low, high] :
         llvm::zip(op.getX().getType().getShape(), op.getLow(), op.getHigh())) {
      bool isDynamic = ShapedType::isDynamic(extent);
      if (isDynamic &&
          (high != 0 || low == std::numeric_limits<int64_t>::min()))
        return rewriter.notifyMatchFailure(op, "end is not known");
      ranges.push_back({-low, isDynamic ? extent : extent + high, 1});
    }
    rewriter.replaceOp(op,
                       createSlice(rewriter, op.getLoc(), op.getX(), ranges));
    return success();
  }
};

/// All is padding where there was nothing, or where there was the same.
struct PadToBroadcast : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    bool isSame = broadcast && broadcast.getX() == op.getValue();
    bool isNothing = llvm::is_contained(op.getX().getType().getShape(), 0);
    if ((!isSame && !isNothing) || !op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "may be more than padding");
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), op.getValue(),
                                             ArrayRef<int64_t>());
    return success();
  }
};
} // namespace

void PadOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<PadOfPad, PadToBroadcast, PadToSlice>(context);
}
