//===- CarriedSizes.h - What loops carry keeps its size --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_CARRIEDSIZES_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_CARRIEDSIZES_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinOps.h"

namespace atled {

/// Fails, and says so at the loop, where a loop certainly carries a tensor of
/// another size into its next iteration. Expects tensors, and no operation of
/// the atled dialect.
LogicalResult checkCarriedSizes(ModuleOp module);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_CARRIEDSIZES_H
