//===- SliceFolds.cpp - Slices that come out simpler ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of slice. The derivative of what joins is a
// slice, so generated code takes out what it has just put in.
//
// A promise about a dynamic extent is not made stronger.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "SliceRange.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace atled;

/// Whether `range`, which takes `count` elements of `extent`, takes all.
static bool isWhole(const SliceRange &range, int64_t count, int64_t extent) {
  if (range.start != 0 || count != extent)
    return false;
  return !ShapedType::isDynamic(extent) ||
         (ShapedType::isDynamic(range.limit) && range.stride == 1);
}

OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  bool takesAll = llvm::all_of(
      llvm::zip(getRanges(*this), getType().getShape(),
                getX().getType().getShape()),
      [](auto dimension) { return std::apply(isWhole, dimension); });
  if (takesAll)
    return getX();
  return getResizedSplat(adaptor.getX(), getType());
}

/// What `outer` takes, `count` elements, of what `inner` takes: none if that
/// has no range without another promise.
static std::optional<SliceRange>
compose(const SliceRange &inner, const SliceRange &outer, int64_t count) {
  if (count == 0)
    return SliceRange{inner.start, inner.start, 1};
  std::optional<int64_t> start =
      getIndex(inner.start, outer.start, inner.stride);
  std::optional<int64_t> stride = llvm::checkedMul(outer.stride, inner.stride);
  if (!start || !stride)
    return std::nullopt;
  if (ShapedType::isDynamic(outer.limit)) {
    // With strides, the start may lie behind the end by less than one.
    if (outer.start != 0 && inner.stride != 1)
      return std::nullopt;
    return SliceRange{*start, ShapedType::kDynamic, *stride};
  }
  std::optional<int64_t> last = getIndex(*start, count - 1, *stride);
  if (!last || *last == std::numeric_limits<int64_t>::max())
    return std::nullopt;
  return SliceRange{*start, *last + 1, *stride};
}

namespace {
struct SliceOfSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<SliceOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "does not cut a cut");
    SliceRanges ranges;
    for (auto [first, second, count] :
         llvm::zip(getRanges(inner), getRanges(op), op.getType().getShape())) {
      std::optional<SliceRange> range = compose(first, second, count);
      if (!range)
        return rewriter.notifyMatchFailure(op, "would be another promise");
      ranges.push_back(*range);
    }
    rewriter.replaceOp(
        op, createSlice(rewriter, op.getLoc(), inner.getX(), ranges));
    return success();
  }
};

/// A part of a repeated scalar is that scalar, repeated.
struct SliceOfScalar : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    if (!broadcast || broadcast.getX().getType().getRank() != 0 ||
        !op.getType().hasStaticShape())
      return rewriter.notifyMatchFailure(op, "no static part of a scalar");
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), broadcast.getX(),
                                             ArrayRef<int64_t>());
    return success();
  }
};

/// What lies in one of the inputs is cut out of that.
struct SliceOfConcatenate : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto concatenate = op.getX().getDefiningOp<ConcatenateOp>();
    if (!concatenate)
      return rewriter.notifyMatchFailure(op, "does not cut what was joined");
    int64_t dimension = concatenate.getDimension();
    int64_t count = op.getType().getDimSize(dimension);
    if (ShapedType::isDynamic(count) || count == 0)
      return rewriter.notifyMatchFailure(op, "takes no known part");
    SliceRanges ranges = getRanges(op);
    SliceRange &range = ranges[dimension];
    int64_t last = range.start + (count - 1) * range.stride;

    for (Value input : concatenate.getInputs()) {
      int64_t extent =
          cast<RankedTensorType>(input.getType()).getDimSize(dimension);
      if (ShapedType::isDynamic(extent))
        break; // What follows may be anywhere.
      if (range.start < extent) {
        if (last >= extent)
          break;
        range.limit = last + 1;
        rewriter.replaceOp(op,
                           createSlice(rewriter, op.getLoc(), input, ranges));
        return success();
      }
      range.start -= extent;
      last -= extent;
    }
    return rewriter.notifyMatchFailure(op, "takes of more than one input");
  }
};
} // namespace

namespace {
/// Where the elements that a slice takes of one dimension of a pad come from:
/// a range of the padded tensor, or all of them from the padding.
struct SliceOrigin {
  bool isPadding;
  SliceRange range;
};
} // namespace

/// Element i of `extent` ones is at low + i (interior + 1) in the padded
/// tensor.
static std::optional<SliceOrigin> getOrigin(const SliceRange &range,
                                            int64_t count, int64_t extent,
                                            int64_t low, int64_t interior) {
  std::optional<int64_t> step = llvm::checkedAdd<int64_t>(interior, 1);
  std::optional<int64_t> start = llvm::checkedSub(range.start, low);
  std::optional<int64_t> last =
      start ? getIndex(*start, count - 1, range.stride) : std::nullopt;
  if (!step || !last)
    return std::nullopt;
  // None of the elements is so far out.
  if (*last < 0 || extent == 0 || *start > (extent - 1) * *step)
    return SliceOrigin{true, {}};
  bool isOnElements =
      *start % *step == 0 && (count == 1 || range.stride % *step == 0);
  if (!isOnElements || *start < 0 || *last / *step >= extent)
    return std::nullopt;
  int64_t stride = count == 1 ? 1 : range.stride / *step;
  return SliceOrigin{false, {*start / *step, *last / *step + 1, stride}};
}

namespace {
/// Takes from the tensor what is not padding, or takes padding alone.
struct SliceOfPad : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto pad = op.getX().getDefiningOp<PadOp>();
    if (!pad || !pad.getX().getType().hasStaticShape() ||
        op.getType().getNumElements() == 0)
      return rewriter.notifyMatchFailure(op, "takes no known part of a pad");
    SliceRanges ranges;
    bool isPadding = false, isMixed = false;
    for (auto [range, count, extent, low, interior] :
         llvm::zip(getRanges(op), op.getType().getShape(),
                   pad.getX().getType().getShape(), pad.getLow(),
                   pad.getInterior())) {
      std::optional<SliceOrigin> origin =
          getOrigin(range, count, extent, low, interior);
      isMixed |= !origin;
      isPadding |= origin && origin->isPadding;
      if (origin)
        ranges.push_back(origin->range);
    }
    // Outside in one dimension is outside.
    if (isPadding)
      rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), pad.getValue(),
                                               ArrayRef<int64_t>());
    else if (!isMixed)
      rewriter.replaceOp(
          op, createSlice(rewriter, op.getLoc(), pad.getX(), ranges));
    else
      return rewriter.notifyMatchFailure(op, "takes elements and padding");
    return success();
  }
};
} // namespace

void SliceOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<SliceOfConcatenate, SliceOfPad, SliceOfScalar, SliceOfSlice>(
      context);
}
