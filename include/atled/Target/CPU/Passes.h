//===- Passes.h - From loops over buffers to LLVM --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_CPU_PASSES_H
#define ATLED_TARGET_CPU_PASSES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/Pass.h"

namespace atled {

#define GEN_PASS_DECL
#include "atled/Target/CPU/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "atled/Target/CPU/Passes.h.inc"

/// Lowers functions over buffers (scf, memref, vector, math, arith) to the LLVM
/// dialect, with buffers as bare pointers.
void buildLowerToLLVMPipeline(OpPassManager &pm);

/// Registers the named pipeline `atled-lower-to-llvm`.
void registerLowerToLLVMPipeline();

} // namespace atled

#endif // ATLED_TARGET_CPU_PASSES_H
