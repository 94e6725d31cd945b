//===- atled-run.cpp - Compiles a program in memory and runs it -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "atled/Execution/RunTests.h"
#include "atled/Pipelines/Register.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace atled;

static LogicalResult run(ModuleOp module, const CommandLine &line) {
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

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);

  FailureOr<CommandLine> line = CommandLine::parse(argc, argv, context);
  if (failed(line))
    return EXIT_FAILURE;
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(line->program, sources, &context);
  if (!module)
    return EXIT_FAILURE;
  return succeeded(run(*module, *line)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
