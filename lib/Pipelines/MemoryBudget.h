//===- MemoryBudget.h - Checkpoints that save enough memory -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_PIPELINES_MEMORYBUDGET_H
#define ATLED_LIB_PIPELINES_MEMORYBUDGET_H

#include "atled/Pipelines/Compile.h"

namespace atled {

/// Gives loops of a program, which has been prepared, checkpoints, until the
/// workspace of every function is within the budget. Those that have some keep
/// them. Fails, after a diagnostic that names the least budget, if that is too
/// little.
LogicalResult planMemory(ModuleOp module, const CompileOptions &options);

} // namespace atled

#endif // ATLED_LIB_PIPELINES_MEMORYBUDGET_H
