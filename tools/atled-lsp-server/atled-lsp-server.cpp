//===- atled-lsp-server.cpp - Atled's programs in an editor ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Register.h"
#include "atled/Pipelines/ToolOptions.h"
#include "mlir/IR/Dialect.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  if (mlir::failed(
          atled::checkHelpFlags("atled-lsp-server", {argv + 1, argv + argc})))
    return EXIT_FAILURE;
  atled::hideLibraryOptions();
  mlir::DialectRegistry registry;
  atled::registerDialects(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
