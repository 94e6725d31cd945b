//===- Library.h - Libraries of one object ---------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_LIBRARY_H
#define ATLED_EMISSION_LIBRARY_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Location.h"
#include <string>

namespace atled {

/// A static library with `object` as its only member. The bytes depend on it
/// alone.
std::string makeArchive(StringRef object);

/// Lets the C compiler of the machine link `object`, which is for `triple`: a
/// shared library that asks for libm.
FailureOr<std::string> linkSharedLibrary(StringRef object, StringRef triple,
                                         Location loc);

} // namespace atled

#endif // ATLED_EMISSION_LIBRARY_H
