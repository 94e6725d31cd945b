//===- ChooseVersion.h - Asking the processor what it can do ---*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_CPU_CHOOSEVERSION_H
#define ATLED_TARGET_CPU_CHOOSEVERSION_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace atled {

/// Adds to `module` a function without arguments that tells which version of
/// the code this machine can run: 1 for the first whose features it has, which
/// `required` lists, 2 for the second, -1 for none. The processor is asked
/// once, and the answer remembered: asking takes longer than many a call.
LLVM::LLVMFuncOp addVersionChoice(ModuleOp module,
                                  ArrayRef<SmallVector<StringRef>> required);

/// Compiles `function` for every processor of the architecture that asks.
void setBaseline(LLVM::LLVMFuncOp function);

} // namespace atled

#endif // ATLED_TARGET_CPU_CHOOSEVERSION_H
