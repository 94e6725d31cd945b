//===- Passes.h - Passes on the check dialect ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_CHECK_TRANSFORMS_PASSES_H
#define ATLED_DIALECT_CHECK_TRANSFORMS_PASSES_H

#include "atled/Support/LLVM.h"
#include "mlir/Pass/Pass.h"

namespace atled::check {

#define GEN_PASS_DECL
#include "atled/Dialect/Check/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "atled/Dialect/Check/Transforms/Passes.h.inc"

} // namespace atled::check

#endif // ATLED_DIALECT_CHECK_TRANSFORMS_PASSES_H
