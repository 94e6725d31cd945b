//===- Parallelize.cpp - Large operations in chunks -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Cuts large linalg operations along one parallel dimension. Each chunk is the
// same operation on parts of the buffers, and computes every element that it
// writes as the whole would have: it needs no memory of its own, and sums keep
// their order. How many chunks there are follows from the shape alone, also
// where only the call tells the shape.
//
//===----------------------------------------------------------------------===//

#include "BodyCost.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Analysis/FlatLinearValueConstraints.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/MathExtras.h"

namespace atled {
#define GEN_PASS_DEF_PARALLELIZEPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// More chunks than that balance no better, and each reads again what all of
/// them read.
static constexpr int64_t kMostChunks = 32;

//===----------------------------------------------------------------------===//
// What may be cut
//===----------------------------------------------------------------------===//

/// Whether `buffer` is memory that no other such buffer overlaps while it
/// lives: an argument, a piece of the workspace, a constant, or part of one.
/// Only then does each chunk know what its operands are.
static bool isKnownBuffer(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>()) {
    if (isa<memref::ViewOp>(view))
      return isa<BlockArgument>(view.getViewSource());
    buffer = view.getViewSource();
  }
  if (auto argument = dyn_cast<BlockArgument>(buffer))
    return isa<func::FuncOp>(argument.getOwner()->getParentOp());
  return buffer.getDefiningOp<memref::AllocaOp>() ||
         buffer.getDefiningOp<memref::GetGlobalOp>();
}

/// Whether nothing in the body writes memory or can fail, and all that is read
/// is known.
static bool isBodyPure(linalg::LinalgOp op) {
  WalkResult result = op.getBlock()->walk([](Operation *nested) {
    auto load = dyn_cast<memref::LoadOp>(nested);
    bool isPure =
        load ? isKnownBuffer(load.getMemRef())
             : nested->hasTrait<OpTrait::IsTerminator>() ||
                   nested->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
                   isMemoryEffectFree(nested);
    return isPure ? WalkResult::advance() : WalkResult::interrupt();
  });
  return !result.wasInterrupted();
}

static bool canBeCut(linalg::LinalgOp op) {
  return op.hasPureBufferSemantics() && isBodyPure(op) &&
         llvm::all_of(op->getOperands(), [](Value operand) {
           auto type = dyn_cast<MemRefType>(operand.getType());
           return !type || (type.isStrided() && isKnownBuffer(operand));
         });
}

/// By how much `expr` grows with dimension `dim`; nothing if that is not the
/// same everywhere.
static std::optional<int64_t> getSlope(AffineExpr expr, unsigned dim,
                                       unsigned numDims) {
  if (!expr.isFunctionOfDim(dim))
    return 0;
  SmallVector<int64_t> terms;
  // A division or a remainder makes it more than one term for each dimension.
  if (failed(getFlattenedAffineExpr(expr, numDims, /*numSymbols=*/0, &terms)) ||
      terms.size() != numDims + 1)
    return std::nullopt;
  return terms[dim];
}

/// Whether chunks along `dim` are parts of all operands, and write parts that
/// do not overlap.
static bool isCuttable(linalg::LinalgOp op, unsigned dim) {
  if (op.getIteratorTypesArray()[dim] != utils::IteratorType::parallel)
    return false;
  for (OpOperand &operand : op->getOpOperands()) {
    if (op.isScalar(&operand))
      continue;
    AffineMap map = op.getMatchingIndexingMap(&operand);
    for (AffineExpr expr : map.getResults()) {
      std::optional<int64_t> slope = getSlope(expr, dim, map.getNumDims());
      if (!slope || *slope < 0)
        return false;
    }
    if (op.isDpsInit(&operand) &&
        !llvm::is_contained(map.getResults(),
                            getAffineDimExpr(dim, op.getContext())))
      return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Where to cut
//===----------------------------------------------------------------------===//

/// `count` for each index of `space`, of which there may be more than int64_t
/// counts: `most` then.
static int64_t multiply(int64_t count, ArrayRef<int64_t> space, int64_t most) {
  uint64_t product = count;
  for (int64_t extent : space)
    product = llvm::SaturatingMultiply(product, uint64_t(extent));
  return int64_t(std::min(product, uint64_t(most)));
}

/// What all of `op` costs where its shape is known: what it computes, and the
/// elements of its operands.
static int64_t getWork(linalg::LinalgOp op, ArrayRef<int64_t> space) {
  int64_t work =
      multiply(std::max<int64_t>(getBodyCost(op), 1), space, int64_t(1) << 62);
  for (Value operand : op->getOperands())
    if (auto type = dyn_cast<MemRefType>(operand.getType());
        type && type.hasStaticShape())
      work += multiply(1, type.getShape(), int64_t(1) << 40);
  return work;
}

namespace {
/// A dimension in `chunks` pieces of `size`, of which the last may be smaller.
struct Cut {
  unsigned dim;
  int64_t extent, size, chunks;
};
} // namespace

/// How many neighbours along `dim` belong together: cache lines where they are
/// stored side by side, more of them where a chunk skips the others' part of
/// each row that it reduces, and rows that share what they load in a
/// contraction.
static int64_t getGranule(linalg::LinalgOp op, unsigned dim,
                          ArrayRef<int64_t> space) {
  AffineExpr expr = getAffineDimExpr(dim, op.getContext());
  bool isLongest = true;
  for (OpOperand &output : op.getDpsInitsMutable()) {
    AffineMap map = op.getMatchingIndexingMap(&output);
    if (map.getResults().back() == expr)
      return op.getNumReductionLoops() > 0 && op.getNumDpsInputs() == 1 ? 256
                                                                        : 64;
    for (AffineExpr other : map.getResults().drop_back())
      if (auto position = dyn_cast<AffineDimExpr>(other))
        isLongest &= ShapedType::isDynamic(space[dim]) ||
                     space[position.getPosition()] <= space[dim];
  }
  return op.getNumReductionLoops() > 0 && isLongest ? 16 : 1;
}

static Cut cutDim(unsigned dim, int64_t extent, int64_t granule,
                  int64_t chunks) {
  int64_t size = llvm::alignTo(
      llvm::divideCeil(extent, std::max<int64_t>(chunks, 1)), granule);
  // Pieces of one size are less code; no search for them takes long.
  int64_t most = size + std::min(size / 4, granule << 20);
  for (int64_t even = size; even <= most; even += granule)
    if (extent % even == 0) {
      size = even;
      break;
    }
  return {dim, extent, size, int64_t(llvm::divideCeil(extent, size))};
}

/// Where to cut `op` so that each chunk has work enough; nothing if it is to
/// stay whole.
static std::optional<Cut> findCut(linalg::LinalgOp op, int64_t chunkWork) {
  if (!canBeCut(op))
    return std::nullopt;
  SmallVector<int64_t> space = op.getStaticLoopRanges();
  if (llvm::any_of(space, ShapedType::isDynamic) ||
      llvm::is_contained(space, 0))
    return std::nullopt;
  int64_t chunks = std::min(getWork(op, space) / chunkWork, kMostChunks);
  if (chunks < 2)
    return std::nullopt;
  // The outermost of the dimensions that are about as good as the best.
  std::optional<Cut> best;
  AffineMap outputs = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (AffineExpr expr : outputs.getResults()) {
    auto position = dyn_cast<AffineDimExpr>(expr);
    if (!position || !isCuttable(op, position.getPosition()))
      continue;
    unsigned dim = position.getPosition();
    Cut cut = cutDim(dim, space[dim], getGranule(op, dim, space), chunks);
    if (cut.chunks > 1 && (!best || cut.chunks >= 2 * best->chunks))
      best = cut;
  }
  return best;
}

//===----------------------------------------------------------------------===//
// Cutting
//===----------------------------------------------------------------------===//

namespace {
/// So many indices of a dimension of some extent, from one on.
struct Part {
  unsigned dim;
  OpFoldResult extent, begin, size;
};
} // namespace

/// `a + factor * (b - c)`.
static OpFoldResult addScaled(OpBuilder &builder, Location loc, OpFoldResult a,
                              int64_t factor, OpFoldResult b, OpFoldResult c) {
  // As dimensions: the loop's index would be no symbol.
  AffineExpr d0, d1, d2;
  bindDims(builder.getContext(), d0, d1, d2);
  return affine::makeComposedFoldedAffineApply(
      builder, loc, d0 + factor * (d1 - d2), {a, b, c});
}

/// What `operand` has for `part`.
static Value cutOperand(OpBuilder &builder, linalg::LinalgOp op,
                        OpOperand &operand, const Part &part) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  if (op.isScalar(&operand) || !map.isFunctionOfDim(part.dim))
    return operand.get();
  Location loc = op.getLoc();
  OpFoldResult zero = builder.getIndexAttr(0);
  SmallVector<OpFoldResult> offsets,
      sizes = memref::getMixedSizes(builder, loc, operand.get()),
      strides(sizes.size(), builder.getIndexAttr(1));
  for (auto [expr, size] : llvm::zip_equal(map.getResults(), sizes)) {
    int64_t slope = *getSlope(expr, part.dim, map.getNumDims());
    offsets.push_back(addScaled(builder, loc, zero, slope, part.begin, zero));
    if (expr == builder.getAffineDimExpr(part.dim))
      size = part.size;
    else if (slope != 0)
      size = addScaled(builder, loc, size, slope, part.size, part.extent);
  }
  return memref::SubViewOp::create(builder, loc, operand.get(), offsets, sizes,
                                   strides);
}

static void emitPart(OpBuilder &builder, linalg::LinalgOp op,
                     const Part &part) {
  SmallVector<Value> operands;
  for (OpOperand &operand : op->getOpOperands())
    operands.push_back(cutOperand(builder, op, operand, part));
  auto chunk = cast<linalg::LinalgOp>(
      clone(builder, op, /*newResultTypes=*/TypeRange(), operands));
  SmallVector<OpFoldResult> offsets(op.getNumLoops(), OpFoldResult());
  offsets[part.dim] = part.begin;
  linalg::offsetIndices(builder, chunk, offsets);
}

/// Replaces `op` by a loop over `chunks` of it.
static void emitForall(
    linalg::LinalgOp op, OpFoldResult chunks,
    llvm::function_ref<void(OpBuilder &builder, Value chunk)> emitChunk) {
  OpBuilder builder(op);
  scf::ForallOp::create(
      builder, op.getLoc(), chunks, /*outputs=*/ValueRange(),
      /*mapping=*/std::nullopt,
      [&](OpBuilder &nested, Location loc, ValueRange indices) {
        emitChunk(nested, indices[0]);
        scf::InParallelOp::create(nested, loc);
      });
  op.erase();
}

static void emitChunks(linalg::LinalgOp op, const Cut &cut) {
  Location loc = op.getLoc();
  int64_t last = cut.extent - (cut.chunks - 1) * cut.size;
  emitForall(
      op, OpBuilder(op).getIndexAttr(cut.chunks),
      [&](OpBuilder &builder, Value chunk) {
        OpFoldResult extent = builder.getIndexAttr(cut.extent);
        auto emitFull = [&](OpBuilder &b) {
          OpFoldResult begin = affine::makeComposedFoldedAffineApply(
              b, loc, b.getAffineDimExpr(0) * cut.size, {chunk});
          emitPart(b, op, {cut.dim, extent, begin, b.getIndexAttr(cut.size)});
        };
        if (last == cut.size)
          return emitFull(builder);
        Value lastIndex =
            arith::ConstantIndexOp::create(builder, loc, cut.chunks - 1);
        Value isLast = arith::CmpIOp::create(
            builder, loc, arith::CmpIPredicate::eq, chunk, lastIndex);
        scf::IfOp::create(
            builder, loc, isLast,
            [&](OpBuilder &b, Location) {
              emitPart(b, op,
                       {cut.dim, extent, b.getIndexAttr(cut.extent - last),
                        b.getIndexAttr(last)});
              scf::YieldOp::create(b, loc);
            },
            [&](OpBuilder &b, Location) {
              emitFull(b);
              scf::YieldOp::create(b, loc);
            });
      });
}

//===----------------------------------------------------------------------===//
// Where only the call tells the shape
//===----------------------------------------------------------------------===//

/// The most that dimension `dim` of `buffer` may have: a part has no more than
/// the whole.
static int64_t getLargestExtent(Value buffer, unsigned dim) {
  int64_t extent = cast<MemRefType>(buffer.getType()).getDimSize(dim);
  auto part = buffer.getDefiningOp<memref::SubViewOp>();
  if (!ShapedType::isDynamic(extent) || !part)
    return extent;
  llvm::SmallBitVector dropped = part.getDroppedDims();
  unsigned kept = 0;
  for (unsigned i = 0; i < dropped.size(); ++i)
    if (!dropped.test(i) && kept++ == dim)
      return getLargestExtent(part.getSource(), i);
  llvm_unreachable("a part has a dimension that it keeps");
}

/// The extents of the loops of `op`, or the most that they may be; dynamic
/// where nothing is known.
static SmallVector<int64_t> getLargestSpace(linalg::LinalgOp op) {
  SmallVector<int64_t> space = op.getStaticLoopRanges();
  for (OpOperand &operand : op->getOpOperands()) {
    if (op.isScalar(&operand))
      continue;
    AffineMap map = op.getMatchingIndexingMap(&operand);
    for (auto [i, expr] : llvm::enumerate(map.getResults()))
      if (auto position = dyn_cast<AffineDimExpr>(expr);
          position && ShapedType::isDynamic(space[position.getPosition()]))
        space[position.getPosition()] = getLargestExtent(operand.get(), i);
  }
  return space;
}

/// The dimension along which to cut `op`: the outermost of which only the call
/// tells the extent, or one of known extent that is not stored side by side,
/// whose loop gets on well without knowing it.
static std::optional<unsigned> findDynamicDim(linalg::LinalgOp op,
                                              int64_t chunkWork) {
  SmallVector<int64_t> space = op.getStaticLoopRanges();
  // In a loop, what is small would be asked each time how small it is.
  if (!canBeCut(op) || llvm::none_of(space, ShapedType::isDynamic) ||
      op->getParentOfType<LoopLikeOpInterface>())
    return std::nullopt;
  SmallVector<int64_t> largest = getLargestSpace(op);
  if (llvm::none_of(largest, ShapedType::isDynamic) &&
      getWork(op, largest) / chunkWork < 2)
    return std::nullopt;
  SmallVector<unsigned> dims;
  AffineMap outputs = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (AffineExpr expr : outputs.getResults())
    if (auto position = dyn_cast<AffineDimExpr>(expr))
      dims.push_back(position.getPosition());
  for (unsigned dim : dims)
    if (ShapedType::isDynamic(space[dim]) && isCuttable(op, dim))
      return dim;
  for (unsigned dim : ArrayRef(dims).drop_back(dims.empty() ? 0 : 1))
    if (isCuttable(op, dim) && space[dim] >= 2 * getGranule(op, dim, space))
      return dim;
  return std::nullopt;
}

/// Replaces `op` by chunks along `dim`: as many as its work is worth, in whole
/// granules, as for a known shape.
static void emitDynamicChunks(linalg::LinalgOp op, unsigned dim,
                              int64_t chunkWork) {
  ImplicitLocOpBuilder b(op.getLoc(), op);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, value);
  };
  auto ceilDiv = [&](Value value, Value divisor) -> Value {
    Value most = arith::SubIOp::create(b, divisor, constant(1));
    return arith::DivUIOp::create(b, arith::AddIOp::create(b, value, most),
                                  divisor);
  };
  Value work = constant(std::max<int64_t>(getBodyCost(op), 1)), extent;
  for (auto [i, range] : llvm::enumerate(op.createLoopRanges(b, b.getLoc()))) {
    Value length = getValueOrCreateConstantIndexOp(b, b.getLoc(), range.size);
    work = arith::MulIOp::create(b, work, length);
    if (i == dim)
      extent = length;
  }
  Value wanted = arith::DivUIOp::create(b, work, constant(chunkWork));
  wanted = arith::MinUIOp::create(b, wanted, constant(kMostChunks));
  wanted = arith::MaxUIOp::create(b, wanted, constant(1));
  Value granule = constant(getGranule(op, dim, op.getStaticLoopRanges()));
  Value size = ceilDiv(ceilDiv(extent, wanted), granule);
  size = arith::MulIOp::create(b, size, granule);
  // Nothing at all is no chunk.
  size = arith::MaxUIOp::create(b, size, granule);
  emitForall(op, ceilDiv(extent, size), [&](OpBuilder &builder, Value chunk) {
    Location loc = op.getLoc();
    Value begin = arith::MulIOp::create(builder, loc, chunk, size);
    Value left = arith::SubIOp::create(builder, loc, extent, begin);
    Value part = arith::MinUIOp::create(builder, loc, size, left);
    emitPart(builder, op, {dim, extent, begin, part});
  });
}

//===----------------------------------------------------------------------===//
// All operations
//===----------------------------------------------------------------------===//

namespace {
struct ParallelizePass : atled::impl::ParallelizePassBase<ParallelizePass> {
  using ParallelizePassBase::ParallelizePassBase;

  void runOnOperation() override {
    if (chunkWork < 1) {
      getOperation().emitError("the least work of a chunk is ")
          << int64_t(chunkWork) << ", and it has to be 1 or more";
      return signalPassFailure();
    }
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops) {
      auto options = remark::RemarkOpts::name("linalg operation")
                         .category("atled-parallelize");
      if (std::optional<Cut> cut = findCut(op, chunkWork)) {
        remark::passed(op.getLoc(), options)
            << "cut" << remark::metric("dimension", cut->dim)
            << remark::metric("chunks", cut->chunks);
        emitChunks(op, *cut);
      } else if (std::optional<unsigned> dim = findDynamicDim(op, chunkWork)) {
        remark::passed(op.getLoc(), options)
            << "cut by the sizes of the call"
            << remark::metric("dimension", *dim);
        emitDynamicChunks(op, *dim, chunkWork);
      }
    }
  }
};
} // namespace
