//===- Diagnostics.h - What the verifiers have in common -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks that return an error at the operation and point at the operand that
// does not fit. They serve type inference, where there is no operation yet, and
// perhaps no location; then they only fail.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_DIAGNOSTICS_H
#define ATLED_LIB_DIALECT_ATLED_IR_DIAGNOSTICS_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/Twine.h"
#include <optional>

namespace atled {

/// An operand, and what a message calls it.
struct NamedOperand {
  StringRef name;
  Value value;

  RankedTensorType getType() const {
    return cast<RankedTensorType>(value.getType());
  }
};

/// Emits the error `'op' op message` at `location`, if there is one, with a
/// note at the definition of each of `origins`. Returns failure.
LogicalResult reportError(std::optional<Location> location, StringRef op,
                          const Twine &message,
                          ArrayRef<NamedOperand> origins = {});

/// An extent as it is written in a type: a number, or `?`.
std::string formatExtent(int64_t extent);

/// Both operands have the same type.
LogicalResult checkSameType(std::optional<Location> location, StringRef op,
                            NamedOperand lhs, NamedOperand rhs);

/// Both operands have the same element type.
LogicalResult checkSameElementType(std::optional<Location> location,
                                   StringRef op, NamedOperand lhs,
                                   NamedOperand rhs);

/// `dimension` is one of the dimensions of `of`, which has rank `rank`.
LogicalResult checkDimension(std::optional<Location> location, StringRef op,
                             int64_t dimension, StringRef of, int64_t rank,
                             ArrayRef<NamedOperand> origins = {});

/// Each of `dimensions` is one of the dimensions of `of`, which has rank
/// `rank`, and they increase.
LogicalResult checkIncreasingDimensions(std::optional<Location> location,
                                        StringRef op,
                                        ArrayRef<int64_t> dimensions,
                                        StringRef of, int64_t rank,
                                        ArrayRef<NamedOperand> origins = {});

/// The list called `name` has one entry for each dimension of `operand`.
LogicalResult checkEntryPerDimension(std::optional<Location> location,
                                     StringRef op, StringRef name, size_t count,
                                     NamedOperand operand);

/// The clause `sizes` has `count` entries, and the result needs `expected`, one
/// for each of its `dimensions`.
LogicalResult checkSizes(std::optional<Location> location, StringRef op,
                         size_t count, int64_t expected, StringRef dimensions);

/// The element type of `type`, an integer, can hold `count` indices along
/// `dimension`, from 0 on. If that is negative, it is not known.
LogicalResult checkIndicesFit(std::optional<Location> location, StringRef op,
                              RankedTensorType type, int64_t dimension,
                              int64_t count);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_IR_DIAGNOSTICS_H
