//===- Options.cpp - The command line of atled-compile --------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "atled/Pipelines/ToolOptions.h"
#include "atled/Support/OutputFiles.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using namespace atled;
namespace cl = llvm::cl;

static constexpr StringLiteral overview =
    R"(Atled's compiler: from a tensor program, and its derivatives, to an object and a C header

  atled-compile model.mlir --grad=loss --wrt=0,1 -o model.o --header=model.h

Which functions can be called from C: those named by --entry and the derivatives asked for by
--grad, --value-and-grad, --vjp, --jvp and --split. Where there is neither, the public functions
of the program. A derivative is called after its function: loss_grad, loss_value_and_grad,
loss_vjp, loss_jvp, loss_fwd and loss_bwd. All others stay inside the object.

Nothing is written unless everything could be.
)";

namespace {
/// The options, alive while the command line is parsed.
struct Options {
  cl::OptionCategory category{"Options of atled-compile"};

  cl::opt<std::string> input{cl::Positional,
                             cl::desc("<program.mlir, or - for stdin>"),
                             cl::init("-"), cl::cat(category)};
  cl::opt<std::string> output{
      "o", cl::value_desc("file"), cl::cat(category),
      cl::desc("Where to write; '-' is stdout, the default for text. An object "
               "goes to the input's name with .o, a library to that with .a or "
               ".so")};
  cl::opt<std::string> header{
      "header", cl::value_desc("file"), cl::cat(category),
      cl::desc("Also write the C header of the object")};
  cl::opt<std::string> cxxHeader{
      "hpp", cl::value_desc("file"), cl::cat(category),
      cl::desc("Also write the C++17 header of the object")};
  cl::opt<std::string> mainProgram{
      "main", cl::value_desc("file"), cl::cat(category),
      cl::desc("Also write a C program that calls the object's functions from "
               "the command line")};
  cl::opt<std::string> manifest{
      "manifest", cl::value_desc("file"), cl::cat(category),
      cl::desc("Also write what is in the object, as JSON")};

  cl::list<std::string> grad{
      "grad", cl::value_desc("function,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Add the gradients of a function with one real result")};
  cl::list<std::string> valueAndGrad{
      "value-and-grad", cl::value_desc("function,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("As --grad, with the value before the gradients")};
  cl::list<std::string> vjp{
      "vjp", cl::value_desc("function,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Add the vector-Jacobian product: takes a seed for each result, "
               "returns the "
               "results and the cotangents of the arguments")};
  cl::list<std::string> jvp{"jvp", cl::value_desc("function,..."),
                            cl::CommaSeparated, cl::cat(category),
                            cl::desc("Add the Jacobian-vector product: takes a "
                                     "tangent for each argument, returns "
                                     "the results and their tangents")};
  cl::list<std::string> split{
      "split", cl::value_desc("function,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Add the vector-Jacobian product as two functions: the first "
               "returns the results and a buffer of residuals, the second "
               "takes that and a seed for each result, any number of times")};
  cl::list<std::string> wrt{
      "wrt", cl::value_desc("argument,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Differentiate with respect to these arguments, by name or "
               "counted from 0; all that have a derivative by default")};
  cl::list<std::string> accumulate{
      "accumulate", cl::value_desc("argument,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Add the gradients with respect to these arguments, as in --wrt "
               "or 'all', to what is in their buffers")};
  cl::list<std::string> donate{
      "donate", cl::value_desc("input:output,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Let an output of an entry take the buffer of an input, by "
               "their names: 'w:w_new'")};
  cl::list<std::string> entry{"entry", cl::value_desc("function,..."),
                              cl::CommaSeparated, cl::cat(category),
                              cl::desc("Let C code call these functions")};
  cl::opt<std::string> prefix{
      "symbol-prefix", cl::value_desc("prefix"), cl::cat(category),
      cl::desc("Put this before the names of the functions in C")};

  enum class Visibility { Default, Hidden };
  cl::opt<Visibility> visibility{
      "visibility", cl::init(Visibility::Default), cl::cat(category),
      cl::desc("Who can call the functions of the shared object that this is "
               "linked into:"),
      cl::values(
          clEnumValN(Visibility::Default, "default", "everybody (the default)"),
          clEnumValN(Visibility::Hidden, "hidden",
                     "that shared object alone"))};

  cl::opt<Emit> emit{
      "emit", cl::desc("What to write:"), cl::init(Emit::Object),
      cl::cat(category),
      cl::values(
          clEnumValN(Emit::Object, "obj", "an object file (the default)"),
          clEnumValN(Emit::StaticLibrary, "lib", "a static library"),
          clEnumValN(Emit::SharedLibrary, "shared",
                     "a shared library, linked by the C compiler"),
          clEnumValN(Emit::Assembly, "asm", "assembly"),
          clEnumValN(Emit::LLVM, "llvm", "LLVM IR, optimised"),
          clEnumValN(Emit::MLIR, "mlir",
                     "MLIR, after the phase of --compile-to"),
          clEnumValN(Emit::Header, "header", "the C header"),
          clEnumValN(Emit::CxxHeader, "hpp", "the C++17 header"),
          clEnumValN(Emit::MainProgram, "main",
                     "a C program that calls the object's functions from the "
                     "command line"),
          clEnumValN(Emit::Manifest, "manifest",
                     "what is in the object, as JSON"),
          clEnumValN(
              Emit::Dot, "dot",
              "the computational graph, forward and backward, for Graphviz"))};
  cl::opt<std::string> compileTo{"compile-to", cl::value_desc("phase"),
                                 cl::cat(category)};
  std::string compileToHelp;

  CodeOptions code{category};

  cl::opt<std::string> memoryBudget{
      "memory-budget", cl::value_desc("bytes"), cl::cat(category),
      cl::desc("Give loops checkpoints until no function needs more workspace "
               "for all its outputs: 4096, 64KiB, 64MiB, 2GiB")};
  cl::opt<bool> printResiduals{
      "print-residuals", cl::cat(category),
      cl::desc("Print to stderr what the derivatives keep for their way back: "
               "bytes, operation, place, why, and what it would take to "
               "compute it again")};

  cl::opt<unsigned> optLevel{
      "O",
      cl::Prefix,
      cl::init(2),
      cl::value_desc("level"),
      cl::cat(category),
      cl::desc("How much to optimise, 0 to 3 (default 2)")};
  cl::opt<std::string> target{
      "target", cl::value_desc("triple"), cl::cat(category),
      cl::desc("The machine to compile for: x86_64-linux-gnu, "
               "aarch64-linux-gnu, riscv64-linux-gnu or armv7em-none-eabi; "
               "this one by default")};
  cl::opt<std::string> cpu{
      "mcpu", cl::value_desc("processor"), cl::cat(category),
      cl::desc("The processor to compile for, or 'native'; what every one of "
               "the architecture "
               "can do by default")};
  cl::list<std::string> multiversion{
      "multiversion", cl::value_desc("processor,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Compile for each of these processors of x86_64, and let a call "
               "run the most capable version that the machine can: "
               "x86-64,x86-64-v3,x86-64-v4")};

  Options();
};
} // namespace

Options::Options() {
  compileToHelp = "Stop after a phase and write MLIR:";
  for (const PhaseInfo &phase : getPhases())
    compileToHelp += "\n" + phase.name.str() + ": " + phase.description.str();
  compileTo.setDescription(compileToHelp);
}

static LogicalResult reportError(const Twine &message) {
  llvm::WithColor::error(llvm::errs(), "atled-compile") << message << "\n";
  return failure();
}

static LogicalResult parsePhase(const Options &options, CompileCommand &line) {
  line.lastPhase = Phase::LLVM;
  if (options.compileTo.empty())
    return success();
  std::string names;
  for (const PhaseInfo &phase : getPhases()) {
    if (phase.name == options.compileTo) {
      line.lastPhase = phase.phase;
      if (phase.phase == Phase::Loops && !options.multiversion.empty())
        return reportError("--compile-to=loops shows one version: choose it "
                           "with -mcpu");
      if (options.emit.getNumOccurrences() && line.emit != Emit::MLIR)
        return reportError("--compile-to stops before there is code: it goes "
                           "with --emit=mlir");
      line.emit = Emit::MLIR;
      return success();
    }
    names += (names.empty() ? "" : ", ") + phase.name.str();
  }
  return reportError("unknown phase '" + options.compileTo +
                     "'; the phases are " + names);
}

/// How the file that is written by default ends; empty for text.
static StringRef getSuffix(Emit emit) {
  switch (emit) {
  case Emit::Object:
    return ".o";
  case Emit::StaticLibrary:
    return ".a";
  case Emit::SharedLibrary:
    return ".so";
  default:
    return "";
  }
}

static LogicalResult parseFiles(const Options &options, CompileCommand &line) {
  line.input = options.input;
  line.header = options.header;
  line.cxxHeader = options.cxxHeader;
  line.mainProgram = options.mainProgram;
  line.manifest = options.manifest;
  line.compile.measureStack =
      line.emit == Emit::Manifest || !line.manifest.empty();
  line.output = options.output;
  StringRef suffix = getSuffix(line.emit);
  if (line.output.empty()) {
    if (!suffix.empty() && line.input == "-")
      return reportError(
          "the program comes from stdin: say with -o where the object goes");
    line.output = suffix.empty()
                      ? "-"
                      : (llvm::sys::path::stem(line.input) + suffix).str();
  }
  bool isCode =
      !suffix.empty() || line.emit == Emit::Assembly || line.emit == Emit::LLVM;
  SmallVector<std::pair<StringRef, StringRef>> files = {{"-o", line.output}};
  for (auto [flag, path] :
       {std::pair<StringRef, StringRef>{"--header", line.header},
        {"--hpp", line.cxxHeader},
        {"--main", line.mainProgram},
        {"--manifest", line.manifest}}) {
    if (path.empty())
      continue;
    if (flag == "--manifest" && suffix.empty())
      return reportError("--manifest goes with an object: --emit=obj, lib or "
                         "shared");
    if (!isCode)
      return reportError(flag + " goes with code: --emit=obj, lib, shared, asm "
                                "or llvm");
    for (auto [otherFlag, other] : files)
      if (isSameFile(path, other))
        return reportError(otherFlag + " and " + flag +
                           " name the same file '" + path + "'");
    files.emplace_back(flag, path);
  }
  for (auto [flag, path] : files)
    if (isSameFile(path, line.input))
      return reportError("the output '" + path + "' is the input");
  return success();
}

/// What can change the code, as one would write it; no names of files.
static std::vector<std::string> listFlags(const Options &options) {
  std::vector<std::string> flags;
  for (const cl::list<std::string> &list :
       {std::cref(options.grad), std::cref(options.valueAndGrad),
        std::cref(options.vjp), std::cref(options.jvp),
        std::cref(options.split), std::cref(options.wrt),
        std::cref(options.accumulate), std::cref(options.donate),
        std::cref(options.entry), std::cref(options.multiversion)})
    if (!list.empty())
      flags.push_back(("--" + list.ArgStr + "=" + llvm::join(list, ",")).str());
  const cl::opt<std::string> *values[] = {&options.prefix,
                                          &options.memoryBudget};
  for (const cl::opt<std::string> *option : values)
    if (option->getNumOccurrences())
      flags.push_back(
          ("--" + option->ArgStr + "=" + StringRef(option->getValue())).str());
  if (options.visibility == Options::Visibility::Hidden)
    flags.push_back("--visibility=hidden");
  if (options.code.checked)
    flags.push_back("--checked");
  if (options.code.checkNaN)
    flags.push_back("--check-nan");
  if (options.code.strongZeros)
    flags.push_back("--strong-zeros");
  flags.push_back("-O" + llvm::utostr(options.optLevel));
  return flags;
}

/// Parses a number of bytes: '64MiB'.
static FailureOr<int64_t> parseBytes(StringRef text) {
  constexpr std::pair<StringRef, int64_t> units[] = {
      {"KiB", 1 << 10}, {"MiB", 1 << 20},   {"GiB", 1 << 30}, {"kB", 1000},
      {"MB", 1000000},  {"GB", 1000000000}, {"", 1}};
  StringRef unit = text.ltrim("0123456789");
  int64_t number;
  for (auto [name, bytes] : units)
    if (unit == name && !text.drop_back(unit.size()).getAsInteger(10, number) &&
        !llvm::MulOverflow(number, bytes, number))
      return number;
  return reportError("--memory-budget takes a number of bytes, as 4096, 64KiB, "
                     "64MiB or 2GiB, and got '" +
                     text + "'");
}

static LogicalResult parseCompileOptions(const Options &options,
                                         CompileOptions &compile) {
  const std::pair<const cl::list<std::string> &, DerivativeRequest::Kind>
      requests[] = {{options.grad, DerivativeRequest::Grad},
                    {options.valueAndGrad, DerivativeRequest::ValueAndGrad},
                    {options.vjp, DerivativeRequest::Vjp},
                    {options.jvp, DerivativeRequest::Jvp},
                    {options.split, DerivativeRequest::Split}};
  for (const auto &[functions, kind] : requests) {
    llvm::StringSet<> named;
    for (const std::string &function : functions) {
      if (!named.insert(function).second)
        return reportError("--" + functions.ArgStr + " names '" + function +
                           "' twice");
      compile.requests.push_back({kind, function});
    }
  }
  compile.wrt.assign(options.wrt.begin(), options.wrt.end());
  if (!compile.wrt.empty() && compile.requests.empty())
    return reportError(
        "--wrt goes with --grad, --value-and-grad, --vjp, --jvp or --split");
  compile.accumulate.assign(options.accumulate.begin(),
                            options.accumulate.end());
  bool hasGradients =
      llvm::any_of(compile.requests, [](const DerivativeRequest &request) {
        return request.kind != DerivativeRequest::Jvp;
      });
  if (!compile.accumulate.empty() && !hasGradients)
    return reportError(
        "--accumulate goes with --grad, --value-and-grad, --vjp or --split");
  for (const std::string &donation : options.donate) {
    auto [input, output] = StringRef(donation).split(':');
    if (input.empty() || output.empty())
      return reportError("--donate takes an input and an output, as 'w:w_new', "
                         "and got '" +
                         donation + "'");
    compile.pipeline.donated.push_back(donation);
  }
  compile.entries.assign(options.entry.begin(), options.entry.end());
  compile.pipeline.symbolPrefix = options.prefix;
  compile.pipeline.hidden = options.visibility == Options::Visibility::Hidden;
  if (compile.pipeline.hidden && options.emit == Emit::SharedLibrary)
    return reportError("--visibility=hidden leaves nothing that one could call "
                       "in a shared library");
  options.code.apply(compile.pipeline);
  compile.pipeline.printResiduals = options.printResiduals;
  if (options.memoryBudget.getNumOccurrences()) {
    FailureOr<int64_t> bytes = parseBytes(options.memoryBudget);
    if (failed(bytes))
      return failure();
    compile.memoryBudget = bytes;
  }
  if (options.optLevel > 3)
    return reportError("there is no -O" + Twine(options.optLevel) +
                       "; the levels are 0 to 3");
  compile.optLevel = options.optLevel;
  if (!options.multiversion.empty() && !options.cpu.empty())
    return reportError("--multiversion and -mcpu both say which processors to "
                       "compile for");
  return success();
}

FailureOr<CompileCommand> CompileCommand::parse(int argc, char **argv) {
  Options options;
  hideUnrelatedOptions(options.category);
  if (failed(checkArguments("atled-compile", ArrayRef(argv + 1, argv + argc),
                            options.category)))
    return failure();
  cl::ParseCommandLineOptions(argc, argv, overview);

  CompileCommand line;
  line.emit = options.emit;
  line.target = options.target;
  line.cpu = options.cpu;
  line.versions.assign(options.multiversion.begin(),
                       options.multiversion.end());
  line.flags = listFlags(options);
  if (failed(parsePhase(options, line)) || failed(parseFiles(options, line)) ||
      failed(parseCompileOptions(options, line.compile)))
    return failure();
  return line;
}
