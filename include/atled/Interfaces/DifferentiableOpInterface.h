//===- DifferentiableOpInterface.h - Operations with a rule ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_DIFFERENTIABLEOPINTERFACE_H
#define ATLED_INTERFACES_DIFFERENTIABLEOPINTERFACE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/SmallBitVector.h"
#include <optional>

namespace atled {
/// What the results of an operation do when one operand changes.
enum class DerivativeKind {
  /// They follow it: the rule says how.
  Exists,
  /// They have a derivative, and it is zero everywhere: `sign`, `detach`.
  Zero,
  /// Nothing is said of a derivative. A gradient that needs it is an error.
  None,
};

/// The number of elements of the largest operand or result of `op`; nothing if
/// a size is not known.
std::optional<int64_t> countElements(Operation *op);
} // namespace atled

#include "atled/Interfaces/DifferentiableOpInterface.h.inc"

#endif // ATLED_INTERFACES_DIFFERENTIABLEOPINTERFACE_H
