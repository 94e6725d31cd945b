//===- ParallelFor.h - The caller's threads, inside -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_PARALLELFOR_H
#define ATLED_LIB_EMISSION_PARALLELFOR_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Marks a function on buffers that takes one argument more, in front of those
/// that belong to the arena, the status and the workspace: a pointer to an
/// `atled_exec`, never NULL, whose `parallel_for` is not NULL either.
inline constexpr StringLiteral execAttrName = "atled.exec";

/// The `parallel_for` of who has no threads. It stands in a module where a
/// function has that mark.
inline constexpr StringLiteral serialForName = "atled.serial_for";

/// The address of `ctx` or `parallel_for` in the `atled_exec` at `exec`, on
/// every target: its first member, which nobody reads here, may be shorter.
enum class ExecField : int32_t { Context = 2, ParallelFor = 3 };
inline Value buildExecField(ImplicitLocOpBuilder &b, Value exec,
                            ExecField field) {
  Type pointer = exec.getType(), i64 = b.getI64Type();
  auto type = LLVM::LLVMStructType::getLiteral(b.getContext(),
                                               {i64, i64, pointer, pointer});
  return LLVM::GEPOp::create(b, pointer, type, exec,
                             ArrayRef<LLVM::GEPArg>{0, int32_t(field)});
}

} // namespace atled

#endif // ATLED_LIB_EMISSION_PARALLELFOR_H
