//===- atled-reduce.cpp - The smallest program that still fails -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReduceOperations.h"
#include "atled/Pipelines/Register.h"
#include "atled/Pipelines/ToolOptions.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"

int main(int argc, char **argv) {
  atled::hideLibraryOptions();
  mlir::registerAllPasses();
  atled::registerPasses();
  atled::registerReduceOperationsPass();
  mlir::DialectRegistry registry;
  atled::registerDialects(registry);
  mlir::MLIRContext context(registry);
  return failed(mlir::mlirReduceMain(argc, argv, context));
}
