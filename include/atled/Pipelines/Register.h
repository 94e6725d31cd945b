//===- Register.h - Everything Atled registers -----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_PIPELINES_REGISTER_H
#define ATLED_PIPELINES_REGISTER_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/DialectRegistry.h"

namespace atled {

/// Registers every dialect that a program given to Atled may use, and every
/// interface that Atled attaches to them.
void registerDialects(DialectRegistry &registry);

/// Registers every pass and named pipeline of Atled, for the command line.
void registerPasses();

} // namespace atled

#endif // ATLED_PIPELINES_REGISTER_H
