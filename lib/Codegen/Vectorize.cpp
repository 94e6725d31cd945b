//===- Vectorize.cpp - linalg on buffers becomes loops over vectors -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Chooses along which dimension each linalg operation is vectorised. We do it
// ourselves because the order of a sum is part of what Atled promises: a
// compiler that may not reorder additions does not vectorise them.
//
//===----------------------------------------------------------------------===//

#include "VectorLoops.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"

namespace atled {
#define GEN_PASS_DEF_VECTORIZEPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Whether all operands move along `dim` with `access`, or not at all.
static bool hasAccess(linalg::LinalgOp op, MutableArrayRef<OpOperand> operands,
                      unsigned dim, Access access) {
  VectorBody body(op, dim);
  return llvm::all_of(operands, [&](OpOperand &operand) {
    if (op.isScalar(&operand))
      return true;
    Access actual = body.getAccess(operand);
    return actual == Access::Uniform || actual == access;
  });
}

/// Whether every output advances with `dim`.
static bool isInAllOutputs(linalg::LinalgOp op, unsigned dim) {
  return llvm::all_of(op.getDpsInitsMutable(), [&](OpOperand &operand) {
    return op.getMatchingIndexingMap(&operand).isFunctionOfDim(dim);
  });
}

/// Whether partial results may be formed in lanes along the dimension `dim`.
static bool isSplittable(linalg::LinalgOp op, unsigned dim) {
  SmallVector<Accumulator> accumulators = getAccumulators(op);
  return llvm::all_of(
      llvm::enumerate(op.getDpsInitsMutable()), [&](auto output) {
        if (std::optional<unsigned> position =
                findAccumulator(accumulators, output.index()))
          return accumulators[*position].combiner.has_value();
        return op.getMatchingIndexingMap(&output.value()).isFunctionOfDim(dim);
      });
}

/// Whether `operand` is a part of a buffer that has one element along what is
/// its dimension `dimension`, though the part may have none.
static bool hasAtMostOne(OpOperand &operand, int64_t dimension) {
  auto view = operand.get().getDefiningOp<memref::SubViewOp>();
  if (!view)
    return false;
  llvm::SmallBitVector dropped = view.getDroppedDims();
  for (int64_t source : llvm::seq<int64_t>(dropped.size()))
    if (!dropped[source] && dimension-- == 0)
      return view.getSourceType().getDimSize(source) == 1;
  llvm_unreachable("a part has the dimensions that are not dropped");
}

/// Whether there is one iteration along `dim` at the most. A buffer of a single
/// element may be a view of one without dimensions, where no vector starts.
static bool isAtMostOne(linalg::LinalgOp op, unsigned dim) {
  return llvm::any_of(op->getOpOperands(), [&](OpOperand &operand) {
    auto results =
        llvm::enumerate(op.getMatchingIndexingMap(&operand).getResults());
    return llvm::any_of(results, [&](auto result) {
      return result.value() == getAffineDimExpr(dim, op.getContext()) &&
             hasAtMostOne(operand, result.index());
    });
  });
}

/// How well `op` is vectorised along `dim`; 0 if it cannot be.
static int64_t getBenefit(linalg::LinalgOp op, unsigned dim,
                          const IndexRange &range) {
  bool isParallel =
      op.getIteratorTypesArray()[dim] == utils::IteratorType::parallel;
  if (isParallel ? !isInAllOutputs(op, dim) : !isSplittable(op, dim))
    return 0;
  if (isAtMostOne(op, dim))
    return 0;
  // Below that many, most of the lanes are empty.
  constexpr int64_t kEnough = 8;
  int64_t extent = std::min(range.getStaticExtent().value_or(kEnough), kEnough);
  bool isContiguous =
      hasAccess(op, op->getOpOperands(), dim, Access::Contiguous);
  bool writesContiguous =
      hasAccess(op, op.getDpsInitsMutable(), dim, Access::Contiguous);
  // Contiguity first, then a full vector, then no sum across lanes.
  return 1 + (isContiguous ? 4 * kEnough : 0) +
         (writesContiguous ? 2 * kEnough : 0) + 2 * extent + isParallel;
}

/// Makes all dynamic extents 0 where one is: loops that carry sums around a
/// loop that is empty would run all the same.
static void emptyTogether(OpBuilder &builder, Location loc,
                          MutableArrayRef<IndexRange> space) {
  SmallVector<IndexRange *> dynamic;
  for (IndexRange &range : space)
    if (!range.getStaticExtent())
      dynamic.push_back(&range);
  if (dynamic.size() < 2)
    return;
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0), isEmpty;
  for (IndexRange *range : dynamic) {
    Value isZero = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         cast<Value>(range->extent), zero);
    isEmpty =
        isEmpty
            ? arith::OrIOp::create(builder, loc, isEmpty, isZero).getResult()
            : isZero;
  }
  for (IndexRange *range : dynamic)
    range->extent = arith::SelectOp::create(builder, loc, isEmpty, zero,
                                            cast<Value>(range->extent))
                        .getResult();
}

static constexpr remark::RemarkOpts about =
    remark::RemarkOpts::name("linalg operation").category("atled-vectorize");

/// Emits `op` as loops over vectors before it. Fails if it is to stay scalar.
static LogicalResult vectorize(OpBuilder &builder, linalg::LinalgOp op,
                               const VectorMachine &machine) {
  if (!op.hasPureBufferSemantics())
    return failure();
  if (!VectorBody::isVectorizable(op)) {
    remark::missed(op.getLoc(), about)
        << remark::reason("its body holds more than elementwise operations");
    return failure();
  }
  if (!VectorBody::hasNumbers(op)) {
    remark::missed(op.getLoc(), about)
        << remark::reason("it computes with what is no lane of a vector");
    return failure();
  }
  SmallVector<IndexRange> space = getIterationSpace(builder, op);
  if (space.empty())
    return failure();
  int64_t best = 0;
  unsigned bestDim = 0;
  for (unsigned dim = 0; dim < space.size(); ++dim)
    if (int64_t benefit = getBenefit(op, dim, space[dim]);
        benefit >= best && benefit > 0) {
      best = benefit;
      bestDim = dim;
    }
  if (best == 0) {
    remark::missed(op.getLoc(), about) << remark::reason(
        "no dimension lets elements be computed side by side");
    return failure();
  }
  if (op.getNumReductionLoops() != 0)
    emptyTogether(builder, op.getLoc(), space);
  remark::passed(op.getLoc(), about)
      << "vectorized" << remark::metric("dimension", bestDim);
  if (op.getIteratorTypesArray()[bestDim] == utils::IteratorType::parallel)
    vectorizeParallel(builder, op, bestDim, space, machine);
  else
    vectorizeReduction(builder, op, bestDim, space, machine);
  return success();
}

namespace {
struct VectorizePass : atled::impl::VectorizePassBase<VectorizePass> {
  using VectorizePassBase::VectorizePassBase;

  void runOnOperation() override {
    VectorMachine machine{vectorBytes, vectorBytes >= 64 ? 16 : 8};
    getOperation().walk([&](linalg::LinalgOp op) {
      OpBuilder builder(op);
      if (succeeded(vectorize(builder, op, machine)))
        op.erase();
    });
  }
};
} // namespace
