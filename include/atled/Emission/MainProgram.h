//===- MainProgram.h - A command line around an object ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_MAINPROGRAM_H
#define ATLED_EMISSION_MAINPROGRAM_H

#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/ExternalFunction.h"

namespace atled {

/// Prints a C99 program that calls the functions of an object with these entry
/// points: it reads inputs from .npy files, prints outputs, measures itself and
/// checks its gradients. It contains the header, and asks for the C library
/// alone. Emits an error where the header cannot be.
LogicalResult printMainProgram(ArrayRef<EntryPoint> entries,
                               ArrayRef<ExternalFunction> externals,
                               raw_ostream &os);

} // namespace atled

#endif // ATLED_EMISSION_MAINPROGRAM_H
