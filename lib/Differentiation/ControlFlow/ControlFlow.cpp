//===- ControlFlow.cpp - How upstream's operations take part --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/ControlFlow.h"
#include "ControlFlow.h"

using namespace atled;

void atled::registerControlFlowDifferentiation(DialectRegistry &registry) {
  registerCallDifferentiation(registry);
  registerBranchDifferentiation(registry);
  registerForDifferentiation(registry);
  registerWhileDifferentiation(registry);
  registerSelectRule(registry);
  registerTensorSliceRules(registry);
}
