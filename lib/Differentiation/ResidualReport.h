//===- ResidualReport.h - Tells what the way back keeps ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_RESIDUALREPORT_H
#define ATLED_LIB_DIFFERENTIATION_RESIDUALREPORT_H

#include "Residuals.h"
#include "atled/Differentiation/KeptValue.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/raw_ostream.h"

namespace atled {

/// What derived functions keep for their way back: how many bytes, of which
/// operation, why, and what it would take to compute it again.
class ResidualReport {
public:
  /// Records the values that `plan` keeps, while they are still where they are
  /// computed. `holders` are the values that have them then: themselves, or the
  /// results of a branch.
  void record(const ResidualPlan &plan, ValueRange holders);
  /// Records that `loop` keeps `value` in a stack of `capacity`.
  void recordStack(const ResidualPlan &plan, Value value, Value stack,
                   OpFoldResult capacity, Operation *loop);
  /// Records snapshots of `values`, which `loop` carries.
  void recordSnapshots(ValueRange values, ValueRange stacks,
                       OpFoldResult capacity, Operation *loop);
  /// Tells that copies stand for values from now on.
  void remap(const IRMapping &mapping);

  std::vector<KeptValue> getKept() const;

private:
  void record(const ResidualPlan &plan, Value value, Value holder,
              ArrayRef<KeptValue::Level> levels);

  struct Entry {
    KeptValue kept;
    /// What has it, in the function that is being built.
    Value holder;
  };

  /// Whether an entry is of what `value` holds; then `holder` does, `count`
  /// times.
  bool hold(Value value, Value holder, ArrayRef<KeptValue::Level> levels);

  SmallVector<Entry, 0> entries;
};

/// Prints what derived functions keep, one after the other, the largest first.
void printKept(ArrayRef<KeptValue> kept, llvm::raw_ostream &os);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_RESIDUALREPORT_H
