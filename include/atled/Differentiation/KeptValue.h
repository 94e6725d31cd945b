//===- KeptValue.h - A value that is kept for the way back ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_KEPTVALUE_H
#define ATLED_DIFFERENTIATION_KEPTVALUE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include <optional>
#include <string>

namespace atled {

/// A value that a derived function keeps for its way back.
struct KeptValue {
  /// A loop that keeps it in every iteration, or in every segment.
  struct Level {
    /// How many of them; 0 if that is not known.
    int64_t count;
    /// The number of the loop, from its attribute `ad.loop`.
    std::optional<int64_t> loop;
  };

  /// Where the value is computed, by what, and its type.
  Location location;
  std::string source;
  Type type;
  /// What uses it on the way back.
  std::string uses;
  /// The scalar operations that it takes to compute it again, once; nothing if
  /// only a run tells, or if nothing computes it.
  std::optional<int64_t> operations;
  /// From the outside in.
  SmallVector<Level> levels;
  /// The function that keeps it.
  StringAttr function;

  /// The bytes of all of them; nothing if that is not known.
  std::optional<int64_t> getBytes() const;
};

} // namespace atled

#endif // ATLED_DIFFERENTIATION_KEPTVALUE_H
