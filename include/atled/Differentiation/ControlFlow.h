//===- ControlFlow.h - How upstream's operations take part -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_CONTROLFLOW_H
#define ATLED_DIFFERENTIATION_CONTROLFLOW_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/DialectRegistry.h"

namespace atled {

/// Attaches DifferentiableControlFlowInterface to `func.call`, `scf.if`,
/// `scf.index_switch`, `scf.for` and `scf.while`.
void registerControlFlowDifferentiation(DialectRegistry &registry);

} // namespace atled

#endif // ATLED_DIFFERENTIATION_CONTROLFLOW_H
