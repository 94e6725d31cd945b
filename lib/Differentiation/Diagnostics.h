//===- Diagnostics.h - Why a derivative cannot be built --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_DIAGNOSTICS_H
#define ATLED_LIB_DIFFERENTIATION_DIAGNOSTICS_H

#include "atled/Differentiation/Activity.h"
#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// Checks that the active operation `op` has a rule for every operand that the
/// gradient passes through.
LogicalResult checkRule(Operation *op, const Activity &activity,
                        const RequestStack &requests);

/// Checks that `function` can be differentiated at all: it has a body of one
/// block, and none of its operations has memory effects.
LogicalResult checkFunction(func::FuncOp function,
                            const RequestStack &requests);

/// Prints "model.mlir:4:8", or that nobody knows.
void printPlace(Location location, llvm::raw_ostream &os);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_DIAGNOSTICS_H
