//===- LoopResiduals.h - What a loop keeps for its way back -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two loops, the primal and the one that goes back, whose body was built as if
// it stood in the primal's. Each function here gives it what it uses there, and
// returns what stands for the primal's results then.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_LOOPRESIDUALS_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_LOOPRESIDUALS_H

#include "atled/Differentiation/DerivedFunctions.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace atled {

/// The loops that stand for `original`, which diagnostics name; and whom to
/// tell what is kept, if anybody wants to know.
struct LoopPair {
  scf::ForOp original, primal, reverse;
  ResidualReport *report;

  /// The number of the primal's iteration that an iteration of `reverse` goes
  /// back through.
  Value buildIterationNumber(OpBuilder &builder);
};

/// Keeps of every iteration what is not cheap to compute again.
FailureOr<SmallVector<Value>> passLoopResiduals(LoopPair &loops);

/// Keeps what every `period`-th iteration begins with, and runs `period` of
/// them again at a time, which then keep what they would otherwise. `primal`
/// and `reverse` become loops over these segments.
FailureOr<SmallVector<Value>> passSegments(LoopPair &loops, int64_t period);

/// Keeps at most `capacity` snapshots of what the primal carries, and runs its
/// iterations again from the last one before. `reverse` carries them too, after
/// what it has carried.
FailureOr<SmallVector<Value>> passSnapshots(LoopPair &loops, int64_t capacity,
                                            DerivedFunctions &functions);

/// Builds empty stacks, before `loop`, for `capacity` of each of `values`,
/// which its body computes, and one more of those in `behindFirst`. Fails,
/// after a diagnostic on `original`, if there is none for a type, or none so
/// large.
FailureOr<SmallVector<Value>>
buildStacks(OpBuilder &builder, scf::ForOp original, scf::ForOp loop,
            ValueRange values, OpFoldResult capacity,
            const DenseSet<Value> &behindFirst = {});

/// Lets `loop` fill the empty stacks with each of `values`, which its body
/// computes: as soon as a value is there, before anything may take its place.
/// Those in `behindFirst` begin at the second place. Returns the full stacks.
SmallVector<Value> fillStacks(scf::ForOp &loop, ArrayRef<Value> values,
                              ArrayRef<Value> empty,
                              const DenseSet<Value> &behindFirst = {});

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_LOOPRESIDUALS_H
