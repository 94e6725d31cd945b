//===- CodeGen.h - From the LLVM dialect to object code --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_CPU_CODEGEN_H
#define ATLED_TARGET_CPU_CODEGEN_H

#include "atled/Support/LLVM.h"
#include "atled/Target/CPU/StackUse.h"
#include "atled/Target/Target.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

namespace llvm {
class raw_pwrite_stream;
} // namespace llvm

namespace atled {

/// What LLVM writes at the end.
enum class CodeFormat { LLVM, Assembly, Object };

/// Translates `module`, in the LLVM dialect, optimises it at `optLevel` (0 to
/// 3) for `target` and writes it to `os`. The bytes depend on the module, the
/// target and the level alone.
/// Emits `module`, in the LLVM dialect, for `target`. `stackUse`, if given, is
/// told how deep the stack of machine code gets.
LogicalResult emitCode(ModuleOp module, const Target &target, unsigned optLevel,
                       CodeFormat format, llvm::raw_pwrite_stream &os,
                       StackUse *stackUse = nullptr);

} // namespace atled

#endif // ATLED_TARGET_CPU_CODEGEN_H
