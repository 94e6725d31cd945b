//===- IndexedWindows.h - The numbers of gather and scatter ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_INDEXEDWINDOWS_H
#define ATLED_DIALECT_ATLED_IR_INDEXEDWINDOWS_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace atled {

/// How the windows of a tensor and the tensor of windows correspond, in the
/// dimension numbers of StableHLO's gather and scatter.
struct IndexedWindows {
  /// Dimensions of the tensor of windows that run inside a window.
  ArrayRef<int64_t> offset;
  /// Dimensions of the tensor that the tensor of windows does not have.
  ArrayRef<int64_t> collapsed;
  /// Dimensions of the tensor, and of the indices, that go together.
  ArrayRef<int64_t> batch, indexBatch;
  /// The dimension of the tensor that each element of an index vector counts
  /// along.
  ArrayRef<int64_t> indexed;
  /// The dimension of the indices along which an index vector runs.
  int64_t vector;
  /// The ranks of the tensor and of the indices.
  int64_t rank, indexRank;

  /// The rank of the tensor of windows.
  int64_t getWindowsRank() const;
  /// Dimensions of the tensor that a window keeps, in order.
  SmallVector<int64_t> getKept() const;
  /// Dimensions of the tensor of windows that run over the index vectors, in
  /// order; and those of the indices that are the same.
  SmallVector<int64_t> getOuter() const;
  SmallVector<int64_t> getIndexOuter() const;
  /// The dimension of the tensor of windows along which a window runs in
  /// dimension `dimension` of the tensor.
  std::optional<int64_t> getOffset(int64_t dimension) const;
  /// The dimension of the tensor of windows whose index is where a window
  /// begins in dimension `dimension` of the tensor.
  std::optional<int64_t> getOuterBatch(int64_t dimension) const;
  /// The element of the index vector that says where a window begins in
  /// dimension `dimension` of the tensor.
  std::optional<int64_t> getVectorElement(int64_t dimension) const;
};

} // namespace atled

#endif // ATLED_DIALECT_ATLED_IR_INDEXEDWINDOWS_H
