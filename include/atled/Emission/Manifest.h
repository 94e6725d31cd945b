//===- Manifest.h - What is in an object, for programs to read -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the header says to a C compiler, as JSON for whoever builds, checks or
// calls an object by other means; and what the object was made of.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_MANIFEST_H
#define ATLED_EMISSION_MANIFEST_H

#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/ExternalFunction.h"
#include "atled/Target/CPU/StackUse.h"
#include "atled/Target/Target.h"

namespace atled {

/// What is known of an object besides its functions.
struct ManifestFacts {
  Target target;
  /// The versions of the code, if there is more than that for `target`.
  ArrayRef<Target> versions;
  /// The text of the program.
  StringRef input;
  /// The flags that can change the object: no paths.
  ArrayRef<std::string> flags;
  /// What the linker has to find.
  std::vector<std::string> undefinedSymbols;
  /// The most bytes of stack that a call takes, by the functions' symbols.
  StackUse stackUse;
};

/// What an object file of ours calls and does not define, in alphabetical
/// order.
std::vector<std::string> getUndefinedSymbols(StringRef object);

void printManifest(ArrayRef<EntryPoint> entries,
                   ArrayRef<ExternalFunction> externals,
                   const ManifestFacts &facts, raw_ostream &os);

} // namespace atled

#endif // ATLED_EMISSION_MANIFEST_H
