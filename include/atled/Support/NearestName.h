//===- NearestName.h - What a misspelt name was meant to be ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_NEARESTNAME_H
#define ATLED_SUPPORT_NEARESTNAME_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace atled {

/// The one of `names` that takes the fewest edits to become `name`; the first
/// of equals. Empty where none comes near: more than a third of the letters
/// (two at least) would have to change.
StringRef findNearestName(StringRef name, ArrayRef<StringRef> names);

/// "; did you mean 'loss'?" for a diagnostic, or nothing where no name is near.
std::string suggestNearestName(StringRef name, ArrayRef<StringRef> names);

} // namespace atled

#endif // ATLED_SUPPORT_NEARESTNAME_H
