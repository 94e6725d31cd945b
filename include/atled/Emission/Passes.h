//===- Passes.h - Functions that C code calls ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_PASSES_H
#define ATLED_EMISSION_PASSES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

namespace atled {

#define GEN_PASS_DECL
#include "atled/Emission/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "atled/Emission/Passes.h.inc"

} // namespace atled

#endif // ATLED_EMISSION_PASSES_H
