//===- Requests.h - What is checked of all requests ------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_AD_IR_REQUESTS_H
#define ATLED_LIB_DIALECT_AD_IR_REQUESTS_H

#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace atled::ad {

FailureOr<FunctionOpInterface>
lookupFunction(Operation *op, FlatSymbolRefAttr name,
               SymbolTableCollection &symbolTable);

/// Checks that `wrt` is sorted, without repetition, and not empty.
LogicalResult verifyWrt(Operation *op, ArrayRef<int64_t> wrt);

/// Checks that it names arguments of `function` that have a tangent type.
LogicalResult verifyWrtArguments(Operation *op, ArrayRef<int64_t> wrt,
                                 FunctionOpInterface function);

/// Checks that the types of the things called `what` are as expected.
LogicalResult verifyTypes(Operation *op, StringRef what, TypeRange actual,
                          TypeRange expected, FunctionOpInterface function);

SmallVector<Type> getWrtTangentTypes(FunctionOpInterface function,
                                     ArrayRef<int64_t> wrt);

/// Finds the function and checks what all requests have in common.
FailureOr<FunctionOpInterface>
verifyCallee(Operation *op, FlatSymbolRefAttr callee, ValueRange arguments,
             ArrayRef<int64_t> wrt, SymbolTableCollection &symbolTable);

} // namespace atled::ad

#endif // ATLED_LIB_DIALECT_AD_IR_REQUESTS_H
