//===- Linearize.h - Derivatives as linear maps ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_LINEARIZE_H
#define ATLED_LIB_DIFFERENTIATION_LINEARIZE_H

#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// Replaces `request`, which linearizes `function`, and what applies its map,
/// by calls.
LogicalResult expandLinearize(DerivedFunctions &functions,
                              ad::LinearizeOp request, func::FuncOp function);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_LINEARIZE_H
