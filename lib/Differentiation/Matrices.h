//===- Matrices.h - All derivatives of a function --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_MATRICES_H
#define ATLED_LIB_DIFFERENTIATION_MATRICES_H

#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// Builds the derivatives of the results of `function` at `arguments` by the
/// arguments in `wrt`, a value of one of the types `matrices` for each pair,
/// results outermost. The types of all have coordinates.
FailureOr<SmallVector<Value>>
buildJacobian(DerivedFunctions &functions, OpBuilder &builder,
              Location location, func::FuncOp function, ArrayRef<int64_t> wrt,
              ValueRange arguments, TypeRange matrices);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_MATRICES_H
