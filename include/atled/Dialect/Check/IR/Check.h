//===- Check.h - The check dialect: tests inside the IR --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_CHECK_IR_CHECK_H
#define ATLED_DIALECT_CHECK_IR_CHECK_H

#include "atled/Support/LLVM.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "atled/Dialect/Check/IR/CheckDialect.h.inc"

#define GET_OP_CLASSES
#include "atled/Dialect/Check/IR/CheckOps.h.inc"

#endif // ATLED_DIALECT_CHECK_IR_CHECK_H
