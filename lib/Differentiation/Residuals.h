//===- Residuals.h - What the way back needs of the primal -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The way back is built as if it stood below the primal, in the same block.
// Where it stands elsewhere (in another function, in the other loop, in the
// other branch), some of what it uses is kept as a residual, and the rest is
// computed again. How residuals get there is the affair of who split the two.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_RESIDUALS_H
#define ATLED_LIB_DIFFERENTIATION_RESIDUALS_H

#include "atled/Differentiation/DerivedFunctions.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace atled {
class ResidualReport;

/// How one block gets what it uses of another's values.
struct ResidualPlan {
  /// The uses in `reverse`, nested regions included, of values of `primal`.
  llvm::MapVector<Value, SmallVector<OpOperand *>> uses;
  /// The values to keep, in the order in which `primal` computes them.
  SmallVector<Value> kept;
  /// What is computed again from those, in order.
  SmallVector<Operation *> recomputed;
};

/// What `reverse`, nested regions included, uses of `primal`'s arguments and
/// results of operations. Removes from it what is dead.
SmallVector<Value> findCrossingValues(Block &primal, Block &reverse);

/// Plans what `reverse` gets of the arguments and results of `primal`'s
/// operations: the least bytes, as `getCost` tells them for a value, that allow
/// to compute the rest again. What has no cost cannot be kept; it is computed
/// again however dear that is. What `available` maps is in `reverse` already.
/// Removes from `reverse` what is dead.
ResidualPlan planResiduals(Block &primal, Block &reverse,
                           const IRMapping &available,
                           function_ref<std::optional<int64_t>(Value)> getCost);

/// Carries out a plan, once `replacements` maps all that is available or kept.
/// What is computed again is built by `builder`.
void applyResiduals(const ResidualPlan &plan, OpBuilder &builder,
                    IRMapping &replacements);

/// The bytes of a value of `type`; extents that are not known count as many.
int64_t estimateBytes(Type type);

/// What `op` uses, in its regions too.
SmallVector<Value> getUsedValues(Operation *op);

/// Passes residuals between the halves of a function: as leading arguments of
/// the reverse half, which the primal half returns unless its caller has them.
/// Tells `report`, if there is one.
void passResiduals(SplitFunction &split, ResidualReport *report);

/// Tells `report` what `reverse`, which goes behind `primal`, uses of what that
/// computes.
void reportResiduals(ResidualReport &report, Block &primal, Block &reverse);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_RESIDUALS_H
