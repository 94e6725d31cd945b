//===- Special.h - Functions that upstream's math lacks --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_SPECIAL_IR_SPECIAL_H
#define ATLED_DIALECT_SPECIAL_IR_SPECIAL_H

#include "atled/Support/LLVM.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "atled/Dialect/Special/IR/SpecialDialect.h.inc"

#define GET_OP_CLASSES
#include "atled/Dialect/Special/IR/SpecialOps.h.inc"

#endif // ATLED_DIALECT_SPECIAL_IR_SPECIAL_H
