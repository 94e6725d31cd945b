//===- WrapperBuilder.h - The function that C code calls -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_WRAPPERBUILDER_H
#define ATLED_LIB_EMISSION_WRAPPERBUILDER_H

#include "atled/Emission/EntryPoint.h"

namespace atled {

/// Builds, before `body`, the wrapper that atled.h describes, with symbols that
/// are visible everywhere or, if `hidden`, in the same shared object alone. A
/// pointer of the caller's, and a size_t, has `sizeBits` bits.
void buildWrapper(const EntryPoint &entry, func::FuncOp body, bool hidden,
                  unsigned sizeBits);

} // namespace atled

#endif // ATLED_LIB_EMISSION_WRAPPERBUILDER_H
