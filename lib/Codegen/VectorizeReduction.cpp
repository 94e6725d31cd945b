//===- VectorizeReduction.cpp - Vectors along a reduction dimension -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reductions of the innermost dimension, dot products, and matrix times vector.
// For s[m] += x[m, k]:
//
//   for m in strips of a few rows
//     for k in blocks
//       lanes = neutral                      // a long vector per row
//       for k in the block, in steps of the lanes
//         lanes += x[m, k..]
//       s[m] += the lanes, added up in pairs
//
// The number of lanes follows from the type and the extent alone: the order of
// the additions, and so every bit of the sum, is the same on all machines.
//
//===----------------------------------------------------------------------===//

#include "VectorLoops.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

/// Bytes of the lanes of one sum.
static constexpr int64_t kLaneBytes = 128;

namespace {
class ReductionNest {
public:
  ReductionNest(linalg::LinalgOp op, unsigned dim, ArrayRef<IndexRange> space,
                const VectorMachine &machine);

  void emit(OpBuilder &builder) {
    point.assign(space.size(), builder.getIndexAttr(0));
    emitOuter(builder, outerDims);
  }

private:
  void emitOuter(OpBuilder &builder, ArrayRef<unsigned> dims);
  void emitReductions(OpBuilder &builder, ArrayRef<unsigned> dims,
                      int64_t tileRows);
  void emitBlock(OpBuilder &builder, int64_t tileRows, IndexRange block);
  /// One step of `width` lanes, from `point` on, for each row.
  SmallVector<Value> emitStep(OpBuilder &builder, int64_t tileRows,
                              int64_t width, ValueRange sums);
  /// A step of fewer lanes than `sums` has, into its lanes from `lane` on.
  SmallVector<Value> emitPart(OpBuilder &builder, int64_t tileRows,
                              int64_t width, int64_t lane, ValueRange sums);
  Value addLanes(OpBuilder &builder, const Combiner &combiner, Value sum) const;
  SmallVector<OpFoldResult> getRow(OpBuilder &builder, int64_t row) const {
    return rowDim ? moved(builder, loc, point, *rowDim, row) : point;
  }

  linalg::LinalgOp op;
  Location loc;
  VectorBody body;
  unsigned dim;
  SmallVector<IndexRange> space;
  int64_t lanes, rows = 1;
  std::optional<unsigned> rowDim;
  SmallVector<unsigned> outerDims, reductionDims;
  SmallVector<Accumulator> accumulators;
  SmallVector<OpFoldResult> point;
};
} // namespace

/// How many lanes a sum of `extent` elements of the widest output has.
static int64_t getLanes(linalg::LinalgOp op, std::optional<int64_t> extent) {
  int64_t bytes = getElementBytes(op.getDpsInits());
  int64_t lanes = std::max<int64_t>(kLaneBytes / bytes, 1);
  // 8-bit integers and booleans need no more lanes than floats.
  lanes = std::min<int64_t>(lanes, 32);
  return extent ? std::min<int64_t>(
                      lanes, llvm::PowerOf2Ceil(std::max<int64_t>(*extent, 1)))
                : lanes;
}

ReductionNest::ReductionNest(linalg::LinalgOp op, unsigned dim,
                             ArrayRef<IndexRange> space,
                             const VectorMachine &machine)
    : op(op), loc(op.getLoc()), body(op, dim), dim(dim), space(space),
      lanes(getLanes(op, space[dim].getStaticExtent())) {
  op.getReductionDims(reductionDims);
  llvm::erase(reductionDims, dim);
  accumulators = getAccumulators(op);
  for (AffineExpr expr :
       op.getMatchingIndexingMap(accumulators.front().operand).getResults())
    if (auto position = dyn_cast<AffineDimExpr>(expr))
      outerDims.push_back(position.getPosition());
  for (unsigned other = 0; other < space.size(); ++other)
    if (other != dim && !llvm::is_contained(outerDims, other) &&
        !llvm::is_contained(reductionDims, other))
      outerDims.push_back(other);
  if (!outerDims.empty()) {
    rowDim = outerDims.pop_back_val();
    int64_t registers = std::max<int64_t>(
        lanes * getElementBytes(op->getOperands()) / machine.bytes, 1);
    rows = std::max<int64_t>(machine.accumulators / registers, 1);
  }
}

void ReductionNest::emitOuter(OpBuilder &builder, ArrayRef<unsigned> dims) {
  if (!dims.empty()) {
    buildLoop(builder, loc, space[dims.front()],
              [&](OpBuilder &nested, OpFoldResult index) {
                point[dims.front()] = index;
                emitOuter(nested, dims.drop_front());
              });
    return;
  }
  if (!rowDim)
    return emitReductions(builder, reductionDims, 1);
  buildStrips(builder, loc, space[*rowDim], rows, /*isRestHalved=*/false,
              [&](OpBuilder &nested, OpFoldResult index, int64_t size) {
                point[*rowDim] = index;
                emitReductions(nested, reductionDims, size);
              });
}

void ReductionNest::emitReductions(OpBuilder &builder, ArrayRef<unsigned> dims,
                                   int64_t tileRows) {
  if (!dims.empty()) {
    buildLoop(builder, loc, space[dims.front()],
              [&](OpBuilder &nested, OpFoldResult index) {
                point[dims.front()] = index;
                emitReductions(nested, dims.drop_front(), tileRows);
              });
    return;
  }
  buildBlocks(builder, loc, space[dim], kReductionBlock * lanes,
              [&](OpBuilder &nested, IndexRange block) {
                emitBlock(nested, tileRows, block);
              });
}

void ReductionNest::emitBlock(OpBuilder &builder, int64_t tileRows,
                              IndexRange block) {
  SmallVector<Value> sums;
  for (const Accumulator &accumulator : accumulators)
    sums.append(tileRows,
                broadcast(builder, loc,
                          accumulator.combiner->getNeutral(builder, loc),
                          lanes));

  auto [steps, rest] = splitRange(builder, loc, block, lanes);
  sums =
      buildLoop(builder, loc, steps, lanes, sums,
                [&](OpBuilder &nested, OpFoldResult index, ValueRange values) {
                  point[dim] = index;
                  return emitStep(nested, tileRows, lanes, values);
                });
  if (std::optional<int64_t> extent = rest.getStaticExtent()) {
    int64_t lane = 0;
    for (int64_t width : splitInWidths(*extent, lanes)) {
      point[dim] = rest.begin;
      point = moved(builder, loc, point, dim, lane);
      sums = emitPart(builder, tileRows, width, lane, sums);
      lane += width;
    }
  } else {
    // Each width has its lanes: which ones there are depends on the run.
    buildHalves(builder, loc, rest, lanes,
                [&](OpBuilder &nested, IndexRange part, int64_t width) {
                  sums = buildLoop(nested, loc, part, width, sums,
                                   [&](OpBuilder &inner, OpFoldResult index,
                                       ValueRange values) {
                                     point[dim] = index;
                                     return emitPart(inner, tileRows, width,
                                                     width, values);
                                   });
                });
  }
  auto sum = sums.begin();
  SmallVector<Value> totals;
  for (const Accumulator &accumulator : accumulators)
    for (int64_t row = 0; row < tileRows; ++row)
      totals.push_back(addLanes(builder, *accumulator.combiner, *sum++));

  auto total = totals.begin();
  for (const Accumulator &accumulator : accumulators)
    for (int64_t row = 0; row < tileRows; ++row) {
      SmallVector<OpFoldResult> start = getRow(builder, row);
      Value before = body.load(builder, *accumulator.operand, start, 1);
      body.store(builder,
                 accumulator.combiner->combine(builder, before, *total++),
                 *accumulator.operand, start, 1);
    }
}

SmallVector<Value> ReductionNest::emitStep(OpBuilder &builder, int64_t tileRows,
                                           int64_t width, ValueRange sums) {
  SmallVector<TileVector> tile;
  for (int64_t row = 0; row < tileRows; ++row)
    tile.push_back({getRow(builder, row), width, row, 0});
  return computeTile(builder, op, body, rowDim, tile, accumulators, sums);
}

SmallVector<Value> ReductionNest::emitPart(OpBuilder &builder, int64_t tileRows,
                                           int64_t width, int64_t lane,
                                           ValueRange sums) {
  if (lanes == 1)
    return emitStep(builder, tileRows, width, sums);
  SmallVector<Value> parts, next;
  for (Value sum : sums)
    parts.push_back(
        width == 1
            ? vector::ExtractOp::create(builder, loc, sum, lane).getResult()
            : vector::ExtractStridedSliceOp::create(builder, loc, sum, lane,
                                                    width, 1));
  parts = emitStep(builder, tileRows, width, parts);
  for (auto [sum, part] : llvm::zip_equal(sums, parts))
    next.push_back(width == 1
                       ? vector::InsertOp::create(builder, loc, part, sum, lane)
                             .getResult()
                       : vector::InsertStridedSliceOp::create(
                             builder, loc, part, sum, lane, int64_t(1)));
  return next;
}

Value ReductionNest::addLanes(OpBuilder &builder, const Combiner &combiner,
                              Value sum) const {
  for (int64_t width = lanes / 2; width >= 2; width /= 2)
    sum = combiner.combine(
        builder,
        vector::ExtractStridedSliceOp::create(builder, loc, sum, 0, width, 1),
        vector::ExtractStridedSliceOp::create(builder, loc, sum, width, width,
                                              1));
  if (lanes == 1)
    return sum;
  return combiner.combine(builder,
                          vector::ExtractOp::create(builder, loc, sum, 0),
                          vector::ExtractOp::create(builder, loc, sum, 1));
}

void atled::vectorizeReduction(OpBuilder &builder, linalg::LinalgOp op,
                               unsigned dim, ArrayRef<IndexRange> space,
                               const VectorMachine &machine) {
  ReductionNest(op, dim, space, machine).emit(builder);
}
