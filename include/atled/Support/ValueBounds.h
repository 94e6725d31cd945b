//===- ValueBounds.h - MLIR's bounds of values, without a crash -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_VALUEBOUNDS_H
#define ATLED_SUPPORT_VALUEBOUNDS_H

#include "atled/Support/LLVM.h"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace atled {

/// Makes bounds of `tensor.dim` and `memref.dim` take a dimension that the
/// operand does not have. MLIR's models are registered behind it.
void registerSoundValueBounds(mlir::DialectRegistry &registry);

} // namespace atled

#endif // ATLED_SUPPORT_VALUEBOUNDS_H
