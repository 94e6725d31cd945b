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
#include "atled/Dialect/Atled/Transforms/Passes.h"
#include "atled/Dialect/Check/Transforms/Passes.h"
#include "atled/Differentiation/Passes.h"
#include "atled/Emission/Passes.h"
#include "atled/Support/Canonicalizer.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/Pass/PassOptions.h"
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

/// Whether calls tell where they fail.
static bool tellsPlaces(const PipelineOptions &options) {
  return options.checked || options.checkNaN;
}

/// The program as given, checked for what C code cannot call.
static void addProgram(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(
      createCheckEntriesPass({options.symbolPrefix, tellsPlaces(options)}));
}

static void addDerivatives(OpPassManager &pm, const PipelineOptions &options) {
  // Derivatives that no entry asks for are not made.
  pm.addPass(createSymbolDCEPass());
  if (options.checked)
    pm.addPass(createCheckIndicesPass());
  pm.addPass(createGuardLoopsPass());
  pm.addPass(createUnrollRecursionPass());
  pm.addPass(createRecursionToLoopsPass());
  pm.addPass(createDifferentiatePass(
      {options.printResiduals, options.strongZeros}, options.kept));
  // What `ad.split` declares is there from now on.
  pm.addPass(
      createCheckEntriesPass({options.symbolPrefix, tellsPlaces(options)}));
  pm.addPass(createSoundCanonicalizerPass());
  pm.addPass(createCSEPass());
  if (options.checkNaN)
    pm.addPass(createCheckNaNPass());
}

static void addLinalg(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createEraseDetachPass());
  pm.addPass(createSymbolDCEPass());
  // What is still used, and has no body, is C's to provide.
  pm.addPass(
      createDeclareExternalsPass({options.symbolPrefix, tellsPlaces(options)}));
  pm.addPass(createSoundCanonicalizerPass());
  pm.addPass(createCSEPass());
  // What is a constant in the caller folds while operations are ours. No CSE
  // from here on: what is computed again, to save memory, would be kept.
  pm.addPass(createInlineCallsPass());
  pm.addPass(createSoundCanonicalizerPass());
  pm.addPass(createAtledToLinalgPass());
  pm.addPass(createUpdateInPlacePass({options.donated, options.accumulated}));
  pm.addPass(createSoundCanonicalizerPass());
}

static void addLoops(OpPassManager &pm, const PipelineOptions &options) {
  CodegenOptions codegen;
  codegen.fma = options.target.hasFMA;
  codegen.vectorBytes = options.target.vectorBits / 8;
  codegen.places = tellsPlaces(options);
  buildCodegenPipeline(pm, codegen);
}

static void addLLVM(OpPassManager &pm, const PipelineOptions &options) {
  if (options.target.isBareMetal)
    pm.addNestedPass<func::FuncOp>(createExpandExtremaPass());
  pm.addPass(createCallParallelForPass());
  pm.addPass(createWrapEntriesPass(
      {options.symbolPrefix, options.hidden, options.target.pointerBits}));
  pm.addPass(createCallExternalsPass({options.target.pointerBits}));
  buildLowerToLLVMPipeline(pm);
}

void atled::buildPipeline(OpPassManager &pm, const PipelineOptions &options,
                          Phase last, Phase first) {
  using AddPhase = void (*)(OpPassManager &, const PipelineOptions &);
  static constexpr std::pair<Phase, AddPhase> phases[] = {
      {Phase::Program, addProgram},
      {Phase::Derivatives, addDerivatives},
      {Phase::Linalg, addLinalg},
      {Phase::Loops, addLoops},
      {Phase::LLVM, addLLVM}};
  for (auto [phase, addPhase] : phases)
    if (first <= phase && phase <= last)
      addPhase(pm, options);
}

//===----------------------------------------------------------------------===//
// By name
//===----------------------------------------------------------------------===//

namespace {
/// The phases as values of an option.
struct PhaseValues {
  template <typename Option>
  void apply(Option &option) const {
    for (const PhaseInfo &phase : getPhases())
      option.getParser().addLiteralOption(phase.name, phase.phase,
                                          phase.description);
  }
};

/// The options of the pipeline as text.
struct PipelineFlags : public PassPipelineOptions<PipelineFlags> {
  Option<Phase> last{*this, "to",
                     llvm::cl::desc("the phase after which to stop"),
                     llvm::cl::init(Phase::LLVM), PhaseValues()};
  Option<std::string> symbolPrefix{
      *this, "symbol-prefix",
      llvm::cl::desc("what the symbols in the object begin with")};
  Option<bool> fma{*this, "fma",
                   llvm::cl::desc("the target rounds a multiply-add once: use "
                                  "it in contractions"),
                   llvm::cl::init(false)};
  Option<unsigned> vectorBytes{
      *this, "vector-bytes",
      llvm::cl::desc("bytes in a vector register of the target: shapes loops, "
                     "never results"),
      llvm::cl::init(16)};
  Option<bool> checked{*this, "checked",
                       llvm::cl::desc("look at indices when running"),
                       llvm::cl::init(false)};
  Option<bool> checkNaN{*this, "check-nan",
                        llvm::cl::desc("look for NaN when running"),
                        llvm::cl::init(false)};
  Option<bool> strongZeros{
      *this, "strong-zeros",
      llvm::cl::desc("a cotangent that is 0 stays 0 through elementwise "
                     "operations"),
      llvm::cl::init(false)};
};
} // namespace

void atled::registerPipeline() {
  PassPipelineRegistration<PipelineFlags>(
      "atled-pipeline",
      "A program with requests for derivatives to the LLVM dialect, the whole "
      "way that atled-compile takes it",
      [](OpPassManager &pm, const PipelineFlags &flags) {
        PipelineOptions options;
        options.symbolPrefix = flags.symbolPrefix;
        options.target.hasFMA = flags.fma;
        options.target.vectorBits = 8 * flags.vectorBytes;
        options.checked = flags.checked;
        options.checkNaN = flags.checkNaN;
        options.strongZeros = flags.strongZeros;
        pm.addPass(check::createCheckEraseTestsPass());
        buildPipeline(pm, options, flags.last);
      });
}
