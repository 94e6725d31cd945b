//===- FindHarm.h - Where meaningless numbers do harm ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_FINDHARM_H
#define ATLED_LIB_CODEGEN_FINDHARM_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Operation.h"

namespace atled {

/// The first operation from `since` on, in its block, that might not end or
/// touch memory anywhere if what is loaded from memory from `since` on meant
/// nothing; or the block's terminator.
Operation *findHarm(Operation *since);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_FINDHARM_H
