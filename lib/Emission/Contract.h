//===- Contract.h - What is emitted as it is -------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_CONTRACT_H
#define ATLED_LIB_EMISSION_CONTRACT_H

#include "atled/Support/LLVM.h"

namespace atled {

/// The whole of include/atled/atled.h, as the build found it.
StringRef getContractText();

/// The whole of Contract.hpp.
StringRef getCxxContractText();

/// What a program around an object is made of, from the folder Program: what
/// stands before the tables for that object, and behind them.
StringRef getMainProgramTypes();
StringRef getMainProgramCode();

} // namespace atled

#endif // ATLED_LIB_EMISSION_CONTRACT_H
