//===- atled-compile.cpp - From a tensor program to an object -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "atled/Emission/Header.h"
#include "atled/Emission/Library.h"
#include "atled/Emission/MainProgram.h"
#include "atled/Emission/Manifest.h"
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

/// Stops at a phase and prints its IR, as MLIR or as a graph.
static LogicalResult emitPhase(ModuleOp module, const CompileCommand &line,
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

namespace {
/// Writes what is asked for of a compiled program.
class Emitter {
public:
  Emitter(const CompiledProgram &program, const CompileCommand &line,
          StringRef input, Location loc)
      : program(program), line(line), input(input), loc(loc),
        code(program.code.data(), program.code.size()) {}

  FailureOr<std::string> get(Emit emit);

private:
  std::string getManifest();

  const CompiledProgram &program;
  const CompileCommand &line;
  StringRef input;
  Location loc;
  /// An object, unless text is asked for.
  StringRef code;
};
} // namespace

std::string Emitter::getManifest() {
  ManifestFacts facts;
  facts.target = line.compile.pipeline.target;
  facts.versions = line.compile.pipeline.versions;
  facts.input = input;
  facts.flags = line.flags;
  facts.undefinedSymbols = getUndefinedSymbols(code);
  facts.stackUse = program.stackUse;
  std::string text;
  llvm::raw_string_ostream os(text);
  printManifest(program.entries, program.externals, facts, os);
  return text;
}

FailureOr<std::string> Emitter::get(Emit emit) {
  std::string text;
  llvm::raw_string_ostream os(text);
  switch (emit) {
  case Emit::Header:
    if (failed(printHeader(program.entries, program.externals, os)))
      return failure();
    return text;
  case Emit::CxxHeader:
    if (failed(printCxxHeader(program.entries, program.externals, os)))
      return failure();
    return text;
  case Emit::MainProgram:
    if (failed(printMainProgram(program.entries, program.externals, os)))
      return failure();
    return text;
  case Emit::Manifest:
    return getManifest();
  case Emit::StaticLibrary:
    return makeArchive(code);
  case Emit::SharedLibrary:
    return linkSharedLibrary(code, line.compile.pipeline.target.triple, loc);
  default:
    return code.str();
  }
}

static LogicalResult emitCompiled(ModuleOp module, const CompileCommand &line,
                                  StringRef input, OutputFiles &files) {
  CodeFormat format = line.emit == Emit::LLVM       ? CodeFormat::LLVM
                      : line.emit == Emit::Assembly ? CodeFormat::Assembly
                                                    : CodeFormat::Object;
  FailureOr<CompiledProgram> program = compile(module, line.compile, format);
  if (failed(program))
    return failure();
  Emitter emitter(*program, line, input, module.getLoc());
  for (auto [emit, path] : {std::pair<Emit, StringRef>{line.emit, line.output},
                            {Emit::Header, line.header},
                            {Emit::CxxHeader, line.cxxHeader},
                            {Emit::MainProgram, line.mainProgram},
                            {Emit::Manifest, line.manifest}}) {
    if (path.empty())
      continue;
    FailureOr<std::string> text = emitter.get(emit);
    if (failed(text))
      return failure();
    files.add(path, std::move(*text));
  }
  return success();
}

/// Finds out what the target and the processors are that the command line
/// names.
static LogicalResult setTargets(CompileCommand &line, MLIRContext &context) {
  auto report = [&] { return emitError(UnknownLoc::get(&context)); };
  PipelineOptions &pipeline = line.compile.pipeline;
  FailureOr<Target> target = getTarget(line.target, line.cpu, report);
  if (failed(target))
    return failure();
  pipeline.target = *target;
  if (!line.versions.empty() && !canAskProcessor(*target))
    return report() << "--multiversion goes with x86_64: no program can ask "
                       "its processor what it can do on "
                    << target->triple;
  for (const std::string &cpu : line.versions) {
    FailureOr<Target> version = getTarget(line.target, cpu, report);
    if (failed(version))
      return failure();
    for (const Target &other : pipeline.versions)
      if (other.required == version->required)
        return report() << "--multiversion can tell no machine that runs '"
                        << cpu << "' from one that runs '" << other.cpu << "'";
    pipeline.versions.push_back(*version);
  }
  return success();
}

static LogicalResult run(CompileCommand line, MLIRContext &context) {
  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      openInputFile(line.input, &error);
  if (!buffer) {
    llvm::WithColor::error(llvm::errs(), "atled-compile") << error << "\n";
    return failure();
  }
  if (failed(setTargets(line, context)))
    return failure();

  DefaultTimingManager timing;
  applyDefaultTimingManagerCLOptions(timing);
  TimingScope scope = timing.getRootScope();
  line.compile.configure = [&](PassManager &pm) {
    pm.enableTiming(scope);
    return applyPassManagerCLOptions(pm);
  };

  auto sources = std::make_shared<llvm::SourceMgr>();
  StringRef input = buffer->getBuffer();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  SourceMgrDiagnosticHandler diagnostics(*sources, &context);
  ProgramDiagnosticHandler programDiagnostics(&context);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
  if (!module)
    return failure();
  OutputFiles files("atled-compile");
  bool stopsEarly = line.emit == Emit::MLIR || line.emit == Emit::Dot;
  if (failed(stopsEarly ? emitPhase(*module, line, files)
                        : emitCompiled(*module, line, input, files)))
    return failure();
  return files.write();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  registerMLIROptions();
  FailureOr<CompileCommand> line = CompileCommand::parse(argc, argv);
  if (failed(line))
    return EXIT_FAILURE;

  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry);
  return succeeded(run(*line, context)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
