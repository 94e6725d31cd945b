//===- Options.cpp - The command line of atled-run ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "atled/Execution/NamedTexts.h"
#include "atled/Pipelines/ToolOptions.h"
#include "atled/Support/OutputFiles.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"
#include <functional>

using namespace atled;
namespace cl = llvm::cl;

static constexpr StringLiteral overview =
    R"(Compiles a tensor program in memory and runs one of its functions, or its tests

  atled-run model.mlir --entry=loss --input=x.npy --input=4xf64=1,2,3,4
  atled-run model.mlir --grad=loss --input=x=x.npy --output=grad_x=gradient.npy
  atled-run model.mlir --verify-gradient --entry=loss --input=16xf64=random:1
  atled-run model.mlir --check

Inputs and outputs are named, or in order: those that are not named are next. An input is the
name of an .npy file, or a literal:
  4xf64=1,2,3,4      the elements in row-major order
  4x4xf32=0.5        one value for all elements
  f64=3              a scalar
  4x4xf32=random:7   standard normal numbers by this seed
In .npy files, bf16 is the type V2: x.view('V2') of an array of 16-bit words.
)";

namespace {
/// The options, alive while the command line is parsed.
struct Options {
  cl::OptionCategory category{"Options of atled-run"};

  cl::opt<std::string> program{cl::Positional, cl::init("-"),
                               cl::desc("<program.mlir, or - for stdin>"),
                               cl::cat(category)};
  cl::opt<std::string> entry{
      "entry", cl::value_desc("function"), cl::cat(category),
      cl::desc("The function to run, or the one test to run with --check")};
  cl::list<std::string> inputs{
      "input", cl::value_desc("[name=]file.npy or literal"), cl::cat(category),
      cl::desc("An argument of the function; give one for each")};
  cl::list<std::string> outputs{
      "output", cl::value_desc("[name=]file.npy"), cl::cat(category),
      cl::desc("Write a result to a file instead of printing it")};

  cl::opt<std::string> grad{
      "grad", cl::value_desc("function"), cl::cat(category),
      cl::desc("Run the gradients of a function with one real result")};
  cl::opt<std::string> valueAndGrad{
      "value-and-grad", cl::value_desc("function"), cl::cat(category),
      cl::desc("As --grad, with the value before the gradients")};
  cl::opt<std::string> vjp{
      "vjp", cl::value_desc("function"), cl::cat(category),
      cl::desc("Run the vector-Jacobian product: takes a seed for each result "
               "after the arguments, returns the results and the cotangents")};
  cl::opt<std::string> jvp{
      "jvp", cl::value_desc("function"), cl::cat(category),
      cl::desc("Run the Jacobian-vector product: takes a tangent for each "
               "argument after the arguments, returns the results and their "
               "tangents")};
  cl::list<std::string> wrt{
      "wrt", cl::value_desc("argument,..."), cl::CommaSeparated,
      cl::cat(category),
      cl::desc("Differentiate with respect to these arguments, by name or "
               "counted from 0; all that have a derivative by default")};

  cl::opt<bool> check{
      "check", cl::cat(category),
      cl::desc("Run the tests in the program: its public functions without "
               "arguments that contain checks")};
  CodeOptions code{category};
  cl::opt<bool> verifyGradient{
      "verify-gradient", cl::cat(category),
      cl::desc("Compare the derivative of the function at the inputs with "
               "central differences, and forward with reverse mode")};
  cl::opt<unsigned> bench{
      "bench", cl::value_desc("calls"), cl::cat(category),
      cl::desc("Then call the function this often and print how long it took")};

  cl::opt<unsigned> threads{
      "num-threads", cl::init(1), cl::value_desc("count"), cl::cat(category),
      cl::desc("Run the function on this many threads, or on as many as there "
               "are processors with 0; its results do not depend on it "
               "(default 1)")};

  cl::list<std::string> libraries{
      "load", cl::value_desc("library.so"), cl::cat(category),
      cl::desc("Find functions that the program only declares in this shared "
               "library; may be given more than once")};

  cl::opt<unsigned> optLevel{
      "O",
      cl::Prefix,
      cl::init(2),
      cl::value_desc("level"),
      cl::cat(category),
      cl::desc("How much to optimise, 0 to 3 (default 2)")};
  cl::opt<std::string> cpu{
      "mcpu", cl::value_desc("processor"), cl::cat(category),
      cl::desc("The processor to compile for, or 'native'; what every one of "
               "the architecture can do by default")};
};
} // namespace

static LogicalResult reportError(const Twine &message) {
  llvm::WithColor::error(llvm::errs(), "atled-run") << message << "\n";
  return failure();
}

/// No result takes the place of what is read, or of another result.
static LogicalResult checkOutputs(const Options &options) {
  SmallVector<StringRef> taken = {options.program};
  for (StringRef input : options.inputs)
    taken.push_back(splitName(input).text);
  for (StringRef named : options.outputs) {
    StringRef output = splitName(named).text;
    for (StringRef path : taken)
      if (isSameFile(path, output))
        return reportError("--output=" + output +
                           " is a file that is read, or another result's");
    taken.push_back(output);
  }
  return success();
}

using OptionRef = std::reference_wrapper<const cl::Option>;

/// Reports an option that was given twice, of which the first would be lost.
static LogicalResult rejectRepeated(std::initializer_list<OptionRef> options) {
  for (const cl::Option &option : options)
    if (option.getNumOccurrences() > 1)
      return reportError("--" + option.ArgStr + " is given twice");
  return success();
}

/// The derivative that is asked for, or an error where there are two.
static LogicalResult parseDerivative(const Options &options, RunOptions &run) {
  std::pair<const cl::opt<std::string> *, DerivativeRequest::Kind> flags[] = {
      {&options.grad, DerivativeRequest::Grad},
      {&options.valueAndGrad, DerivativeRequest::ValueAndGrad},
      {&options.vjp, DerivativeRequest::Vjp},
      {&options.jvp, DerivativeRequest::Jvp}};
  StringRef first = options.entry.empty() ? "" : "entry";
  for (auto [flag, kind] : flags) {
    if (flag->empty())
      continue;
    if (!first.empty())
      return reportError("--" + first + " and --" + flag->ArgStr +
                         " each choose a function: give one of them");
    first = flag->ArgStr;
    run.derivative = DerivativeRequest{kind, *flag};
  }
  run.wrt.assign(options.wrt.begin(), options.wrt.end());
  return success();
}

/// Reports an option that was given and has no meaning in the mode.
static LogicalResult rejectOptions(StringRef mode,
                                   std::initializer_list<OptionRef> options) {
  for (const cl::Option &option : options)
    if (option.getNumOccurrences())
      return reportError("--" + option.ArgStr + " does not go with " + mode);
  return success();
}

static LogicalResult parseMode(const Options &options, Mode &mode) {
  mode = Mode::Run;
  if (options.check) {
    mode = Mode::Check;
    return rejectOptions(
        "--check", {options.verifyGradient, options.inputs, options.outputs,
                    options.grad, options.valueAndGrad, options.vjp,
                    options.jvp, options.wrt, options.bench, options.threads});
  }
  if (options.verifyGradient) {
    mode = Mode::VerifyGradient;
    return rejectOptions("--verify-gradient",
                         {options.outputs, options.bench, options.threads,
                          options.grad, options.valueAndGrad, options.vjp,
                          options.jvp});
  }
  if (options.wrt.getNumOccurrences() && !options.grad.getNumOccurrences() &&
      !options.valueAndGrad.getNumOccurrences() &&
      !options.vjp.getNumOccurrences() && !options.jvp.getNumOccurrences())
    return reportError("--wrt needs a derivative: --grad, --value-and-grad, "
                       "--vjp, --jvp or --verify-gradient");
  return success();
}

FailureOr<RunCommand> RunCommand::parse(int argc, char **argv) {
  Options options;
  hideUnrelatedOptions(options.category);
  if (failed(checkArguments("atled-run", ArrayRef(argv + 1, argv + argc),
                            options.category)))
    return failure();
  cl::ParseCommandLineOptions(argc, argv, overview);

  RunCommand line;
  line.program = options.program;
  line.cpu = options.cpu;
  line.run.entry = options.entry;
  line.run.inputs.assign(options.inputs.begin(), options.inputs.end());
  line.run.outputs.assign(options.outputs.begin(), options.outputs.end());
  line.run.numTimedCalls = options.bench;
  line.run.numThreads = options.threads;
  line.run.compile.optLevel = options.optLevel;
  options.code.apply(line.run.compile.pipeline);
  line.run.compile.libraries.assign(options.libraries.begin(),
                                    options.libraries.end());
  if (failed(rejectRepeated({options.entry, options.grad, options.valueAndGrad,
                             options.vjp, options.jvp, options.bench})) ||
      failed(parseMode(options, line.mode)) ||
      failed(parseDerivative(options, line.run)) ||
      failed(checkOutputs(options)))
    return failure();
  if (options.optLevel > 3)
    return reportError("there is no optimization level " +
                       Twine(options.optLevel) + "; the levels are 0 to 3");
  return line;
}
