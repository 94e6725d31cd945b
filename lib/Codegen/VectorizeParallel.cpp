//===- VectorizeParallel.cpp - Vectors along a parallel dimension ---------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Elementwise operations, contractions and reductions of outer dimensions. For
// C[m, n] += A[m, k] * B[k, n], vectorised along n:
//
//   for n in strips of a few vectors
//     for k in blocks
//       for m in strips of a few rows
//         sums = neutral                     // rows x vectors, in registers
//         for k in the block
//           sums += A[m.., k] * B[k, n..]
//         C[m.., n..] += sums
//
// Each element is accumulated in the order of k, whatever the shape of strips.
//
//===----------------------------------------------------------------------===//

#include "VectorLoops.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"

using namespace atled;

namespace {
class ParallelNest {
public:
  ParallelNest(linalg::LinalgOp op, unsigned dim, ArrayRef<IndexRange> space,
               const VectorMachine &machine);

  void emit(OpBuilder &builder) {
    point.assign(space.size(), builder.getIndexAttr(0));
    emitOuter(builder, outerDims);
  }

private:
  void emitOuter(OpBuilder &builder, ArrayRef<unsigned> dims);
  void emitColumns(OpBuilder &builder);
  void emitReductions(OpBuilder &builder, ArrayRef<unsigned> dims,
                      ArrayRef<int64_t> widths);
  void emitRows(OpBuilder &builder, ArrayRef<int64_t> widths, IndexRange block);
  void emitTile(OpBuilder &builder, int64_t tileRows, ArrayRef<int64_t> widths,
                IndexRange block);

  /// The vectors of a tile of `tileRows` times `widths`, from `point` on.
  SmallVector<TileVector> getTile(OpBuilder &builder, int64_t tileRows,
                                  ArrayRef<int64_t> widths);

  linalg::LinalgOp op;
  Location loc;
  VectorBody body;
  unsigned dim;
  SmallVector<IndexRange> space;
  int64_t lanes, vectors = 1, rows = 0;
  std::optional<unsigned> rowDim;
  SmallVector<unsigned> outerDims, reductionDims;
  SmallVector<Accumulator> accumulators;
  SmallVector<OpFoldResult> point;
};
} // namespace

/// The dimension along which neighbours share what they load along `dim`: the
/// innermost that fills a tile of `rows`, since rows far apart lie in the same
/// sets of a cache, or else the longest.
static std::optional<unsigned> findRowDim(linalg::LinalgOp op, VectorBody body,
                                          unsigned dim,
                                          ArrayRef<IndexRange> space,
                                          int64_t rows) {
  std::optional<unsigned> best;
  int64_t bestExtent = 1;
  for (AffineExpr expr :
       op.getMatchingIndexingMap(op.getDpsInitOperand(0)).getResults()) {
    auto position = dyn_cast<AffineDimExpr>(expr);
    if (!position || position.getPosition() == dim)
      continue;
    unsigned candidate = position.getPosition();
    bool shares =
        llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *operand) {
          return body.dependsOn(*operand, dim) &&
                 !body.dependsOn(*operand, candidate);
        });
    int64_t extent =
        std::min(space[candidate].getStaticExtent().value_or(rows), rows);
    if (shares && extent >= bestExtent) {
      best = candidate;
      bestExtent = extent;
    }
  }
  return best;
}

ParallelNest::ParallelNest(linalg::LinalgOp op, unsigned dim,
                           ArrayRef<IndexRange> space,
                           const VectorMachine &machine)
    : op(op), loc(op.getLoc()), body(op, dim), dim(dim), space(space),
      lanes(std::max<int64_t>(
          machine.bytes / getElementBytes(op->getOperands()), 1)) {
  op.getReductionDims(reductionDims);
  if (!reductionDims.empty()) {
    rows = machine.accumulators / 2;
    rowDim = findRowDim(op, body, dim, space, rows);
    vectors = rowDim ? 2 : machine.accumulators;
  }
  accumulators = getAccumulators(op);
  // The order of the first output, so that it is written in its order.
  for (AffineExpr expr :
       op.getMatchingIndexingMap(op.getDpsInitOperand(0)).getResults())
    if (auto position = dyn_cast<AffineDimExpr>(expr))
      outerDims.push_back(position.getPosition());
  for (unsigned other = 0; other < space.size(); ++other)
    if (!llvm::is_contained(outerDims, other))
      outerDims.push_back(other);
  llvm::erase_if(outerDims, [&](unsigned other) {
    return other == dim || other == rowDim ||
           llvm::is_contained(reductionDims, other);
  });
}

void ParallelNest::emitOuter(OpBuilder &builder, ArrayRef<unsigned> dims) {
  if (dims.empty())
    return emitColumns(builder);
  buildLoop(builder, loc, space[dims.front()],
            [&](OpBuilder &nested, OpFoldResult index) {
              point[dims.front()] = index;
              emitOuter(nested, dims.drop_front());
            });
}

void ParallelNest::emitColumns(OpBuilder &builder) {
  buildStrips(builder, loc, space[dim], lanes * vectors, /*isRestHalved=*/true,
              [&](OpBuilder &nested, OpFoldResult index, int64_t size) {
                point[dim] = index;
                emitReductions(nested, reductionDims,
                               splitInWidths(size, lanes));
              });
}

void ParallelNest::emitReductions(OpBuilder &builder, ArrayRef<unsigned> dims,
                                  ArrayRef<int64_t> widths) {
  if (dims.empty())
    return emitRows(builder, widths, {});
  if (dims.size() > 1) {
    buildLoop(builder, loc, space[dims.front()],
              [&](OpBuilder &nested, OpFoldResult index) {
                point[dims.front()] = index;
                emitReductions(nested, dims.drop_front(), widths);
              });
    return;
  }
  IndexRange range = space[dims.front()];
  // Without a combiner, the steps are one chain.
  bool isSplit = llvm::all_of(accumulators, [](const Accumulator &accumulator) {
    return accumulator.combiner.has_value();
  });
  if (!isSplit)
    return emitRows(builder, widths, range);
  buildBlocks(builder, loc, range, kReductionBlock,
              [&](OpBuilder &nested, IndexRange block) {
                emitRows(nested, widths, block);
              });
}

void ParallelNest::emitRows(OpBuilder &builder, ArrayRef<int64_t> widths,
                            IndexRange block) {
  if (!rowDim)
    return emitTile(builder, 1, widths, block);
  buildStrips(builder, loc, space[*rowDim], rows, /*isRestHalved=*/false,
              [&](OpBuilder &nested, OpFoldResult index, int64_t size) {
                point[*rowDim] = index;
                emitTile(nested, size, widths, block);
              });
}

SmallVector<TileVector> ParallelNest::getTile(OpBuilder &builder,
                                              int64_t tileRows,
                                              ArrayRef<int64_t> widths) {
  SmallVector<TileVector> tile;
  for (int64_t row = 0; row < tileRows; ++row) {
    SmallVector<OpFoldResult> start =
        rowDim ? moved(builder, loc, point, *rowDim, row) : point;
    int64_t offset = 0;
    for (auto [column, width] : llvm::enumerate(widths)) {
      tile.push_back({moved(builder, loc, start, dim, offset), width, row,
                      int64_t(column)});
      offset += width;
    }
  }
  return tile;
}

void ParallelNest::emitTile(OpBuilder &builder, int64_t tileRows,
                            ArrayRef<int64_t> widths, IndexRange block) {
  SmallVector<TileVector> tile = getTile(builder, tileRows, widths);
  if (reductionDims.empty()) {
    computeTile(builder, op, body, rowDim, tile, {}, {});
    return;
  }
  SmallVector<Value> sums;
  for (const Accumulator &accumulator : accumulators)
    for (const TileVector &part : tile) {
      Value sum = accumulator.combiner
                      ? accumulator.combiner->getNeutral(builder, loc)
                      : body.load(builder, *accumulator.operand, part.start,
                                  part.width);
      sums.push_back(broadcast(builder, loc, sum, part.width));
    }
  sums =
      buildLoop(builder, loc, block, 1, sums,
                [&](OpBuilder &nested, OpFoldResult index, ValueRange values) {
                  point[reductionDims.back()] = index;
                  return computeTile(nested, op, body, rowDim,
                                     getTile(nested, tileRows, widths),
                                     accumulators, values);
                });
  auto sum = sums.begin();
  for (const Accumulator &accumulator : accumulators)
    for (const TileVector &part : tile) {
      Value total = *sum++;
      if (accumulator.combiner)
        total = accumulator.combiner->combine(
            builder,
            body.load(builder, *accumulator.operand, part.start, part.width),
            total);
      body.store(builder, total, *accumulator.operand, part.start, part.width);
    }
}

void atled::vectorizeParallel(OpBuilder &builder, linalg::LinalgOp op,
                              unsigned dim, ArrayRef<IndexRange> space,
                              const VectorMachine &machine) {
  ParallelNest(op, dim, space, machine).emit(builder);
}
