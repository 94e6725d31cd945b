//===- FailurePlaces.h - Where a call has failed ---------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call that fails leaves a number in the workspace, and the object has the
// text that it stands for: nobody prints or allocates. The number is where in
// all the texts together its own begins.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_FAILUREPLACES_H
#define ATLED_LIB_EMISSION_FAILUREPLACES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Whether the functions of the module tell where they fail.
bool tellsPlaces(ModuleOp module);

/// Makes what `atled-report-failures` has left of the module a constant of the
/// object.
void buildPlaces(ModuleOp module);

/// Leaves the place in the upper half of `status`, an i64, in the workspace.
void buildKeepPlace(ImplicitLocOpBuilder &b, Value status, Value workspace);

/// Adds, in front of `entry`, the function that tells where a call of it has
/// failed.
void buildWhere(LLVM::LLVMFuncOp entry);

} // namespace atled

#endif // ATLED_LIB_EMISSION_FAILUREPLACES_H
