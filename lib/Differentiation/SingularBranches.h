//===- SingularBranches.h - Choices do not keep NaN out ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_SINGULARBRANCHES_H
#define ATLED_LIB_DIFFERENTIATION_SINGULARBRANCHES_H

#include "atled/Differentiation/Activity.h"
#include "atled/Support/LLVM.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

namespace atled {

/// Remarks on an operand of `select` behind which, through elementwise
/// operations alone, one may have an infinite derivative: where the other
/// operand is chosen, the 0 that goes back meets it and is NaN. Says what to do
/// instead.
void remarkSingularBranches(SelectLikeOpInterface select,
                            const Activity &activity);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_SINGULARBRANCHES_H
