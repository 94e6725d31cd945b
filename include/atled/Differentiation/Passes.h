//===- Passes.h - The passes of differentiation ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_PASSES_H
#define ATLED_DIFFERENTIATION_PASSES_H

#include "atled/Differentiation/KeptValue.h"
#include "atled/Support/LLVM.h"
#include "mlir/Pass/Pass.h"

namespace atled {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "atled/Differentiation/Passes.h.inc"

/// The pass, which also sets `kept` to what the derived functions keep.
std::unique_ptr<Pass> createDifferentiatePass(DifferentiatePassOptions options,
                                              std::vector<KeptValue> *kept);
} // namespace atled

#endif // ATLED_DIFFERENTIATION_PASSES_H
