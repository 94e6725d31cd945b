//===- NearestName.cpp - What a misspelt name was meant to be -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/NearestName.h"

using namespace atled;

StringRef atled::findNearestName(StringRef name, ArrayRef<StringRef> names) {
  unsigned limit = std::max<unsigned>(2, name.size() / 3);
  StringRef nearest;
  for (StringRef candidate : names) {
    unsigned distance =
        name.edit_distance(candidate, /*AllowReplacements=*/true, limit);
    if (distance > limit)
      continue;
    nearest = candidate;
    if (distance == 0)
      break;
    limit = distance - 1;
  }
  return nearest;
}

std::string atled::suggestNearestName(StringRef name,
                                      ArrayRef<StringRef> names) {
  StringRef nearest = findNearestName(name, names);
  return nearest.empty() ? "" : "; did you mean '" + nearest.str() + "'?";
}
