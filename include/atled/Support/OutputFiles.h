//===- OutputFiles.h - All files or none -----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_OUTPUTFILES_H
#define ATLED_SUPPORT_OUTPUTFILES_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include <functional>
#include <string>

namespace atled {

/// Whether two paths name one file, whether or not it exists; "-" is none.
bool isSameFile(StringRef path, StringRef other);

/// What is to be written at the end of a run. Either every file appears, whole,
/// or none does.
class OutputFiles {
public:
  /// Errors go to stderr, and name `tool`.
  explicit OutputFiles(StringRef tool);
  /// Or `report` gets the message.
  explicit OutputFiles(std::function<void(const Twine &)> report)
      : report(std::move(report)) {}

  /// `path` "-" is the standard output.
  void add(StringRef path, std::string content) {
    files.push_back({path.str(), std::move(content)});
  }

  /// Writes everything. Reports an error and leaves nothing behind where a file
  /// cannot be written.
  LogicalResult write();

private:
  struct File {
    std::string path, content;
  };

  LogicalResult reportUnwritable(StringRef path, const Twine &reason) const;
  LogicalResult writeInPlace(const File &file) const;

  std::function<void(const Twine &)> report;
  SmallVector<File> files;
};

} // namespace atled

#endif // ATLED_SUPPORT_OUTPUTFILES_H
