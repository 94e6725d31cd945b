//===- Contraction.cpp - Products summed over dimensions
//-------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every contraction becomes one linalg.generic that multiplies and adds into
// zeros, with the loops in the order batch, free of lhs, free of rhs,
// contracting. f16 and bf16 accumulate in f32 and are rounded by a second,
// elementwise one. Where no dimension is contracted, it only multiplies.
//
//===----------------------------------------------------------------------===//

#include "Accumulation.h"
#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace atled;

namespace {
/// The dimensions of the operands that belong together.
struct Pairs {
  SmallVector<int64_t> lhsBatch, rhsBatch, lhsContracting, rhsContracting;
};
} // namespace

static Pairs getPairs(ContractOp op) {
  return {llvm::to_vector(op.getLhsBatch()), llvm::to_vector(op.getRhsBatch()),
          llvm::to_vector(op.getLhsContracting()),
          llvm::to_vector(op.getRhsContracting())};
}
static Pairs getPairs(MatmulOp) { return {{}, {}, {1}, {0}}; }
static Pairs getPairs(DotOp) { return {{}, {}, {0}, {0}}; }

/// The loop of each dimension of an operand. Batch loops come first and
/// contracting loops last; the free dimensions take those from `free` on.
static AffineMap getLoops(OpBuilder &builder, int64_t rank,
                          ArrayRef<int64_t> batch,
                          ArrayRef<int64_t> contracting, unsigned free,
                          unsigned numResultLoops) {
  SmallVector<AffineExpr> loops;
  for (int64_t dimension = 0; dimension < rank; ++dimension) {
    const int64_t *inBatch = llvm::find(batch, dimension);
    const int64_t *inContracting = llvm::find(contracting, dimension);
    unsigned loop = inBatch != batch.end() ? inBatch - batch.begin()
                    : inContracting != contracting.end()
                        ? numResultLoops + (inContracting - contracting.begin())
                        : free++;
    loops.push_back(builder.getAffineDimExpr(loop));
  }
  return AffineMap::get(numResultLoops + contracting.size(), 0, loops,
                        builder.getContext());
}

/// The extents of the loops of the result, from the operands.
static SmallVector<OpFoldResult>
getResultExtents(OpBuilder &builder, Location loc, ValueRange operands,
                 ArrayRef<AffineMap> maps, unsigned numResultLoops) {
  SmallVector<OpFoldResult> extents(numResultLoops);
  for (auto [operand, map] : llvm::zip_equal(operands, maps))
    for (auto [dimension, loop] : llvm::enumerate(map.getResults()))
      if (unsigned position = cast<AffineDimExpr>(loop).getPosition();
          position < numResultLoops)
        extents[position] = Extents(builder, loc).of(operand, dimension);
  return extents;
}

/// A contraction of no dimensions: one product for each element. Nothing is
/// accumulated, for upstream's fusion assumes that of parallel loops.
static Value multiplyElements(OpBuilder &builder, Location loc, Type element,
                              ValueRange factors, ArrayRef<AffineMap> maps,
                              RankedTensorType type,
                              ArrayRef<OpFoldResult> extents) {
  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    ScalarBuilder scalars(nested, loc, element);
    SmallVector<Value> elements = llvm::map_to_vector(
        arguments.drop_back(), [&](Value x) { return scalars.widen(x); });
    Value product =
        scalars.narrow(multiply(scalars, elements), type.getElementType());
    linalg::YieldOp::create(scalars, product);
  };
  Value empty = createEmpty(builder, loc, extents, type);
  return linalg::GenericOp::create(builder, loc, type, factors, empty, maps,
                                   getParallelLoops(type.getRank()), body)
      .getResult(0);
}

static Value contract(OpBuilder &builder, Location loc, Type element, Value lhs,
                      Value rhs, const Pairs &pairs, RankedTensorType type) {
  int64_t lhsRank = cast<RankedTensorType>(lhs.getType()).getRank();
  int64_t rhsRank = cast<RankedTensorType>(rhs.getType()).getRank();
  unsigned numLoops = type.getRank() + pairs.lhsContracting.size();
  AffineMap lhsMap =
      getLoops(builder, lhsRank, pairs.lhsBatch, pairs.lhsContracting,
               pairs.lhsBatch.size(), type.getRank());
  AffineMap rhsMap =
      getLoops(builder, rhsRank, pairs.rhsBatch, pairs.rhsContracting,
               lhsRank - pairs.lhsContracting.size(), type.getRank());
  AffineMap resultMap = AffineMap::get(
      numLoops, 0,
      builder.getMultiDimIdentityMap(numLoops).getResults().take_front(
          type.getRank()),
      builder.getContext());
  SmallVector<OpFoldResult> extents = getResultExtents(
      builder, loc, {lhs, rhs}, {lhsMap, rhsMap}, type.getRank());
  if (pairs.lhsContracting.empty())
    return multiplyElements(builder, loc, element, {lhs, rhs},
                            {lhsMap, rhsMap, resultMap}, type, extents);
  return accumulateProducts(builder, loc, element, {lhsMap, rhsMap, resultMap},
                            {lhs, rhs}, type, extents);
}

namespace {
template <typename OpTy>
struct ContractionToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type =
        this->getTypeConverter()->template convertType<RankedTensorType>(
            op.getType());
    rewriter.replaceOp(
        op, contract(rewriter, op.getLoc(), op.getType().getElementType(),
                     adaptor.getLhs(), adaptor.getRhs(), getPairs(op), type));
    return success();
  }
};
} // namespace

void atled::populateContractionToLinalg(const TypeConverter &converter,
                                        RewritePatternSet &patterns) {
  patterns.add<ContractionToLinalg<ContractOp>, ContractionToLinalg<MatmulOp>,
               ContractionToLinalg<DotOp>>(converter, patterns.getContext());
}
