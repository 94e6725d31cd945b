//===- Summary.h - One line about an operation ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_TBLGEN_SUMMARY_H
#define ATLED_TOOLS_ATLED_TBLGEN_SUMMARY_H

#include "llvm/ADT/StringExtras.h"
#include <string>

namespace atled::tblgen {

/// A summary, with a capital at its beginning and no full stop at its end.
inline std::string capitalize(llvm::StringRef summary) {
  std::string text = summary.trim().rtrim('.').str();
  if (!text.empty())
    text[0] = llvm::toUpper(text[0]);
  return text;
}

} // namespace atled::tblgen

#endif // ATLED_TOOLS_ATLED_TBLGEN_SUMMARY_H
