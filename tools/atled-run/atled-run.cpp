//===- atled-run.cpp - Compiles a program in memory and runs it -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "atled/Execution/RunTests.h"
#include "atled/Pipelines/Register.h"
#include "atled/Pipelines/ToolOptions.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace atled;

static LogicalResult runMode(ModuleOp module, const RunCommand &line) {
  switch (line.mode) {
  case Mode::Run:
    return runEntry(module, line.run, llvm::outs());
  case Mode::Check:
    return runTests(module, line.run.entry, line.run.compile, llvm::outs());
  case Mode::VerifyGradient:
    return verifyEntryGradient(module, line.run, llvm::outs());
  }
  llvm_unreachable("unknown mode");
}

static LogicalResult run(RunCommand line, MLIRContext &context) {
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  ProgramDiagnosticHandler programHandler(&context);
  CompileOptions &compile = line.run.compile;
  FailureOr<Target> target = getTarget(
      /*name=*/"", line.cpu,
      [&] { return emitError(UnknownLoc::get(&context)); });
  if (failed(target))
    return failure();
  compile.pipeline.target = *target;

  DefaultTimingManager timing;
  applyDefaultTimingManagerCLOptions(timing);
  TimingScope scope = timing.getRootScope();
  compile.configure = [&](PassManager &pm) {
    pm.enableTiming(scope);
    return applyPassManagerCLOptions(pm);
  };
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(line.program, sources, &context);
  if (!module)
    return failure();
  return runMode(*module, line);
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  registerMLIROptions();
  FailureOr<RunCommand> line = RunCommand::parse(argc, argv);
  if (failed(line))
    return EXIT_FAILURE;
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  return succeeded(run(*line, context)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
