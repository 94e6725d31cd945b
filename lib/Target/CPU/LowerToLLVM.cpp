//===- LowerToLLVM.cpp - The order of upstream's conversions --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Canonicalizer.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace atled;

/// Function by function: on all cores, and what one pass has looked at is in
/// the cache for the next.
static void buildLowerBodiesPipeline(OpPassManager &pm) {
  // Views become pointer arithmetic before anything is LLVM's.
  pm.addPass(memref::createFoldMemRefAliasOpsPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSoundCanonicalizerPass());
  pm.addPass(createCSEPass());

  pm.addPass(createConvertVectorToSCFPass(
      VectorTransferToSCFOptions().enableFullUnroll().setTargetRank(1)));
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createReturnOnFailurePass());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
}

void atled::buildLowerToLLVMPipeline(OpPassManager &pm) {
  pm.addPass(createOutlinePartsPass());
  pm.addPass(createSetCallingConventionPass());
  buildLowerBodiesPipeline(pm.nest<func::FuncOp>());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addPass(createCallLibmPass());

  OpPassManager &bodies = pm.nestAny();
  bodies.addPass(createConvertMathToLLVMPass());
  bodies.addPass(createArithToLLVMConversionPass());
  bodies.addPass(createConvertIndexToLLVMPass());

  pm.addPass(createConvertControlFlowToLLVMPass());
  ConvertFuncToLLVMPassOptions funcToLLVM;
  funcToLLVM.useBarePtrCallConv = true;
  pm.addPass(createConvertFuncToLLVMPass(funcToLLVM));

  OpPassManager &functions = pm.nest<LLVM::LLVMFuncOp>();
  functions.addPass(createSoundCanonicalizerPass());
  functions.addPass(createCSEPass());
  functions.addPass(createReconcileUnrealizedCastsPass());
}

void atled::registerLowerToLLVMPipeline() {
  PassPipelineRegistration<>(
      "atled-lower-to-llvm",
      "Functions over buffers to the LLVM dialect, with bare pointers",
      buildLowerToLLVMPipeline);
}
