//===- atled-compile.cpp - From a tensor program to an object -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "atled/Emission/Header.h"
#include "atled/Pipelines/Graph.h"
#include "atled/Pipelines/Register.h"
#include "atled/Pipelines/ToolOptions.h"
#include "atled/Support/OutputFiles.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace atled;

static LogicalResult writeHeader(const CompiledProgram &program, StringRef path,
                                 ModuleOp module, OutputFiles &files) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (failed(
          printHeader(program.entries, program.externals, os, module.getLoc())))
    return failure();
  files.add(path, text);
  return success();
}

/// Stops at a phase and prints its IR, as MLIR or as a graph.
static LogicalResult emitPhase(ModuleOp module, const CommandLine &line,
                               OutputFiles &files) {
  bool isDot = line.emit == Emit::Dot;
  if (failed(prepareProgram(module, line.compile)) ||
      failed(runPipeline(module, line.compile,
                         isDot ? Phase::Derivatives : line.lastPhase)))
    return failure();
  std::string text;
  llvm::raw_string_ostream os(text);
  if (isDot)
    printGraph(module, os);
  else
    module.print(os);
  files.add(line.output, text);
  return success();
}

static LogicalResult emitCompiled(ModuleOp module, const CommandLine &line,
                                  OutputFiles &files) {
  CodeFormat format = line.emit == Emit::LLVM       ? CodeFormat::LLVM
                      : line.emit == Emit::Assembly ? CodeFormat::Assembly
                                                    : CodeFormat::Object;
  FailureOr<CompiledProgram> program = compile(module, line.compile, format);
  if (failed(program))
    return failure();
  if (line.emit == Emit::Header)
    return writeHeader(*program, line.output, module, files);
  files.add(line.output,
            std::string(program->code.begin(), program->code.end()));
  if (line.header.empty())
    return success();
  return writeHeader(*program, line.header, module, files);
}

static LogicalResult run(CommandLine line, MLIRContext &context) {
  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      openInputFile(line.input, &error);
  if (!buffer) {
    llvm::WithColor::error(llvm::errs(), "atled-compile") << error << "\n";
    return failure();
  }
  FailureOr<Target> target = getHostTarget(
      line.cpu, [&] { return emitError(UnknownLoc::get(&context)); });
  if (failed(target))
    return failure();
  line.compile.pipeline.target = *target;

  DefaultTimingManager timing;
  applyDefaultTimingManagerCLOptions(timing);
  TimingScope scope = timing.getRootScope();
  line.compile.configure = [&](PassManager &pm) {
    pm.enableTiming(scope);
    return applyPassManagerCLOptions(pm);
  };

  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  SourceMgrDiagnosticHandler diagnostics(*sources, &context);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
  if (!module)
    return failure();
  OutputFiles files("atled-compile");
  bool stopsEarly = line.emit == Emit::MLIR || line.emit == Emit::Dot;
  if (failed(stopsEarly ? emitPhase(*module, line, files)
                        : emitCompiled(*module, line, files)))
    return failure();
  return files.write();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  registerMLIROptions();
  FailureOr<CommandLine> line = CommandLine::parse(argc, argv);
  if (failed(line))
    return EXIT_FAILURE;

  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry);
  return succeeded(run(*line, context)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
