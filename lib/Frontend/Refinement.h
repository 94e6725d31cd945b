//===- Refinement.h - Extents that are equal, and one is known -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In the IR a dynamic extent is never equal to a known one. In C++ it may be:
// where an operation, or a call, needs two extents to be equal of which one is
// known, the other becomes it by a `tensor.cast`, which each call of the
// compiled function checks.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_REFINEMENT_H
#define ATLED_LIB_FRONTEND_REFINEMENT_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"

namespace atled {

/// `value` with the extents of `shape` in the places of its dynamic ones. Where
/// another extent differs, that is for a verifier to say.
Value refine(OpBuilder &builder, Location location, Value value,
             ArrayRef<int64_t> shape);

/// The type with the extents of both, which are compatible.
RankedTensorType joinExtents(RankedTensorType lhs, RankedTensorType rhs);

/// Refines the operands of an operation whose attributes say which extents
/// are equal. Elementwise operations are none of these: what they take is
/// broadcast.
void refineOperands(OpBuilder &builder, OperationState &state);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_REFINEMENT_H
