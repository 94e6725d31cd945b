//===- DynamicSliceFolds.cpp - Dynamic slices that come out simpler -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of dynamic_slice and dynamic_update_slice: at a
// known place, or at the same place one after the other.
//
// The promise of `out_of_range = assume` is relied on where a part has one
// place only. Elsewhere a start that is known to break it stays, for a checked
// build to report.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "SliceRange.h"
#include "mlir/IR/PatternMatch.h"

using namespace atled;

/// The start of a part of extent `size` in a dimension of extent `extent`, if
/// it is known when compiling.
static std::optional<int64_t> getKnownStart(Value start, int64_t size,
                                            int64_t extent,
                                            OutOfRange outOfRange) {
  std::optional<Element> element = getSplatElement(start);
  if (!element)
    return std::nullopt;
  const APSInt &wanted = std::get<APSInt>(*element);
  // The part is not greater than the whole: that is so, or is promised.
  bool isClamped = outOfRange == OutOfRange::clamp;
  if (wanted.isZero() || (isClamped && wanted.isNegative()))
    return 0;
  if (ShapedType::isDynamic(extent) || ShapedType::isDynamic(size))
    return std::nullopt;
  int64_t last = extent - size;
  if (wanted >= 0 && wanted <= last)
    return wanted.getExtValue();
  return isClamped ? std::optional(last) : std::nullopt;
}

static std::optional<SmallVector<int64_t>> getKnownStarts(DynamicSliceOp op) {
  SmallVector<int64_t> known;
  for (auto [start, size, extent] :
       llvm::zip(op.getStarts(), op.getSliceSizes(),
                 op.getX().getType().getShape())) {
    // A part as large as the whole, which `?` is, has one place.
    std::optional<int64_t> number =
        size == extent ? 0
                       : getKnownStart(start, size, extent, op.getOutOfRange());
    if (!number)
      return std::nullopt;
    known.push_back(*number);
  }
  return known;
}

/// Whether both operations mean the same part of tensors of the same type.
template <typename A, typename B>
static bool haveSamePlace(A a, B b) {
  return a.getStarts() == b.getStarts() &&
         a.getOutOfRange() == b.getOutOfRange() &&
         a.getX().getType() == b.getX().getType();
}

OpFoldResult DynamicSliceOp::fold(FoldAdaptor adaptor) {
  // What was put there.
  auto update = getX().getDefiningOp<DynamicUpdateSliceOp>();
  if (update && haveSamePlace(*this, update) &&
      update.getUpdate().getType() == getType() && getType().hasStaticShape())
    return update.getUpdate();
  // It is the same everywhere.
  return getResizedSplat(adaptor.getX(), getType());
}

namespace {
struct DynamicSliceToSlice : OpRewritePattern<DynamicSliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(DynamicSliceOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<SmallVector<int64_t>> starts = getKnownStarts(op);
    if (!starts)
      return rewriter.notifyMatchFailure(op, "a start is not known");
    SliceRanges ranges;
    for (auto [start, size] : llvm::zip(*starts, op.getSliceSizes()))
      ranges.push_back(
          {start, ShapedType::isDynamic(size) ? size : start + size, 1});
    rewriter.replaceOp(op,
                       createSlice(rewriter, op.getLoc(), op.getX(), ranges));
    return success();
  }
};
} // namespace

void DynamicSliceOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                 MLIRContext *context) {
  patterns.add<DynamicSliceToSlice>(context);
}

OpFoldResult DynamicUpdateSliceOp::fold(FoldAdaptor adaptor) {
  RankedTensorType type = getUpdate().getType();
  // Nothing is replaced, or everything.
  if (llvm::is_contained(type.getShape(), 0))
    return getX();
  if (type == getType() && type.hasStaticShape())
    return getUpdate();
  // An element by itself.
  if (adaptor.getUpdate() &&
      adaptor.getUpdate() == getResizedSplat(adaptor.getX(), type))
    return getX();
  // What is there already.
  auto slice = getUpdate().getDefiningOp<DynamicSliceOp>();
  if (slice && slice.getX() == getX() && haveSamePlace(*this, slice))
    return getX();
  return {};
}

namespace {
/// What is replaced again need not be put there before.
struct UpdateOfUpdate : OpRewritePattern<DynamicUpdateSliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(DynamicUpdateSliceOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<DynamicUpdateSliceOp>();
    if (!inner || !haveSamePlace(op, inner) ||
        op.getUpdate().getType() != inner.getUpdate().getType() ||
        !op.getUpdate().getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "not twice the same part");
    rewriter.replaceOpWithNewOp<DynamicUpdateSliceOp>(
        op, inner.getX(), op.getUpdate(), op.getStarts(), op.getOutOfRange());
    return success();
  }
};
} // namespace

void DynamicUpdateSliceOp::getCanonicalizationPatterns(
    RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<UpdateOfUpdate>(context);
}
