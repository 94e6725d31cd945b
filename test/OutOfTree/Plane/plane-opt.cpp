//===- plane-opt.cpp - The dialect's own tool -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plane.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/ControlFlow.h"
#include "atled/Differentiation/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::arith::ArithDialect, mlir::func::FuncDialect,
                  mlir::scf::SCFDialect, plane::PlaneDialect,
                  atled::ad::ADDialect>();
  mlir::func::registerInlinerExtension(registry);
  atled::registerControlFlowDifferentiation(registry);
  mlir::registerTransformsPasses();
  atled::registerAtledDifferentiationPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "The plane's optimizer driver\n", registry));
}
