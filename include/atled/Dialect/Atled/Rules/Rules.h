//===- Rules.h - Derivatives of the atled dialect --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_RULES_RULES_H
#define ATLED_DIALECT_ATLED_RULES_RULES_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/DialectRegistry.h"

namespace atled {

/// Attaches a derivative rule to every operation of the atled dialect, and the
/// vector space to builtin tensors, once the dialect is loaded.
void registerDerivativeRules(DialectRegistry &registry);

} // namespace atled

#endif // ATLED_DIALECT_ATLED_RULES_RULES_H
