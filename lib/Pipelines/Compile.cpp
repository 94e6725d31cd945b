//===- Compile.cpp - From a program to an object in memory ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Compile.h"
#include "MemoryBudget.h"
#include "atled/Dialect/Check/Transforms/ChecksToOutputs.h"
#include "atled/Emission/Passes.h"
#include "atled/Emission/Version.h"
#include "llvm/Support/raw_ostream.h"

using namespace atled;

LogicalResult atled::prepareProgram(ModuleOp module,
                                    const CompileOptions &options) {
  if (failed(check::eraseTests(module)))
    return failure();
  SmallVector<std::string> entries = options.entries;
  for (const DerivativeRequest &request : options.requests) {
    if (failed(addDerivative(module, request, options.wrt)))
      return failure();
    entries.push_back(getDerivativeName(request));
  }
  if (!entries.empty() && failed(setEntries(module, entries)))
    return failure();
  auto isPublic = [](func::FuncOp function) { return function.isPublic(); };
  if (llvm::none_of(module.getOps<func::FuncOp>(), isPublic) &&
      module.getOps<ad::SplitOp>().empty())
    return module.emitError()
           << "the program has no public function to compile";
  return options.memoryBudget ? planMemory(module, options) : success();
}

static LogicalResult runPhases(ModuleOp module, const CompileOptions &options,
                               const PipelineOptions &pipeline, Phase last,
                               Phase first = Phase::Program) {
  PassManager pm(module->getName());
  if (options.configure && failed(options.configure(pm)))
    return failure();
  buildPipeline(pm, pipeline, last, first);
  return pm.run(module);
}

/// Compiles a program in linalg for each of `versions`, and makes one of all.
static LogicalResult compileVersions(ModuleOp module,
                                     const CompileOptions &options,
                                     PipelineOptions pipeline,
                                     ArrayRef<Target> versions) {
  SmallVector<ModuleOp> compiled;
  OpBuilder builder(module.getContext());
  for (const Target &target : versions) {
    OwningOpRef<ModuleOp> version =
        createVersion(builder, module.getLoc(), target);
    builder.setInsertionPointToEnd(version->getBody());
    for (Operation &op : *module.getBody())
      builder.clone(op);
    builder.clearInsertionPoint();
    pipeline.target = target;
    if (failed(
            runPhases(*version, options, pipeline, Phase::LLVM, Phase::Loops)))
      return failure();
    compiled.push_back(version.release());
  }
  module.getBody()->clear();
  for (ModuleOp version : compiled)
    module.push_back(version);
  PassManager pm(module->getName());
  if (options.configure && failed(options.configure(pm)))
    return failure();
  pm.addPass(createJoinVersionsPass());
  return pm.run(module);
}

LogicalResult atled::runPipeline(ModuleOp module, const CompileOptions &options,
                                 Phase last) {
  PipelineOptions pipeline = options.pipeline;
  if (!options.accumulate.empty())
    for (const DerivativeRequest &request : options.requests) {
      FailureOr<SmallVector<std::string>> gradients =
          findGradients(module, request, options.wrt, options.accumulate);
      if (failed(gradients))
        return failure();
      llvm::append_range(pipeline.accumulated, *gradients);
    }
  // A processor that has more than every one of its kind is a choice, too:
  // between that code and an error.
  ArrayRef<Target> versions = pipeline.versions;
  if (versions.empty() && !pipeline.target.required.empty())
    versions = pipeline.target;
  if (last < Phase::LLVM || versions.empty())
    return runPhases(module, options, pipeline, last);
  if (failed(runPhases(module, options, pipeline, Phase::Linalg)))
    return failure();
  return compileVersions(module, options, pipeline, versions);
}

FailureOr<CompiledProgram> atled::compile(ModuleOp module,
                                          const CompileOptions &options,
                                          CodeFormat format) {
  if (failed(prepareProgram(module, options)) ||
      failed(runPipeline(module, options, Phase::LLVM)))
    return failure();
  CompiledProgram program;
  llvm::raw_svector_ostream os(program.code);
  if (failed(emitCode(module, options.pipeline.target, options.optLevel, format,
                      os, options.measureStack ? &program.stackUse : nullptr)))
    return failure();
  program.entries = getEntryPoints(module);
  program.externals = getExternalFunctions(module);
  return program;
}
