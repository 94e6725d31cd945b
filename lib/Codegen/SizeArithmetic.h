//===- SizeArithmetic.h - Sizes that overflow ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_SIZEARITHMETIC_H
#define ATLED_LIB_CODEGEN_SIZEARITHMETIC_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atled {

/// Makes the first result of `companion`, whether sizes fit together, false
/// where a sum or a product that it computes of them overflows.
void guardOverflow(func::FuncOp companion);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_SIZEARITHMETIC_H
