//===- FindSymbols.cpp - Functions that a program only declares -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only the libraries that the user names are searched: a function of this
// process that happens to have the name would be called with arguments that it
// does not expect.
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/LoadedObject.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/FileSystem.h"

using namespace atled;
using llvm::sys::DynamicLibrary;

/// Loads `path`. A name without a slash is a file here, if there is one, and
/// else one that the system's loader finds.
static FailureOr<DynamicLibrary> loadLibrary(StringRef path, Location loc) {
  std::string file = path.str();
  if (!path.contains('/') && llvm::sys::fs::exists(path))
    file = "./" + file;
  std::string message;
  DynamicLibrary library =
      DynamicLibrary::getPermanentLibrary(file.c_str(), &message);
  if (!library.isValid())
    return emitError(loc) << "cannot load the library '" << path
                          << "': " << message;
  return library;
}

FailureOr<SymbolAddresses>
atled::findSymbols(ArrayRef<ExternalFunction> externals,
                   ArrayRef<std::string> libraries, Location loc) {
  SmallVector<DynamicLibrary> loaded;
  for (const std::string &path : libraries) {
    FailureOr<DynamicLibrary> library = loadLibrary(path, loc);
    if (failed(library))
      return failure();
    loaded.push_back(*library);
  }
  SymbolAddresses addresses;
  for (const ExternalFunction &external : externals) {
    void *address = nullptr;
    for (DynamicLibrary &library : loaded)
      if (!address)
        address = library.getAddressOfSymbol(external.name.c_str());
    if (!address)
      return emitError(external.location)
             << "function '" << external.name << "' has no body, and "
             << (loaded.empty() ? "no library is loaded"
                                : "no library that is loaded defines it")
             << "; give the shared library that does with '--load'";
    addresses.emplace_back(external.name, address);
  }
  return addresses;
}
