//===- SliceRange.h - The ranges of a slice ---------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_SLICERANGE_H
#define ATLED_LIB_DIALECT_ATLED_IR_SLICERANGE_H

#include "atled/Dialect/Atled/IR/Atled.h"

namespace atled {

/// What a slice takes of one dimension. The limit may be `?`: to the end.
struct SliceRange {
  int64_t start, limit, stride;
};

using SliceRanges = SmallVector<SliceRange>;

SliceRanges getRanges(SliceOp op);

SliceOp createSlice(OpBuilder &builder, Location location, Value x,
                    ArrayRef<SliceRange> ranges);

/// start + count * stride, if that is less than 2^63.
std::optional<int64_t> getIndex(int64_t start, int64_t count, int64_t stride);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_IR_SLICERANGE_H
