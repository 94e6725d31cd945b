//===- Reduction.cpp - Reductions to linalg
//--------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reduction becomes one linalg.generic whose loops are the dimensions of the
// operand, and which begins with the result for no elements. f16 and bf16
// accumulate in f32. argmax and argmin carry the best element so far, beside
// its index.
//
//===----------------------------------------------------------------------===//

#include "Accumulation.h"
#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "Window.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// What each reduction begins with and how it goes on
//===----------------------------------------------------------------------===//

static Value start(ReduceSumOp, ScalarBuilder &b) { return b.literal(0); }
static Value start(ReduceProdOp, ScalarBuilder &b) { return b.literal(1); }
static Value start(ReduceMaxOp, ScalarBuilder &b) { return b.extreme(false); }
static Value start(ReduceMinOp, ScalarBuilder &b) { return b.extreme(true); }
static Value start(ReduceAnyOp, ScalarBuilder &b) { return b.literal(0); }
static Value start(ReduceAllOp, ScalarBuilder &b) { return b.literal(1); }

static Value combine(ReduceSumOp, ScalarBuilder &b, Value sofar, Value x) {
  return b.createByKind<arith::AddFOp, arith::AddIOp, arith::AddIOp>(sofar, x);
}
static Value combine(ReduceProdOp, ScalarBuilder &b, Value sofar, Value x) {
  return b.createByKind<arith::MulFOp, arith::MulIOp, arith::MulIOp>(sofar, x);
}
static Value combine(ReduceMaxOp, ScalarBuilder &b, Value sofar, Value x) {
  return b.createByKind<arith::MaximumFOp, arith::MaxSIOp, arith::MaxUIOp>(
      sofar, x);
}
static Value combine(ReduceMinOp, ScalarBuilder &b, Value sofar, Value x) {
  return b.createByKind<arith::MinimumFOp, arith::MinSIOp, arith::MinUIOp>(
      sofar, x);
}
static Value combine(ReduceAnyOp, ScalarBuilder &b, Value sofar, Value x) {
  return arith::OrIOp::create(b, sofar, x);
}
static Value combine(ReduceAllOp, ScalarBuilder &b, Value sofar, Value x) {
  return arith::AndIOp::create(b, sofar, x);
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// The loops of the operand that remain in the result.
static AffineMap getKeptLoops(OpBuilder &builder, int64_t rank,
                              ArrayRef<int64_t> reduced) {
  llvm::SmallBitVector kept(rank, true);
  for (int64_t dimension : reduced)
    kept.reset(dimension);
  SmallVector<AffineExpr> loops;
  for (unsigned dimension : kept.set_bits())
    loops.push_back(builder.getAffineDimExpr(dimension));
  return AffineMap::get(rank, 0, loops, builder.getContext());
}

static SmallVector<OpFoldResult>
getKeptExtents(OpBuilder &builder, Location loc, Value x, AffineMap kept) {
  SmallVector<OpFoldResult> extents;
  for (AffineExpr loop : kept.getResults())
    extents.push_back(
        Extents(builder, loc).of(x, cast<AffineDimExpr>(loop).getPosition()));
  return extents;
}

namespace {
template <typename OpTy>
struct ReductionToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type =
        this->getTypeConverter()->template convertType<RankedTensorType>(
            op.getType());
    int64_t rank = op.getX().getType().getRank();
    // 0 + x is not x for x = -0.
    if (type.getRank() == rank) {
      rewriter.replaceOp(op, adaptor.getX());
      return success();
    }
    AffineMap kept = getKeptLoops(rewriter, rank, op.getDimensions());
    auto begin = [&](ScalarBuilder &b) { return start(op, b); };
    auto next = [&](ScalarBuilder &b, ValueRange elements, Value sofar) {
      return combine(op, b, sofar, elements.front());
    };
    SmallVector<Value> inputs = {adaptor.getX()};
    SmallVector<AffineMap> maps = {rewriter.getMultiDimIdentityMap(rank)};
    if (auto unfold = op.getX().template getDefiningOp<UnfoldOp>();
        unfold && reducesWindows(op, unfold))
      readThroughWindows(rewriter, unfold,
                         rewriter.getRemappedValue(unfold.getX()), inputs,
                         maps);
    maps.push_back(kept);
    Accumulation accumulation{op.getType().getElementType(), maps, begin, next};
    rewriter.replaceOp(op, accumulate(rewriter, op.getLoc(), accumulation,
                                      inputs, type,
                                      getKeptExtents(rewriter, op.getLoc(),
                                                     adaptor.getX(), kept)));
    return success();
  }

private:
  /// Whether the windows of `unfold`, which are not empty, are reduced and
  /// nothing else is.
  static bool reducesWindows(OpTy op, UnfoldOp unfold) {
    int64_t rank = unfold.getX().getType().getRank();
    return unfold.getType().hasStaticShape() &&
           unfold.getType().getNumElements() != 0 &&
           llvm::equal(op.getDimensions(),
                       llvm::seq(rank, unfold.getType().getRank()));
  }
};

template <typename OpTy>
struct IndexToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override;
};
} // namespace

/// Whether `x` takes the place of the best element so far: it is greater, or
/// less if `least`, or the first NaN.
static Value isBetter(ScalarBuilder &b, Value x, Value best, bool least) {
  using arith::CmpFPredicate, arith::CmpIPredicate;
  switch (b.getKind()) {
  case ScalarKind::Float: {
    Value isBeyond = arith::CmpFOp::create(
        b, least ? CmpFPredicate::ULT : CmpFPredicate::UGT, x, best);
    Value noNaN = arith::CmpFOp::create(b, CmpFPredicate::ORD, best, best);
    return arith::AndIOp::create(b, isBeyond, noNaN);
  }
  case ScalarKind::Signed:
    return arith::CmpIOp::create(
        b, least ? CmpIPredicate::slt : CmpIPredicate::sgt, x, best);
  case ScalarKind::Unsigned:
    return arith::CmpIOp::create(
        b, least ? CmpIPredicate::ult : CmpIPredicate::ugt, x, best);
  }
  llvm_unreachable("unknown kind");
}

template <typename OpTy>
LogicalResult IndexToLinalg<OpTy>::matchAndRewrite(
    OpTy op, typename OpTy::Adaptor adaptor,
    ConversionPatternRewriter &rewriter) const {
  constexpr bool least = std::is_same_v<OpTy, ArgminOp>;
  Location loc = op.getLoc();
  int64_t dimension = op.getDimension();
  auto indexType =
      this->getTypeConverter()->template convertType<RankedTensorType>(
          op.getType());
  Type element = op.getX().getType().getElementType();
  int64_t rank = op.getX().getType().getRank();
  AffineMap kept = getKeptLoops(rewriter, rank, dimension);
  SmallVector<OpFoldResult> extents =
      getKeptExtents(rewriter, loc, adaptor.getX(), kept);
  Extents sizes(rewriter, loc);
  OpFoldResult length = sizes.of(adaptor.getX(), dimension);
  sizes.requireAtMost(sizes.constant(1), length);
  sizes.requireIndicesFit(op.getType().getElementType(), length);

  // No element is worse than what the best begins with, so where all are equal
  // to it, the index stays 0: the first.
  ScalarBuilder scalars(rewriter, loc, element);
  RankedTensorType bestType = indexType.clone(scalars.getType());
  auto fill = [&](RankedTensorType type, Value value) {
    Value empty = createEmpty(rewriter, loc, extents, type);
    return linalg::FillOp::create(rewriter, loc, value, empty).getResult(0);
  };
  Value best = fill(bestType, scalars.extreme(/*greatest=*/least));
  Value index = fill(indexType, scalars.literal(0, indexType.getElementType()));

  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    ScalarBuilder b(nested, loc, element);
    Value x = b.widen(arguments[0]);
    Value here = arith::IndexCastOp::create(
        b, indexType.getElementType(), linalg::IndexOp::create(b, dimension));
    Value isNew = isBetter(b, x, arguments[1], least);
    Value newBest = arith::SelectOp::create(b, isNew, x, arguments[1]);
    Value newIndex = arith::SelectOp::create(b, isNew, here, arguments[2]);
    linalg::YieldOp::create(b, ValueRange{newBest, newIndex});
  };
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  iterators[dimension] = utils::IteratorType::reduction;
  auto generic = linalg::GenericOp::create(
      rewriter, loc, {bestType, indexType}, adaptor.getX(), {best, index},
      {rewriter.getMultiDimIdentityMap(rank), kept, kept}, iterators, body);
  rewriter.replaceOp(op, generic.getResult(1));
  return success();
}

void atled::populateReductionToLinalg(const TypeConverter &converter,
                                      RewritePatternSet &patterns) {
  patterns.add<ReductionToLinalg<ReduceSumOp>, ReductionToLinalg<ReduceProdOp>,
               ReductionToLinalg<ReduceMaxOp>, ReductionToLinalg<ReduceMinOp>,
               ReductionToLinalg<ReduceAnyOp>, ReductionToLinalg<ReduceAllOp>,
               IndexToLinalg<ArgmaxOp>, IndexToLinalg<ArgminOp>>(
      converter, patterns.getContext());
}
