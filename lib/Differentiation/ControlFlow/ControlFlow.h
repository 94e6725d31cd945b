//===- ControlFlow.h - The models, one file each ---------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_CONTROLFLOW_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_CONTROLFLOW_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/DialectRegistry.h"

namespace atled {

void registerCallDifferentiation(DialectRegistry &registry);
void registerBranchDifferentiation(DialectRegistry &registry);
void registerForDifferentiation(DialectRegistry &registry);
void registerWhileDifferentiation(DialectRegistry &registry);
/// The operations of which stacks of tensors are made.
void registerSelectRule(DialectRegistry &registry);
void registerTensorSliceRules(DialectRegistry &registry);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_CONTROLFLOW_H
