//===- atled-opt.cpp - Runs Atled's passes one by one ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Register.h"
#include "atled/Pipelines/ToolOptions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  if (mlir::failed(atled::checkHelpFlags("atled-opt", {argv + 1, argv + argc})))
    return EXIT_FAILURE;
  atled::hideLibraryOptions();
  mlir::DialectRegistry registry;
  atled::registerDialects(registry);
  mlir::registerAllPasses();
  atled::registerPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "Runs passes one by one, Atled's and MLIR's\n", registry));
}
