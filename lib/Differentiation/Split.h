//===- Split.h - The halves of a derivative as functions -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_SPLIT_H
#define ATLED_LIB_DIFFERENTIATION_SPLIT_H

#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// Makes the two public functions that `declaration`, of `function`, declares.
LogicalResult expandSplit(DerivedFunctions &functions, ad::SplitOp declaration,
                          func::FuncOp function);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_SPLIT_H
