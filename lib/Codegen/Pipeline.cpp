//===- Pipeline.cpp - The order of code generation ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "atled/Support/Canonicalizer.h"
#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Dialect/Affine/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace atled;

void atled::buildExtentsPipeline(OpPassManager &pm) {
  pm.addPass(createInlineCallsPass());
  pm.addNestedPass<func::FuncOp>(createFoldExtentsPass());

  pm.addNestedPass<func::FuncOp>(createLinalgGeneralizeNamedOpsPass());
  // Before fusion: what reads its operand by computed indices has an extent of
  // its own, which is not compared with others once the result is gone.
  pm.addPass(createResolveExtentsPass());
}

void atled::buildCodegenPipeline(OpPassManager &pm,
                                 const CodegenOptions &options) {
  buildExtentsPipeline(pm);

  // On tensors. No CSE: it would merge the empty tensors that computations
  // start from, and so cause copies.
  pm.addNestedPass<func::FuncOp>(createFuseElementwisePass());
  pm.addPass(createSoundCanonicalizerPass());

  if (options.fma)
    pm.addPass(createFuseMultiplyAddPass());

  pm.addPass(createSkipUnwantedPass());

  // From tensors to buffers.
  pm.addPass(createRegionDestinationsPass());
  pm.addPass(createDestinationPassingPass());
  pm.addPass(createBufferizePass());
  // CSE first: that a part is copied onto itself is seen where it is one value.
  pm.addPass(createCSEPass());
  pm.addPass(createSoundCanonicalizerPass());

  // On buffers.
  pm.addPass(createPlanWorkspacePass());
  pm.addPass(createReportFailuresPass({options.places}));
  pm.addPass(createParallelizePass());
  pm.addPass(createVectorizePass({options.vectorBytes}));
  pm.addPass(createLowerToLoopsPass());
  pm.addPass(createWidenBooleansPass());
  pm.addPass(createExpandMathPass({options.fma}));
  pm.addPass(createExpandHalfPrecisionPass());
  pm.addPass(memref::createFoldMemRefAliasOpsPass());
  pm.addPass(affine::createAffineExpandIndexOpsPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSoundCanonicalizerPass());
  pm.addPass(createSkipEmptyLoopsPass());
  pm.addPass(createCSEPass());
}

void atled::registerCodegenPipeline() {
  PassPipelineRegistration<CodegenOptions>(
      "atled-codegen",
      "Functions on tensors to loops over buffers in a planned workspace",
      buildCodegenPipeline);
}
