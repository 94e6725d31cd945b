//===- VectorLoops.h - Loops around a vectorised body ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builders of the loop nests that vectorisation emits, and the ways in which
// a linalg operation can be vectorised.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_VECTORLOOPS_H
#define ATLED_LIB_CODEGEN_VECTORLOOPS_H

#include "VectorBody.h"

namespace atled {

/// The indices from `begin` on, `extent` of them.
struct IndexRange {
  OpFoldResult begin, extent;

  std::optional<int64_t> getStaticExtent() const;
};

/// What the machine offers: it decides shapes of loops, never bits.
struct VectorMachine {
  int64_t bytes;        ///< in a vector register
  int64_t accumulators; ///< vector registers for sums in flight
};

/// Builds `for (i = begin; i < begin + extent; i += step)`; none if it runs at
/// most once. `body` gets the index and the values carried, and returns the
/// next.
using LoopBody =
    function_ref<SmallVector<Value>(OpBuilder &, OpFoldResult, ValueRange)>;
SmallVector<Value> buildLoop(OpBuilder &builder, Location loc, IndexRange range,
                             int64_t step, ValueRange carried, LoopBody body);
void buildLoop(OpBuilder &builder, Location loc, IndexRange range,
               function_ref<void(OpBuilder &, OpFoldResult)> body);

/// Splits `range` after the last multiple of `size` from its begin.
std::pair<IndexRange, IndexRange> splitRange(OpBuilder &builder, Location loc,
                                             IndexRange range, int64_t size);

/// Splits `range` in blocks of `size`. Calls `body` once for a loop over the
/// full ones and once for what remains.
void buildBlocks(OpBuilder &builder, Location loc, IndexRange range,
                 int64_t size,
                 function_ref<void(OpBuilder &, IndexRange)> body);

/// Splits `range`, of less than `size` elements, into halves, quarters and so
/// on of `size` as its extent demands: calls `body` with a range of either none
/// or `width` elements, for each width.
void buildHalves(OpBuilder &builder, Location loc, IndexRange range,
                 int64_t size,
                 function_ref<void(OpBuilder &, IndexRange, int64_t)> body);

/// The same as blocks, but where the extent is dynamic, what remains is made of
/// strips of halves, quarters and so on, or of size 1. So the size of a strip
/// is always known.
void buildStrips(OpBuilder &builder, Location loc, IndexRange range,
                 int64_t size, bool isRestHalved,
                 function_ref<void(OpBuilder &, OpFoldResult, int64_t)> body);

/// `size` as a sum of vector widths, each a power of two of at most `lanes`.
SmallVector<int64_t> splitInWidths(int64_t size, int64_t lanes);

/// The iteration space of `op`: a range per dimension.
SmallVector<IndexRange> getIterationSpace(OpBuilder &builder,
                                          linalg::LinalgOp op);

/// Bytes of the widest element of `operands`.
int64_t getElementBytes(ValueRange operands);

/// The operation that combines two partial results of output `index`, if the
/// body is `output = combine(output, value)`. What it does to `a` and `b`.
struct Combiner {
  Operation *op;

  static std::optional<Combiner> match(linalg::LinalgOp op, unsigned index);

  Value combine(OpBuilder &builder, Value a, Value b) const;
  /// The value that changes nothing, bit for bit.
  Value getNeutral(OpBuilder &builder, Location loc) const;
};

/// An output that accumulates over some dimension.
struct Accumulator {
  unsigned output;
  OpOperand *operand;
  std::optional<Combiner> combiner;
};
SmallVector<Accumulator> getAccumulators(linalg::LinalgOp op);

/// The position in `accumulators` of output `output`.
std::optional<unsigned> findAccumulator(ArrayRef<Accumulator> accumulators,
                                        unsigned output);

/// One vector of a tile: its first point, its width, and its place in the tile.
/// Vectors of a row, or of a column, share what does not depend on the other.
struct TileVector {
  SmallVector<OpFoldResult> start;
  int64_t width, row, column;
};

/// Computes the body once for each vector of a tile. `sums` holds, for each
/// accumulator, a value per vector; the updated ones are returned. Outputs that
/// do not accumulate are stored.
SmallVector<Value> computeTile(OpBuilder &builder, linalg::LinalgOp op,
                               VectorBody body, std::optional<unsigned> rowDim,
                               ArrayRef<TileVector> tile,
                               ArrayRef<Accumulator> accumulators,
                               ValueRange sums);

/// Steps of a reduction that are accumulated one after the other; more are
/// accumulated in blocks of so many, whose results are accumulated in turn. It
/// bounds the growth of rounding errors, and with it what a loop touches.
constexpr int64_t kReductionBlock = 256;

/// Emits `op` on vectors along the parallel dimension `dim`.
void vectorizeParallel(OpBuilder &builder, linalg::LinalgOp op, unsigned dim,
                       ArrayRef<IndexRange> space,
                       const VectorMachine &machine);

/// Emits `op` with partial results in lanes along the reduction dimension
/// `dim`. Every output must be combined by a `Combiner` or have the dimension.
void vectorizeReduction(OpBuilder &builder, linalg::LinalgOp op, unsigned dim,
                        ArrayRef<IndexRange> space,
                        const VectorMachine &machine);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_VECTORLOOPS_H
