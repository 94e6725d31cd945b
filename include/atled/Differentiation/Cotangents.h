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

/// The cotangents of the values of a function while the reverse pass is built:
/// SSA values that are added, never cells that are written. A value without
/// contributions has the cotangent zero, which is no value at all.
class Cotangents {
public:
  /// Adds a contribution to the cotangent of `primal`.
  void add(Value primal, Value contribution) {
    contributions[primal].push_back(contribution);
  }

  /// Builds the sum of all contributions to `primal`, as one balanced sum, and
  /// forgets them. Null stands for zero. All uses of `primal` must have
  /// contributed.
  Value take(OpBuilder &builder, Value primal);

  /// Builds the sums of all contributions that are left, in the order in which
  /// the values first got one, and forgets them.
  SmallVector<std::pair<Value, Value>> takeAll(OpBuilder &builder);

private:
  llvm::MapVector<Value, SmallVector<Value>> contributions;
};

/// Builds the zero tangent or cotangent of a value whose primal is `primal`.
Value buildZeroTangent(OpBuilder &builder, Value primal);

} // namespace atled

#endif // ATLED_DIFFERENTIATION_COTANGENTS_H
