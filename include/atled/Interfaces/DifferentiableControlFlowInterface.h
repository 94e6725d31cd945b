//===- DifferentiableControlFlowInterface.h --------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_DIFFERENTIABLECONTROLFLOWINTERFACE_H
#define ATLED_INTERFACES_DIFFERENTIABLECONTROLFLOWINTERFACE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/OpDefinition.h"

namespace atled {
// The drivers, defined in atled/Differentiation.
class Activity;
class ForwardMode;
class ReverseMode;
} // namespace atled

#include "atled/Interfaces/DifferentiableControlFlowInterface.h.inc"

#endif // ATLED_INTERFACES_DIFFERENTIABLECONTROLFLOWINTERFACE_H
