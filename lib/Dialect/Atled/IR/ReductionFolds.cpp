//===- ReductionFolds.cpp - Reductions that come out simpler --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folders and canonicalisations of reductions. A sum of floats is folded only
// where it is the same in every order; and since it starts at +0, the sum of a
// single -0 is not that element. Extrema of floats are not merged, though their
// values are exact: it would change what share of the derivative ties get.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Folders
//===----------------------------------------------------------------------===//

/// The reduction of no elements, or of equal ones: `none`, or what `combine`
/// makes of the element and the number of times that it occurs.
template <typename OpTy>
static OpFoldResult
foldReduction(OpTy op, Attribute x, DenseElementsAttr (*none)(RankedTensorType),
              std::optional<Element> (*combine)(const Element &, int64_t)) {
  if (op.getDimensions().empty())
    return op.getX();
  RankedTensorType type = op.getType();
  if (!type.hasStaticShape())
    return {};
  auto getExtent = [&](int64_t dimension) {
    return op.getX().getType().getDimSize(dimension);
  };
  if (llvm::is_contained(llvm::map_range(op.getDimensions(), getExtent), 0))
    return none(type);
  std::optional<Element> element = getSplatElement(x);
  if (!element)
    return {};
  int64_t count = 1;
  for (int64_t dimension : op.getDimensions())
    count *= getExtent(dimension);
  std::optional<Element> result = combine(widen(*element), count);
  if (!result)
    return {};
  return getSplatAttr(type, narrow(*result, type.getElementType()));
}

static std::optional<Element> takeElement(const Element &element, int64_t) {
  return element;
}

OpFoldResult ReduceSumOp::fold(FoldAdaptor adaptor) {
  auto none = [](RankedTensorType type) { return getSplatAttr(type, 0); };
  return foldReduction(*this, adaptor.getX(), none, getSumOf);
}

OpFoldResult ReduceProdOp::fold(FoldAdaptor adaptor) {
  auto none = [](RankedTensorType type) { return getSplatAttr(type, 1); };
  return foldReduction(*this, adaptor.getX(), none, getProductOf);
}

OpFoldResult ReduceMaxOp::fold(FoldAdaptor adaptor) {
  auto none = [](RankedTensorType type) {
    return getSplatAttr(type, getLeast(type.getElementType()));
  };
  return foldReduction(*this, adaptor.getX(), none, takeElement);
}

OpFoldResult ReduceMinOp::fold(FoldAdaptor adaptor) {
  auto none = [](RankedTensorType type) {
    return getSplatAttr(type, getGreatest(type.getElementType()));
  };
  return foldReduction(*this, adaptor.getX(), none, takeElement);
}

OpFoldResult ReduceAnyOp::fold(FoldAdaptor adaptor) {
  auto none = [](RankedTensorType type) { return getSplatAttr(type, 0); };
  return foldReduction(*this, adaptor.getX(), none, takeElement);
}

OpFoldResult ReduceAllOp::fold(FoldAdaptor adaptor) {
  auto none = [](RankedTensorType type) { return getSplatAttr(type, 1); };
  return foldReduction(*this, adaptor.getX(), none, takeElement);
}

/// Of equal elements the first is the greatest and the least, NaN included.
template <typename OpTy>
static OpFoldResult foldIndex(OpTy op, Attribute x) {
  bool areEqual = op.getX().getType().getDimSize(op.getDimension()) == 1 ||
                  getSplatElement(x);
  if (!areEqual || !op.getType().hasStaticShape())
    return {};
  return getSplatAttr(op.getType(), 0);
}

OpFoldResult ArgmaxOp::fold(FoldAdaptor adaptor) {
  return foldIndex(*this, adaptor.getX());
}

OpFoldResult ArgminOp::fold(FoldAdaptor adaptor) {
  return foldIndex(*this, adaptor.getX());
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// The place of each dimension of a tensor of rank `rank` among those that are
/// not in `dimensions`.
static SmallVector<int64_t> getPlacesWithout(int64_t rank,
                                             ArrayRef<int64_t> dimensions) {
  SmallVector<int64_t> places;
  int64_t next = 0;
  for (int64_t dimension = 0; dimension < rank; ++dimension)
    places.push_back(llvm::is_contained(dimensions, dimension) ? -1 : next++);
  return places;
}

namespace {
/// What is no float is reduced in any order, so over the dimensions of both at
/// once.
template <typename OpTy>
struct ReduceOfReduce : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().template getDefiningOp<OpTy>();
    if (!inner || isFloatElement(op.getType().getElementType()))
      return rewriter.notifyMatchFailure(
          op, "no two reductions of what is no float");
    int64_t rank = inner.getX().getType().getRank();
    SmallVector<int64_t> dimensions(inner.getDimensions());
    for (auto [dimension, place] :
         llvm::enumerate(getPlacesWithout(rank, inner.getDimensions())))
      if (llvm::is_contained(op.getDimensions(), place))
        dimensions.push_back(dimension);
    llvm::sort(dimensions);
    rewriter.replaceOpWithNewOp<OpTy>(op, inner.getX(), dimensions);
    return success();
  }
};

/// Dimensions of extent 1 only go away.
template <typename OpTy>
struct ReduceToReshape : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getType();
    if (std::is_same_v<OpTy, ReduceSumOp> &&
        isFloatElement(type.getElementType()))
      return rewriter.notifyMatchFailure(op, "makes +0 of -0");
    bool isSingle = llvm::all_of(op.getDimensions(), [&](int64_t dimension) {
      return op.getX().getType().getDimSize(dimension) == 1;
    });
    if (!isSingle || ReshapeOp::needsSizes(type))
      return rewriter.notifyMatchFailure(op, "reduces more than one element");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, type, op.getX());
    return success();
  }
};

/// The extremum of what is repeated is that, repeated less.
template <typename OpTy>
struct ExtremumOfBroadcast : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().template getDefiningOp<BroadcastOp>();
    if (!broadcast)
      return rewriter.notifyMatchFailure(op, "operand is not repeated");
    bool areNew = llvm::all_of(op.getDimensions(), [&](int64_t dimension) {
      // That there is an element has to be known.
      return !llvm::is_contained(broadcast.getDimensions(), dimension) &&
             broadcast.getType().getDimSize(dimension) > 0;
    });
    if (!areNew)
      return rewriter.notifyMatchFailure(op, "reduces other dimensions, too");
    SmallVector<int64_t> places =
        getPlacesWithout(broadcast.getType().getRank(), op.getDimensions());
    SmallVector<int64_t> dimensions =
        llvm::map_to_vector(broadcast.getDimensions(), [&](int64_t dimension) {
          return places[dimension];
        });
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), broadcast.getX(),
                                             dimensions, broadcast.getSizes());
    return success();
  }
};
} // namespace

void ReduceSumOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<ReduceOfReduce<ReduceSumOp>, ReduceToReshape<ReduceSumOp>>(
      context);
}

void ReduceProdOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                               MLIRContext *context) {
  patterns.add<ReduceOfReduce<ReduceProdOp>, ReduceToReshape<ReduceProdOp>>(
      context);
}

void ReduceMaxOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<ExtremumOfBroadcast<ReduceMaxOp>, ReduceOfReduce<ReduceMaxOp>,
               ReduceToReshape<ReduceMaxOp>>(context);
}

void ReduceMinOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<ExtremumOfBroadcast<ReduceMinOp>, ReduceOfReduce<ReduceMinOp>,
               ReduceToReshape<ReduceMinOp>>(context);
}

void ReduceAnyOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<ExtremumOfBroadcast<ReduceAnyOp>, ReduceOfReduce<ReduceAnyOp>,
               ReduceToReshape<ReduceAnyOp>>(context);
}

void ReduceAllOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<ExtremumOfBroadcast<ReduceAllOp>, ReduceOfReduce<ReduceAllOp>,
               ReduceToReshape<ReduceAllOp>>(context);
}
