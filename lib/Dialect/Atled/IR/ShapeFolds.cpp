//===- ShapeFolds.cpp - Shapes that come out simpler ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of iota, reshape, broadcast and transpose: what
// leaves its operand as it is, what follows another of its kind, and what only
// moves extents of 1, which is a reshape and so costs nothing.
//
// Two dynamic extents are taken to be equal only where an operation says that
// they are. A promise, that a dynamic extent is a certain number, is kept
// unless the result repeats it.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// IotaOp
//===----------------------------------------------------------------------===//

OpFoldResult IotaOp::fold(FoldAdaptor adaptor) {
  RankedTensorType type = getType();
  if (!type.hasStaticShape() || type.getDimSize(getDimension()) > 1)
    return {};
  return getSplatAttr(type, 0);
}

//===----------------------------------------------------------------------===//
// ReshapeOp
//===----------------------------------------------------------------------===//

/// Whether `sizes` are the extents of the dynamic dimensions of `x`.
static bool areSizesOf(ValueRange sizes, Value x) {
  auto type = cast<RankedTensorType>(x.getType());
  if (sizes.size() != static_cast<size_t>(type.getNumDynamicDims()))
    return false;
  unsigned next = 0;
  for (int64_t dimension : getAllDimensions(x)) {
    if (!type.isDynamicDim(dimension))
      continue;
    auto extent = sizes[next++].getDefiningOp<tensor::DimOp>();
    if (!extent || extent.getSource() != x ||
        extent.getConstantIndex() != dimension)
      return false;
  }
  return true;
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  // Other sizes are a promise, which is kept to be compared.
  bool hasOwnSizes = getSizes().empty() ? !needsSizes(getType())
                                        : areSizesOf(getSizes(), getX());
  if (getX().getType() == getType() && hasOwnSizes)
    return getX();
  // The same data: no more than there was, also if it is no splat.
  auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getX());
  if (constant && getType().hasStaticShape())
    return constant.reshape(getType());
  return {};
}

namespace {
/// Only the last shape counts.
struct ReshapeOfReshape : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<ReshapeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "does not reshape a reshape");
    RankedTensorType from = inner.getX().getType(), to = op.getType();
    bool bothStatic = from.hasStaticShape() && to.hasStaticShape();
    if (bothStatic && from.getNumElements() != to.getNumElements())
      return rewriter.notifyMatchFailure(op, "a promise is broken in between");
    if (inner.getType().hasStaticShape() && !from.hasStaticShape() &&
        !to.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "extents are known in between");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, to, inner.getX(), op.getSizes());
    return success();
  }
};

/// A repeated scalar is repeated in the other shape.
struct ReshapeOfScalar : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    if (!broadcast || broadcast.getX().getType().getRank() != 0)
      return rewriter.notifyMatchFailure(op, "operand is no repeated scalar");
    if (op.getSizes().size() !=
        static_cast<size_t>(op.getType().getNumDynamicDims()))
      return rewriter.notifyMatchFailure(op, "an extent is not given");
    rewriter.replaceOpWithNewOp<BroadcastOp>(
        op, op.getType(), broadcast.getX(), ArrayRef<int64_t>(), op.getSizes());
    return success();
  }
};
} // namespace

void ReshapeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<ReshapeOfReshape, ReshapeOfScalar>(context);
}

//===----------------------------------------------------------------------===//
// BroadcastOp
//===----------------------------------------------------------------------===//

OpFoldResult BroadcastOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  return getResizedSplat(adaptor.getX(), getType());
}

/// The places in a tensor of shape `to` of the dimensions of one of shape
/// `from`, if the former is the latter with extents of 1 put in. The two have
/// equally many elements.
static std::optional<SmallVector<int64_t>> getPlaces(ArrayRef<int64_t> from,
                                                     ArrayRef<int64_t> to) {
  SmallVector<int64_t> places;
  for (auto [place, extent] : llvm::enumerate(to)) {
    if (places.size() < from.size() && from[places.size()] == extent)
      places.push_back(place);
    else if (extent != 1)
      return std::nullopt;
  }
  if (places.size() != from.size())
    return std::nullopt;
  return places;
}

/// dimensions[inner[i]] for all i.
static SmallVector<int64_t> compose(ArrayRef<int64_t> dimensions,
                                    ArrayRef<int64_t> inner) {
  return llvm::map_to_vector(inner,
                             [&](int64_t index) { return dimensions[index]; });
}

namespace {
/// Repeats the repetition at once. Where it has a dynamic extent, that is given
/// to the one or the other.
struct BroadcastOfBroadcast : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<BroadcastOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "does not repeat a repetition");
    SmallVector<Value> extents(op.getType().getRank());
    for (auto [dimension, size] : getGivenExtents(inner))
      extents[op.getDimensions()[dimension]] = size;
    for (auto [dimension, size] : getGivenExtents(op))
      extents[dimension] = size;
    llvm::erase(extents, Value());
    rewriter.replaceOpWithNewOp<BroadcastOp>(
        op, op.getType(), inner.getX(),
        compose(op.getDimensions(), inner.getDimensions()), extents);
    return success();
  }

private:
  /// The dimensions whose extents `sizes` has, with those.
  static SmallVector<std::pair<int64_t, Value>>
  getGivenExtents(BroadcastOp op) {
    SmallVector<std::pair<int64_t, Value>> extents;
    for (int64_t dimension : op.getRepeatedDimensions())
      if (op.getType().isDynamicDim(dimension))
        extents.emplace_back(dimension, op.getSizes()[extents.size()]);
    return extents;
  }
};

/// Dimensions of extent 1 need not be put in before.
struct BroadcastOfReshape : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto reshape = op.getX().getDefiningOp<ReshapeOp>();
    if (!reshape)
      return rewriter.notifyMatchFailure(op, "does not repeat a reshape");
    std::optional<SmallVector<int64_t>> places = getPlaces(
        reshape.getX().getType().getShape(), reshape.getType().getShape());
    if (!places || ReshapeOp::needsSizes(reshape.getType()))
      return rewriter.notifyMatchFailure(op, "reshape is none by extents of 1");
    rewriter.replaceOpWithNewOp<BroadcastOp>(
        op, op.getType(), reshape.getX(), compose(op.getDimensions(), *places),
        op.getSizes());
    return success();
  }
};

/// What is repeated once is a reshape.
struct BroadcastToReshape : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    bool isOnce =
        llvm::all_of(op.getRepeatedDimensions(), [&](int64_t dimension) {
          return op.getType().getDimSize(dimension) == 1;
        });
    if (!isOnce || ReshapeOp::needsSizes(op.getType()))
      return rewriter.notifyMatchFailure(op, "may repeat elements");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};
} // namespace

void BroadcastOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<BroadcastOfBroadcast, BroadcastOfReshape, BroadcastToReshape>(
      context);
}

//===----------------------------------------------------------------------===//
// TransposeOp
//===----------------------------------------------------------------------===//

OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  if (llvm::is_sorted(getPermutation()))
    return getX();
  return getResizedSplat(adaptor.getX(), getType());
}

namespace {
struct TransposeOfTranspose : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<TransposeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "does not permute a permutation");
    rewriter.replaceOpWithNewOp<TransposeOp>(
        op, inner.getX(), compose(inner.getPermutation(), op.getPermutation()));
    return success();
  }
};

/// Repeats the elements along the permuted dimensions at once, if those of the
/// operand keep their order.
struct TransposeOfBroadcast : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    if (!broadcast)
      return rewriter.notifyMatchFailure(op, "does not permute a repetition");
    SmallVector<int64_t> places(op.getType().getRank());
    for (auto [to, from] : llvm::enumerate(op.getPermutation()))
      places[from] = to;
    SmallVector<int64_t> dimensions =
        compose(places, broadcast.getDimensions());
    if (!llvm::is_sorted(dimensions))
      return rewriter.notifyMatchFailure(op, "dimensions change their order");

    SmallVector<Value> extents(op.getType().getRank());
    ValueRange sizes = broadcast.getSizes();
    for (int64_t dimension : broadcast.getRepeatedDimensions())
      if (broadcast.getType().isDynamicDim(dimension)) {
        extents[places[dimension]] = sizes.front();
        sizes = sizes.drop_front();
      }
    llvm::erase(extents, Value());
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), broadcast.getX(),
                                             dimensions, extents);
    return success();
  }
};

/// Moving extents of 1 leaves the elements in their order.
struct TransposeToReshape : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType from = op.getX().getType();
    SmallVector<int64_t> moved(op.getPermutation());
    llvm::erase_if(moved, [&](int64_t dimension) {
      return from.getDimSize(dimension) == 1;
    });
    if (!llvm::is_sorted(moved) || ReshapeOp::needsSizes(from))
      return rewriter.notifyMatchFailure(op, "elements change their order");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};
} // namespace

void TransposeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<TransposeOfBroadcast, TransposeOfTranspose, TransposeToReshape>(
      context);
}

//===----------------------------------------------------------------------===//
// ReverseOp
//===----------------------------------------------------------------------===//

/// Reversing a single element, or equal ones, leaves them as they are.
OpFoldResult ReverseOp::fold(FoldAdaptor adaptor) {
  bool isOrdered = llvm::all_of(getDimensions(), [&](int64_t dimension) {
    return getX().getType().getDimSize(dimension) == 1;
  });
  return isOrdered || getSplatElement(getX()) ? getX() : OpFoldResult();
}

namespace {
/// What is reversed twice along a dimension is in order there.
struct ReverseOfReverse : OpRewritePattern<ReverseOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReverseOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<ReverseOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op,
                                         "does not reverse what is reversed");
    SmallVector<int64_t> dimensions;
    std::set_symmetric_difference(
        inner.getDimensions().begin(), inner.getDimensions().end(),
        op.getDimensions().begin(), op.getDimensions().end(),
        std::back_inserter(dimensions));
    rewriter.replaceOpWithNewOp<ReverseOp>(op, inner.getX(), dimensions);
    return success();
  }
};
} // namespace

void ReverseOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<ReverseOfReverse>(context);
}
