//===- Compile.cpp - From a program to an object in memory ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Compile.h"
#include "MemoryBudget.h"
#include "atled/Dialect/Check/Transforms/ChecksToOutputs.h"
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

LogicalResult atled::runPipeline(ModuleOp module, const CompileOptions &options,
                                 Phase last) {
  PassManager pm(module->getName());
  if (options.configure && failed(options.configure(pm)))
    return failure();
  PipelineOptions pipeline = options.pipeline;
  if (!options.accumulate.empty())
    for (const DerivativeRequest &request : options.requests) {
      FailureOr<SmallVector<std::string>> gradients =
          findGradients(module, request, options.wrt, options.accumulate);
      if (failed(gradients))
        return failure();
      llvm::append_range(pipeline.accumulated, *gradients);
    }
  buildPipeline(pm, pipeline, last);
  return pm.run(module);
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
                      os)))
    return failure();
  program.entries = getEntryPoints(module);
  program.externals = getExternalFunctions(module);
  return program;
}
