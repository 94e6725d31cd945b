//===- Pipeline.cpp - The order of the phases -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The way of a program from tensors to LLVM. This is the one file that knows
// the order of the phases; what a phase does is its library's affair.
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Pipeline.h"
#include "atled/Codegen/Passes.h"
#include "atled/Conversion/Passes.h"
#include "atled/Differentiation/Passes.h"
#include "atled/Emission/Passes.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace atled;

ArrayRef<PhaseInfo> atled::getPhases() {
  static const PhaseInfo phases[] = {
      {Phase::Program, "program",
       "the program with the functions that were asked for"},
      {Phase::Derivatives, "derivatives",
       "derivatives as functions, detach still there"},
      {Phase::Linalg, "linalg",
       "loops over tensors: linalg, tensor, arith, math, scf"},
      {Phase::Loops, "loops", "loops over buffers in a planned workspace"},
      {Phase::LLVM, "llvm",
       "the LLVM dialect, with the functions that C calls"}};
  return phases;
}

/// The program as given, checked for what C code cannot call.
static void addProgram(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createCheckEntriesPass({options.symbolPrefix}));
}

static void addDerivatives(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createDifferentiatePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

static void addLinalg(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createEraseDetachPass());
  pm.addPass(createSymbolDCEPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createAtledToLinalgPass());
  pm.addPass(createCanonicalizerPass());
}

static void addLoops(OpPassManager &pm, const PipelineOptions &options) {
  CodegenOptions codegen;
  codegen.fma = options.target.hasFMA;
  codegen.vectorBytes = options.target.vectorBits / 8;
  buildCodegenPipeline(pm, codegen);
}

static void addLLVM(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createWrapEntriesPass({options.symbolPrefix}));
  buildLowerToLLVMPipeline(pm);
}

void atled::buildPipeline(OpPassManager &pm, const PipelineOptions &options,
                          Phase last) {
  using AddPhase = void (*)(OpPassManager &, const PipelineOptions &);
  static constexpr std::pair<Phase, AddPhase> phases[] = {
      {Phase::Program, addProgram},
      {Phase::Derivatives, addDerivatives},
      {Phase::Linalg, addLinalg},
      {Phase::Loops, addLoops},
      {Phase::LLVM, addLLVM}};
  for (auto [phase, addPhase] : phases)
    if (phase <= last)
      addPhase(pm, options);
}
