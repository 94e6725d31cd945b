//===- AD.h - The ad dialect: requests for derivatives ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_AD_IR_AD_H
#define ATLED_DIALECT_AD_IR_AD_H

#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Support/LLVM.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "atled/Dialect/AD/IR/ADDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "atled/Dialect/AD/IR/ADAttributes.h.inc"

#define GET_TYPEDEF_CLASSES
#include "atled/Dialect/AD/IR/ADTypes.h.inc"

#define GET_OP_CLASSES
#include "atled/Dialect/AD/IR/ADOps.h.inc"

#endif // ATLED_DIALECT_AD_IR_AD_H
