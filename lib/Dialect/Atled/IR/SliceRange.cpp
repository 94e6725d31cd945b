//===- SliceRange.cpp - The ranges of a slice -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SliceRange.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace atled;

SliceRanges atled::getRanges(SliceOp op) {
  SliceRanges ranges;
  for (auto [start, limit, stride] :
       llvm::zip(op.getStarts(), op.getLimits(), op.getStrides()))
    ranges.push_back({start, limit, stride});
  return ranges;
}

SliceOp atled::createSlice(OpBuilder &builder, Location location, Value x,
                           ArrayRef<SliceRange> ranges) {
  SmallVector<int64_t> starts, limits, strides;
  for (const SliceRange &range : ranges) {
    starts.push_back(range.start);
    limits.push_back(range.limit);
    strides.push_back(range.stride);
  }
  return SliceOp::create(builder, location, x, starts, limits, strides);
}

std::optional<int64_t> atled::getIndex(int64_t start, int64_t count,
                                       int64_t stride) {
  std::optional<int64_t> distance = llvm::checkedMul(count, stride);
  return distance ? llvm::checkedAdd(start, *distance) : std::nullopt;
}
