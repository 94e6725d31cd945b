//===- UnwantedOutputs.h - What a NULL output costs ------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_UNWANTEDOUTPUTS_H
#define ATLED_LIB_EMISSION_UNWANTEDOUTPUTS_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atled {

/// Marks the argument of a body that says which results are wanted.
inline constexpr StringLiteral wantedAttrName = "atled.wanted";

/// Whether `function`, on buffers, reads and writes the destination of its
/// result `result` only where that is wanted: who does not want it needs no
/// room for it.
bool isTouchedOnlyIfWanted(func::FuncOp function, unsigned result);

} // namespace atled

#endif // ATLED_LIB_EMISSION_UNWANTEDOUTPUTS_H
