//===- Library.cpp - Libraries of one object ------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/Library.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace atled;

std::string atled::makeArchive(StringRef object) {
  // The member has the same name whatever the files are called.
  llvm::NewArchiveMember member(llvm::MemoryBufferRef(object, "atled.o"));
  return llvm::cantFail(llvm::writeArchiveToBuffer(
                            member, llvm::SymtabWritingMode::NormalSymtab,
                            llvm::object::Archive::K_GNU,
                            /*Deterministic=*/true,
                            /*Thin=*/false))
      ->getBuffer()
      .str();
}

/// The C compiler of this machine for `triple`, by the names that are usual.
static FailureOr<std::string> findCompiler(StringRef triple, Location loc) {
  llvm::Triple target(triple), host(llvm::sys::getDefaultTargetTriple());
  std::string cross = (target.getArchName() + "-" + target.getOSName() + "-" +
                       target.getEnvironmentName() + "-gcc")
                          .str();
  SmallVector<std::string> names = {cross};
  if (target.getArch() == host.getArch() && target.getOS() == host.getOS())
    names = {"cc", "gcc", "clang"};
  for (const std::string &name : names)
    if (llvm::ErrorOr<std::string> path = llvm::sys::findProgramByName(name))
      return *path;
  return emitError(loc) << "a C compiler is needed to link for " << triple
                        << ", and there is no '" << names.front()
                        << "' in the PATH";
}

FailureOr<std::string>
atled::linkSharedLibrary(StringRef object, StringRef triple, Location loc) {
  if (llvm::Triple(triple).getOS() == llvm::Triple::UnknownOS)
    return emitError(loc) << "there are no shared libraries on " << triple
                          << ", which has no operating system; --emit=lib is "
                             "a static one";
  FailureOr<std::string> compiler = findCompiler(triple, loc);
  if (failed(compiler))
    return failure();
  SmallString<128> objectPath, libraryPath, messagesPath;
  llvm::scope_exit remove([&] {
    for (StringRef path : {StringRef(objectPath), StringRef(libraryPath),
                           StringRef(messagesPath)})
      // What cannot be removed is left to whoever cleans the folder.
      if (!path.empty())
        llvm::consumeError(llvm::errorCodeToError(llvm::sys::fs::remove(path)));
  });
  auto fail = [&](StringRef reason) {
    return emitError(loc) << "cannot link a shared library: " << reason;
  };
  int descriptor;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile(
          "atled", "o", descriptor, objectPath))
    return fail(error.message());
  llvm::raw_fd_ostream os(descriptor, /*shouldClose=*/true);
  os << object;
  os.close();
  if (os.has_error()) {
    std::string message = os.error().message();
    os.clear_error();
    return fail(message);
  }
  for (auto [path, suffix] :
       {std::pair(&libraryPath, "so"), std::pair(&messagesPath, "txt")})
    if (std::error_code error =
            llvm::sys::fs::createTemporaryFile("atled", suffix, *path))
      return fail(error.message());

  // No start files, no build number, no name: the bytes are those of the
  // object.
  StringRef arguments[] = {
      *compiler, "-shared",   "-nostartfiles", "-Wl,--build-id=none",
      "-o",      libraryPath, objectPath,      "-lm"};
  std::optional<StringRef> redirects[] = {
      StringRef(""), StringRef(messagesPath), StringRef(messagesPath)};
  int code =
      llvm::sys::ExecuteAndWait(*compiler, arguments, std::nullopt, redirects);
  auto messages = llvm::MemoryBuffer::getFile(messagesPath);
  if (code != 0)
    return fail(("'" + *compiler +
                 "' says: " + (messages ? (*messages)->getBuffer().trim() : ""))
                    .str());
  auto library = llvm::MemoryBuffer::getFile(libraryPath);
  if (!library)
    return fail(library.getError().message());
  return (*library)->getBuffer().str();
}
