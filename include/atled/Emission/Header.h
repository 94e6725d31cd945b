//===- Header.h - The C header of an object --------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_HEADER_H
#define ATLED_EMISSION_HEADER_H

#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/ExternalFunction.h"

namespace atled {

/// Prints the C99 (and C++) header of an object with these entry points, which
/// needs these functions from the linker. It contains the contract of
/// `atled.h`, so that it needs no other header of ours. Emits an error where
/// two of the names that it declares are equal.
LogicalResult printHeader(ArrayRef<EntryPoint> entries,
                          ArrayRef<ExternalFunction> externals,
                          raw_ostream &os);

/// Prints the C++17 header of such an object: the C header, and typed views and
/// memory that frees itself around it.
LogicalResult printCxxHeader(ArrayRef<EntryPoint> entries,
                             ArrayRef<ExternalFunction> externals,
                             raw_ostream &os);

/// What the header declares at file scope for `entry`, and the object defines.
SmallVector<std::string> getDeclaredNames(const EntryPoint &entry);

} // namespace atled

#endif // ATLED_EMISSION_HEADER_H
