//===- Stacks.h - Values of every iteration of a loop ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_STACKS_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_STACKS_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"

namespace atled {

/// Builds a stack for `count` values of `type`: a vector space, which says how,
/// or a scalar of MLIR's. Sizes that the type leaves open are those of `like`.
/// Null if values of the type cannot be stacked.
Value buildStack(OpBuilder &builder, Location location, Type type,
                 OpFoldResult count, Value like);
Value buildStackWrite(OpBuilder &builder, Location location, Value stack,
                      Value index, Value value);
Value buildStackRead(OpBuilder &builder, Location location, Value stack,
                     Value index, Type type);

/// Builds some value of `type`, at no cost. Sizes that the type leaves open are
/// those of `like`, or 0 if that is null.
Value buildPlaceholder(OpBuilder &builder, Location location, Type type,
                       Value like);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_STACKS_H
