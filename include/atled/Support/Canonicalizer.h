//===- Canonicalizer.h - MLIR's, without what is wrong ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_CANONICALIZER_H
#define ATLED_SUPPORT_CANONICALIZER_H

#include "atled/Support/LLVM.h"
#include "mlir/Pass/Pass.h"

namespace atled {

/// MLIR's canonicalizer, without the patterns that change what a program
/// computes.
std::unique_ptr<Pass> createSoundCanonicalizerPass();

} // namespace atled

#endif // ATLED_SUPPORT_CANONICALIZER_H
