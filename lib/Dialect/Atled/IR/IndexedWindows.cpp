//===- IndexedWindows.cpp - The numbers of gather and scatter -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/IndexedWindows.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

using namespace atled;

static std::optional<int64_t> findIndex(ArrayRef<int64_t> list, int64_t value) {
  const int64_t *found = llvm::find(list, value);
  if (found == list.end())
    return std::nullopt;
  return found - list.begin();
}

int64_t IndexedWindows::getWindowsRank() const {
  return int64_t(offset.size()) + indexRank - (vector < indexRank ? 1 : 0);
}

SmallVector<int64_t> IndexedWindows::getKept() const {
  return llvm::filter_to_vector(llvm::seq(rank), [&](int64_t dimension) {
    return !llvm::is_contained(collapsed, dimension) &&
           !llvm::is_contained(batch, dimension);
  });
}

SmallVector<int64_t> IndexedWindows::getOuter() const {
  return llvm::filter_to_vector(llvm::seq(getWindowsRank()),
                                [&](int64_t dimension) {
                                  return !llvm::is_contained(offset, dimension);
                                });
}

SmallVector<int64_t> IndexedWindows::getIndexOuter() const {
  return llvm::filter_to_vector(llvm::seq(indexRank), [&](int64_t dimension) {
    return dimension != vector;
  });
}

std::optional<int64_t> IndexedWindows::getOffset(int64_t dimension) const {
  if (auto position = findIndex(getKept(), dimension))
    return offset[*position];
  return std::nullopt;
}

std::optional<int64_t> IndexedWindows::getOuterBatch(int64_t dimension) const {
  auto pair = findIndex(batch, dimension);
  if (!pair)
    return std::nullopt;
  return getOuter()[*findIndex(getIndexOuter(), indexBatch[*pair])];
}

std::optional<int64_t>
IndexedWindows::getVectorElement(int64_t dimension) const {
  return findIndex(indexed, dimension);
}
