//===- BodyCost.h - What an element costs -----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_BODYCOST_H
#define ATLED_LIB_CODEGEN_BODYCOST_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace atled {

/// What the body of `op` costs for one element, in additions: a division is 4,
/// a function of mathematics 16. Constants and indices are free.
int64_t getBodyCost(mlir::linalg::LinalgOp op);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_BODYCOST_H
