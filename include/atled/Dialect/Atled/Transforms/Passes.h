//===- Passes.h - Passes on the atled dialect ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_TRANSFORMS_PASSES_H
#define ATLED_DIALECT_ATLED_TRANSFORMS_PASSES_H

#include "atled/Support/LLVM.h"
#include "mlir/Pass/Pass.h"

namespace atled {

#define GEN_PASS_DECL
#include "atled/Dialect/Atled/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "atled/Dialect/Atled/Transforms/Passes.h.inc"

} // namespace atled

#endif // ATLED_DIALECT_ATLED_TRANSFORMS_PASSES_H
