//===- Atled.h - The atled dialect -----------------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ATLED_H
#define ATLED_DIALECT_ATLED_IR_ATLED_H

#include "atled/Dialect/Atled/IR/AtledTypes.h"
#include "atled/Dialect/Atled/IR/IndexedWindows.h"
#include "atled/Support/LLVM.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "atled/Dialect/Atled/IR/AtledDialect.h.inc"
#include "atled/Dialect/Atled/IR/AtledEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "atled/Dialect/Atled/IR/AtledAttributes.h.inc"

#define GET_OP_CLASSES
#include "atled/Dialect/Atled/IR/AtledOps.h.inc"

#endif // ATLED_DIALECT_ATLED_IR_ATLED_H
