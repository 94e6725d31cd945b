//===- ResidualReport.h - Tells what the way back keeps ----------*- C++
//-*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_RESIDUALREPORT_H
#define ATLED_LIB_DIFFERENTIATION_RESIDUALREPORT_H

#include "Residuals.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/raw_ostream.h"

namespace atled {

/// What derived functions keep for their way back: how many bytes, of which
/// operation, why, and what it would take to compute it again.
class ResidualReport {
public:
  /// Records the values that `plan` keeps, while they are still where they are
  /// computed. `holders` are the values that then have them: stacks of `count`
  /// of them (how many is not known if it is 0), or, of `count` 1, the values
  /// themselves, or the results of a branch.
  void record(const ResidualPlan &plan, ValueRange holders, int64_t count);
  /// Records snapshots of `values`, which a loop carries.
  void recordSnapshots(ValueRange values, ValueRange holders, int64_t count);
  /// Tells that copies stand for values from now on.
  void remap(const IRMapping &mapping);

  void print(llvm::raw_ostream &os) const;

private:
  struct Entry {
    Location location;
    /// What computes the value, and its type.
    std::string source;
    Type type;
    std::string reason;
    std::optional<int64_t> operations;
    /// How many of them each level of loops keeps; 0 is not known.
    SmallVector<int64_t> counts;
    /// The function that keeps it.
    StringAttr function;
    Value holder;

    /// Nothing if it is not known.
    std::optional<int64_t> getBytes() const;
  };

  /// Whether an entry is of what `value` holds; then `holder` does, `count`
  /// times.
  bool hold(Value value, Value holder, int64_t count);
  void printEntry(const Entry &entry, llvm::raw_ostream &os) const;

  SmallVector<Entry, 0> entries;
};

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_RESIDUALREPORT_H
