//===- Passes.h - From the atled dialect to upstream's ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_CONVERSION_PASSES_H
#define ATLED_CONVERSION_PASSES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Pass/Pass.h"

namespace atled {

#define GEN_PASS_DECL
#include "atled/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "atled/Conversion/Passes.h.inc"

} // namespace atled

#endif // ATLED_CONVERSION_PASSES_H
