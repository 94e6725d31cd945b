//===- Cotangents.h - What travels back to each value ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_COTANGENTS_H
#define ATLED_DIFFERENTIATION_COTANGENTS_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"

namespace atled {

/// What one use of a value contributes to its cotangent.
struct Contribution {
  Value value;
  /// Of what a loop has added up, or a branch in one: its result, of which
  /// `value` is the conversion if that was in a wider type, and what it began
  /// with. In the place of that who adds up more puts what there is, or `zero`.
  Value sum, begin, zero;
};
using Contributions = SmallVector<Contribution>;

/// The cotangents of the values of a function while the reverse pass is built:
/// SSA values that are added, never cells that are written. A value without
/// contributions has the cotangent zero, which is no value at all.
class Cotangents {
public:
  /// Adds a contribution to the cotangent of `primal`.
  void add(Value primal, const Contribution &contribution) {
    contributions[primal].push_back(contribution);
  }

  /// Builds the sum of all contributions to `primal`, as one balanced sum, and
  /// forgets them. Null stands for zero. All uses of `primal` must have
  /// contributed.
  Value take(OpBuilder &builder, Value primal);

  /// Forgets all contributions that are left, and returns them in the order in
  /// which the values first got one.
  SmallVector<std::pair<Value, Contributions>> takeAll();

private:
  llvm::MapVector<Value, Contributions> contributions;
};

/// Builds the sum of contributions to `primal`, at least one.
Value buildSum(OpBuilder &builder, Value primal,
               ArrayRef<Contribution> contributions);

/// Converts a cotangent to or from the type in which a loop adds up.
Value convertCotangent(OpBuilder &builder, Location location, Value value,
                       Type to);

/// Builds the zero tangent or cotangent of a value whose primal is `primal`.
Value buildZeroTangent(OpBuilder &builder, Value primal);

} // namespace atled

#endif // ATLED_DIFFERENTIATION_COTANGENTS_H
