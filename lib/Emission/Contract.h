//===- Contract.h - The text of atled.h ------------------------*- C++ -*-===//
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

} // namespace atled

#endif // ATLED_LIB_EMISSION_CONTRACT_H
