//===- DeadValues.h - Removal of what nobody uses --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_DEADVALUES_H
#define ATLED_LIB_DIFFERENTIATION_DEADVALUES_H

#include "mlir/IR/Block.h"

namespace atled {

/// Removes the operations of `block` whose results nobody uses, nested ones
/// included, and what keeps alive only itself from iteration to iteration of a
/// loop.
void eraseDeadOperations(mlir::Block &block);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_DEADVALUES_H
