//===- Accumulate.h - Sums over the iterations of a loop --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_ACCUMULATE_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_ACCUMULATE_H

#include "atled/Differentiation/Cotangents.h"

namespace atled {

/// Builds the zero from which cotangents of `value` are added up, in the type
/// in which loops do that. `primal` stands for the value.
Value buildAccumulator(OpBuilder &builder, Value value, Value primal);

/// Builds what stands for the sum with which a branch begins, until it is
/// known. It does not look like zero, so that nobody leaves it out.
Value buildStandIn(OpBuilder &builder, Value zero);

/// Adds what the operations of `block` contribute to `sum`, which is of the
/// type in which loops add up, one after the other and in the order in which
/// they are computed, so that each may change the sum in place. Loops and
/// branches that have added up something begin with the sum instead of zero.
Value accumulateInPlace(Block &block, Value sum, Contributions contributions);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_ACCUMULATE_H
