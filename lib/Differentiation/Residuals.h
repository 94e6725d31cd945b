//===- Residuals.h - What the way back needs of the primal -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_RESIDUALS_H
#define ATLED_LIB_DIFFERENTIATION_RESIDUALS_H

#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// Makes the values of `split.primal` that `split.reverse` uses available to
/// it: as leading arguments, which the primal returns unless its caller has
/// them. Constants are built again instead.
void passResiduals(SplitFunction &split);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_RESIDUALS_H
