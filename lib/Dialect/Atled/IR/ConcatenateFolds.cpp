//===- ConcatenateFolds.cpp - Joints that come out simpler ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of concatenate.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "SliceRange.h"
#include "mlir/IR/PatternMatch.h"

using namespace atled;

OpFoldResult ConcatenateOp::fold(FoldAdaptor adaptor) {
  if (getInputs().size() == 1)
    return getInputs().front();
  // Equal splats make one.
  Attribute joined = getResizedSplat(adaptor.getInputs().front(), getType());
  bool areEqual = llvm::all_of(adaptor.getInputs(), [&](Attribute input) {
    return getResizedSplat(input, getType()) == joined;
  });
  return areEqual ? joined : Attribute();
}

/// The range of `second` after that of `first`, if both take of the same tensor
/// what differs in dimension `dimension` alone, without a gap.
static std::optional<SliceRanges> joinRanges(SliceOp first, SliceOp second,
                                             int64_t dimension) {
  if (!first || !second || first.getX() != second.getX())
    return std::nullopt;
  SliceRanges ranges = getRanges(first);
  for (auto [i, range, next] : llvm::enumerate(ranges, getRanges(second))) {
    bool isSame = range.start == next.start && range.limit == next.limit;
    bool isJoint = range.limit == next.start && range.stride == 1;
    if (range.stride != next.stride ||
        !(static_cast<int64_t>(i) == dimension ? isJoint : isSame))
      return std::nullopt;
  }
  ranges[dimension].limit = getRanges(second)[dimension].limit;
  return ranges;
}

namespace {
struct DropEmptyInputs : OpRewritePattern<ConcatenateOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatenateOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> inputs(op.getInputs());
    llvm::erase_if(inputs, [&](Value input) {
      return cast<RankedTensorType>(input.getType())
                 .getDimSize(op.getDimension()) == 0;
    });
    if (inputs.empty()) // One has to remain.
      inputs.push_back(op.getInputs().front());
    if (inputs.size() == op.getInputs().size())
      return rewriter.notifyMatchFailure(op, "no input is empty");
    rewriter.replaceOpWithNewOp<ConcatenateOp>(op, inputs, op.getDimension());
    return success();
  }
};

struct FlattenConcatenate : OpRewritePattern<ConcatenateOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatenateOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> inputs;
    for (Value input : op.getInputs()) {
      auto inner = input.getDefiningOp<ConcatenateOp>();
      if (inner && inner.getDimension() == op.getDimension())
        llvm::append_range(inputs, inner.getInputs());
      else
        inputs.push_back(input);
    }
    if (llvm::equal(inputs, op.getInputs()))
      return rewriter.notifyMatchFailure(op, "does not join what was joined");
    rewriter.replaceOpWithNewOp<ConcatenateOp>(op, inputs, op.getDimension());
    return success();
  }
};

/// Neighbouring slices of one tensor are one slice.
struct ConcatenateNeighbours : OpRewritePattern<ConcatenateOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatenateOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> inputs;
    for (Value input : op.getInputs()) {
      std::optional<SliceRanges> ranges;
      if (!inputs.empty())
        ranges = joinRanges(inputs.back().getDefiningOp<SliceOp>(),
                            input.getDefiningOp<SliceOp>(), op.getDimension());
      if (ranges)
        inputs.back() =
            createSlice(rewriter, op.getLoc(),
                        input.getDefiningOp<SliceOp>().getX(), *ranges);
      else
        inputs.push_back(input);
    }
    if (inputs.size() == op.getInputs().size())
      return rewriter.notifyMatchFailure(op, "no two inputs are neighbours");
    rewriter.replaceOpWithNewOp<ConcatenateOp>(op, inputs, op.getDimension());
    return success();
  }
};
} // namespace

void ConcatenateOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                MLIRContext *context) {
  patterns.add<ConcatenateNeighbours, DropEmptyInputs, FlattenConcatenate>(
      context);
}
