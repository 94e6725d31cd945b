//===- OutputFiles.cpp - All files or none --------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every file is first written under another name beside its own; when all are
// there, they are renamed.
//
//===----------------------------------------------------------------------===//

#include "atled/Support/OutputFiles.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace atled;
using llvm::sys::fs::TempFile;

bool atled::isSameFile(StringRef path, StringRef other) {
  namespace fs = llvm::sys::fs;
  if (path == "-" || other == "-")
    return false;
  // Nothing is lost in /dev/null.
  if (fs::exists(path) && !fs::is_regular_file(path))
    return false;
  if (path == other || fs::equivalent(path, other))
    return true;
  auto getFolder = [](StringRef file) {
    StringRef folder = llvm::sys::path::parent_path(file);
    return folder.empty() ? StringRef(".") : folder;
  };
  return llvm::sys::path::filename(path) == llvm::sys::path::filename(other) &&
         fs::equivalent(getFolder(path), getFolder(other));
}

OutputFiles::OutputFiles(StringRef tool)
    : report([tool](const Twine &message) {
        llvm::WithColor::error(llvm::errs(), tool) << message << "\n";
      }) {}

LogicalResult OutputFiles::reportUnwritable(StringRef path,
                                            const Twine &reason) const {
  report("cannot write '" + path + "': " + reason);
  return failure();
}

/// A device or a pipe cannot be replaced by a file: it is written as it is.
static bool isWrittenInPlace(StringRef path) {
  llvm::sys::fs::file_status status;
  return path == "-" || (!llvm::sys::fs::status(path, status) &&
                         llvm::sys::fs::exists(status) &&
                         !llvm::sys::fs::is_regular_file(status));
}

LogicalResult OutputFiles::writeInPlace(const File &file) const {
  std::error_code error;
  llvm::raw_fd_ostream os(file.path, error);
  if (!error) {
    os << file.content;
    os.flush();
    error = os.error();
    os.clear_error();
  }
  return error ? reportUnwritable(file.path, error.message()) : success();
}

static llvm::Expected<TempFile> writeTemporary(StringRef path,
                                               StringRef content) {
  llvm::Expected<TempFile> file =
      TempFile::create(path + ".tmp-%%%%%%%%", 0666);
  if (!file)
    return file;
  llvm::raw_fd_ostream os(file->FD, /*shouldClose=*/false);
  os << content;
  os.flush();
  if (std::error_code error = os.error()) {
    os.clear_error();
    llvm::consumeError(file->discard());
    return llvm::errorCodeToError(error);
  }
  return file;
}

LogicalResult OutputFiles::write() {
  SmallVector<std::pair<TempFile, StringRef>> temporaries;
  auto discardAll = [&] {
    for (auto &[file, path] : temporaries)
      llvm::consumeError(file.discard());
    return failure();
  };
  for (const File &file : files) {
    if (isWrittenInPlace(file.path))
      continue;
    llvm::Expected<TempFile> temporary =
        writeTemporary(file.path, file.content);
    if (!temporary) {
      (void)reportUnwritable(file.path, llvm::toString(temporary.takeError()));
      return discardAll();
    }
    temporaries.emplace_back(std::move(*temporary), file.path);
  }
  for (const File &file : files)
    if (isWrittenInPlace(file.path) && failed(writeInPlace(file)))
      return discardAll();
  for (auto &[file, path] : temporaries)
    if (llvm::Error error = file.keep(path)) {
      (void)reportUnwritable(path, llvm::toString(std::move(error)));
      return discardAll();
    }
  return success();
}
