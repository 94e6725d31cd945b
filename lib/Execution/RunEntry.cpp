//===- RunEntry.cpp - Running one function of a program -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/RunEntry.h"
#include "atled/Dialect/Check/Transforms/ChecksToOutputs.h"
#include "atled/Execution/NamedTexts.h"
#include "atled/Execution/NumpyFile.h"
#include "atled/Execution/Program.h"
#include "atled/Execution/UnfitExtents.h"
#include "atled/Support/OutputFiles.h"
#include "atled/threads.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include <chrono>

using namespace atled;

//===----------------------------------------------------------------------===//
// What to run
//===----------------------------------------------------------------------===//

/// The name of the function to run, once it is in the program, and tests are
/// not.
static FailureOr<std::string> findEntry(ModuleOp module,
                                        const RunOptions &options) {
  if (failed(check::eraseTests(module)))
    return failure();
  if (options.derivative) {
    if (failed(addDerivative(module, *options.derivative, options.wrt)))
      return failure();
    return getDerivativeName(*options.derivative);
  }
  if (!options.entry.empty())
    return options.entry;
  SmallVector<StringRef> names;
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isPublic())
      names.push_back(function.getName());
  for (auto split : module.getOps<ad::SplitOp>())
    names.append({split.getForward(), split.getReverse()});
  if (names.size() == 1)
    return names.front().str();
  if (names.empty())
    return module.emitError("the program has no public function to run");
  return module.emitError("the program has ")
         << names.size() << " public functions, " << llvm::join(names, ", ")
         << ": choose one with '--entry'";
}

/// Makes `name` the only entry, and describes it.
static FailureOr<EntryPoint> selectEntry(ModuleOp module,
                                         const std::string &name,
                                         const CompileOptions &options) {
  if (failed(setEntries(module, name)))
    return failure();
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return EntryPoint::fromTensors(function, /*symbolPrefix=*/"");
  // What a split declares is known when it is there.
  OwningOpRef<ModuleOp> copy = module.clone();
  if (failed(runPipeline(*copy, options, Phase::Derivatives)))
    return failure();
  return EntryPoint::fromTensors(copy->lookupSymbol<func::FuncOp>(name),
                                 /*symbolPrefix=*/"");
}

/// Where the program has the function `name`, or what declares it.
static Location getEntryLoc(ModuleOp module, StringRef name) {
  if (ad::SplitOp split = findSplit(module, name))
    return split.getLoc();
  return module.lookupSymbol(name)->getLoc();
}

/// What `place` says, "model.mlir:4:8: ...", where that is a line of the file
/// that `loc` is in: an object has no folders.
static Location findPlace(Location loc, StringRef place) {
  auto file = loc->findInstanceOf<FileLineColLoc>();
  unsigned line, column;
  if (!file ||
      !place.consume_front(llvm::sys::path::filename(file.getFilename())) ||
      !place.consume_front(":") || place.consumeInteger(10, line) ||
      !place.consume_front(":") || place.consumeInteger(10, column))
    return loc;
  return FileLineColLoc::get(file.getFilename(), line, column);
}

namespace {
/// What was called, for an error that explains it.
struct Call {
  const EntryPoint &entry;
  const CompileOptions &options;
  ArrayRef<HostTensor> inputs;
  Location loc;
  /// The program before it is compiled.
  OwningOpRef<ModuleOp> module;

  LogicalResult report(llvm::Error error);
};
} // namespace

/// Reports at the call, or at the place that the error tells.
LogicalResult Call::report(llvm::Error error) {
  if (error.isA<UnfitError>()) {
    llvm::consumeError(std::move(error));
    return reportUnfit(*module, entry, options, inputs, loc);
  }
  Location place = loc;
  error = llvm::handleErrors(std::move(error),
                             [&](std::unique_ptr<CallFailure> failure) {
                               place = findPlace(loc, failure->getPlace());
                               return llvm::Error(std::move(failure));
                             });
  return emitError(place) << llvm::toString(std::move(error));
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// "w: 4x2xf32, x: 4xf32", for a message.
static std::string describe(ArrayRef<EntryTensor> tensors) {
  return llvm::join(llvm::map_range(tensors,
                                    [](const EntryTensor &tensor) {
                                      return tensor.name + ": " +
                                             describeType(tensor);
                                    }),
                    ", ");
}

static llvm::Expected<HostTensor> readInput(StringRef text) {
  return isTensorLiteral(text) ? parseTensorLiteral(text)
         : text.ends_with(".npy") || !text.contains('=')
             ? readNumpyFile(text)
             : parseTensorLiteral(text);
}

/// Reads the inputs that the user gives and compares them with those that the
/// function takes, before anything is compiled.
static FailureOr<std::vector<HostTensor>>
readInputs(const EntryPoint &entry, ArrayRef<std::string> texts, Location loc) {
  llvm::Expected<SmallVector<StringRef>> assigned =
      assignTexts(texts, entry.inputs, "input", entry.name);
  if (!assigned)
    return emitError(loc) << llvm::toString(assigned.takeError());
  if (texts.size() != entry.inputs.size()) {
    InFlightDiagnostic diagnostic = emitError(loc)
                                    << "@" << entry.name << " takes "
                                    << entry.inputs.size() << " inputs";
    if (!entry.inputs.empty())
      diagnostic << " (" << describe(entry.inputs) << ")";
    return diagnostic << ", and " << texts.size()
                      << (texts.size() == 1 ? " is" : " are") << " given";
  }
  std::vector<HostTensor> inputs;
  for (auto [index, text, expected] :
       llvm::enumerate(*assigned, entry.inputs)) {
    llvm::Expected<HostTensor> input = readInput(text);
    if (!input)
      return emitError(loc) << "input " << index << " ('" << expected.name
                            << "'): " << llvm::toString(input.takeError());
    if (!matches(input->getSignature(), expected))
      return emitError(loc)
             << "input " << index << " ('" << expected.name << "') is of type "
             << input->getSignature().str() << ", and @" << entry.name
             << " takes " << describeType(expected);
    inputs.push_back(std::move(*input));
  }
  return inputs;
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

static void printOutput(raw_ostream &os, const EntryTensor &output,
                        const HostTensor &tensor) {
  std::string text;
  llvm::raw_string_ostream textOS(text);
  printTensor(textOS, tensor);
  bool isOneLine = !StringRef(text).contains('\n');
  os << output.name << ": " << tensor.getSignature().str() << " ="
     << (isOneLine ? " " : "\n") << text << "\n";
}

/// The file for each output, empty for one that is printed.
static FailureOr<SmallVector<StringRef>>
assignFiles(const EntryPoint &entry, ArrayRef<std::string> texts,
            Location loc) {
  llvm::Expected<SmallVector<StringRef>> files =
      assignTexts(texts, entry.outputs, "output", entry.name);
  if (!files)
    return emitError(loc) << llvm::toString(files.takeError());
  if (texts.size() > entry.outputs.size())
    return emitError(loc) << "@" << entry.name << " has "
                          << entry.outputs.size() << " results, and "
                          << texts.size() << " output files are given";
  return std::move(*files);
}

static LogicalResult writeOutputs(const EntryPoint &entry,
                                  ArrayRef<HostTensor> tensors,
                                  ArrayRef<StringRef> paths, raw_ostream &os) {
  OutputFiles files("atled-run");
  for (auto [path, tensor] : llvm::zip_equal(paths, tensors)) {
    if (path.empty())
      continue;
    std::string content;
    llvm::raw_string_ostream contentOS(content);
    writeNumpy(contentOS, tensor);
    files.add(path, std::move(content));
  }
  if (failed(files.write()))
    return failure();
  for (auto [path, output, tensor] :
       llvm::zip_equal(paths, entry.outputs, tensors))
    if (path.empty())
      printOutput(os, output, tensor);
  return success();
}

namespace {
/// Threads to run on; none if there is to be one.
class ThreadPool {
public:
  llvm::Error start(unsigned count) {
    if (count == 1)
      return llvm::Error::success();
    atled_threads *threads = nullptr;
    int code = atled_threads_create(&threads, count);
    pool.reset(threads);
    if (code == 0) {
      exec = atled_threads_exec(threads);
      return llvm::Error::success();
    }
    return llvm::createStringError(
        "cannot run on " + llvm::Twine(count) + " threads: " +
        (count > ATLED_THREADS_MAX
             ? "there can be " + std::to_string(ATLED_THREADS_MAX)
             : llvm::sys::StrError(code)));
  }

  const atled_exec *getExec() const { return pool ? &exec : nullptr; }

private:
  struct Destroy {
    void operator()(atled_threads *pool) const { atled_threads_destroy(pool); }
  };
  std::unique_ptr<atled_threads, Destroy> pool;
  atled_exec exec;
};
} // namespace

/// Short ones in nanoseconds.
static std::string describeTime(double microseconds) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (microseconds < 10)
    os << llvm::format("%.0f ns", microseconds * 1000);
  else
    os << llvm::format("%.2f us", microseconds);
  return text;
}

static llvm::Error timeCalls(Invocation &invocation, unsigned count,
                             raw_ostream &os) {
  using Clock = std::chrono::steady_clock;
  SmallVector<double> microseconds;
  for (unsigned i = 0; i < count; ++i) {
    Clock::time_point start = Clock::now();
    if (llvm::Error error = invocation.runAgain())
      return error;
    std::chrono::duration<double, std::micro> time = Clock::now() - start;
    microseconds.push_back(time.count());
  }
  llvm::sort(microseconds);
  os << count << " calls: median " << describeTime(microseconds[count / 2])
     << ", least " << describeTime(microseconds.front()) << "\n";
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

LogicalResult atled::runEntry(ModuleOp module, const RunOptions &options,
                              raw_ostream &os) {
  FailureOr<std::string> name = findEntry(module, options);
  if (failed(name))
    return failure();
  FailureOr<EntryPoint> entry = selectEntry(module, *name, options.compile);
  if (failed(entry))
    return failure();
  Location loc = getEntryLoc(module, *name);
  FailureOr<SmallVector<StringRef>> files =
      assignFiles(*entry, options.outputs, loc);
  if (failed(files))
    return failure();
  FailureOr<std::vector<HostTensor>> inputs =
      readInputs(*entry, options.inputs, loc);
  if (failed(inputs))
    return failure();

  Call call{*entry, options.compile, *inputs, loc, module.clone()};
  FailureOr<Program> program = Program::compile(module, *name, options.compile);
  if (failed(program))
    return failure();
  auto fail = [&](llvm::Error error) { return call.report(std::move(error)); };
  ThreadPool threads;
  if (llvm::Error error = threads.start(options.numThreads))
    return fail(std::move(error));
  llvm::Expected<Invocation> invocation =
      (*program)[*name].prepare(getPointers(*inputs));
  if (!invocation)
    return fail(invocation.takeError());
  invocation->setExec(threads.getExec());
  if (llvm::Error error = invocation->run())
    return fail(std::move(error));
  if (failed(writeOutputs(*entry, invocation->getOutputs(), *files, os)))
    return failure();
  if (options.numTimedCalls)
    if (llvm::Error error = timeCalls(*invocation, options.numTimedCalls, os))
      return fail(std::move(error));
  return success();
}

//===----------------------------------------------------------------------===//
// Verifying a gradient
//===----------------------------------------------------------------------===//

/// The arguments in question: those in `wrt`, which the program has been found
/// to have, or all of floating point.
static SmallVector<int64_t> getWrt(const EntryPoint &entry,
                                   ArrayRef<std::string> wrt) {
  auto isAskedFor = [&](unsigned index, const EntryTensor &input) {
    if (wrt.empty())
      return isFloat(getKind(input));
    return llvm::any_of(wrt, [&](StringRef text) {
      unsigned number;
      return text.getAsInteger(/*Radix=*/10, number) ? text == input.name
                                                     : number == index;
    });
  };
  SmallVector<int64_t> arguments;
  for (auto [index, input] : llvm::enumerate(entry.inputs))
    if (isAskedFor(index, input))
      arguments.push_back(index);
  return arguments;
}

static StringRef describe(const ArgumentVerdict &verdict,
                          const GradientBounds &bounds) {
  if (!verdict.isPaired(bounds))
    return "forward and reverse mode differ";
  if (std::isnan(verdict.difference))
    return "no difference is a number: the function ends near this point";
  if (!verdict.matchesDifferences(bounds))
    return "not the derivative of the function";
  if (verdict.isHidden())
    return "cannot tell: the values' rounding hides it; try f64";
  return "ok";
}

static void printVerdicts(raw_ostream &os, const EntryPoint &entry,
                          ArrayRef<ArgumentVerdict> verdicts,
                          const GradientBounds &bounds) {
  os << "gradient of @" << entry.name
     << ", relative errors, of differences beyond rounding:\n";
  size_t width = StringRef("argument").size();
  for (const ArgumentVerdict &verdict : verdicts)
    width = std::max(width, entry.inputs[verdict.argument].name.size());
  os << llvm::left_justify("argument", width) << "  pairing   differences\n";
  for (const ArgumentVerdict &verdict : verdicts)
    os << llvm::left_justify(entry.inputs[verdict.argument].name, width)
       << llvm::format("  %-8.1e  %-11.1e  ", verdict.pairingError,
                       verdict.differencesError)
       << describe(verdict, bounds) << "\n";
  os << llvm::left_justify("allowed", width)
     << llvm::format("  %-8.1e  %.1e\n", bounds.pairing, bounds.differences);
}

LogicalResult atled::verifyEntryGradient(ModuleOp module,
                                         const RunOptions &options,
                                         raw_ostream &os) {
  FailureOr<std::string> name = findEntry(module, options);
  if (failed(name))
    return failure();
  DerivativeRequest jvpRequest{DerivativeRequest::Jvp, *name};
  DerivativeRequest vjpRequest{DerivativeRequest::Vjp, *name};
  if (failed(addDerivative(module, jvpRequest, options.wrt)) ||
      failed(addDerivative(module, vjpRequest, options.wrt)))
    return failure();
  FailureOr<EntryPoint> entry = selectEntry(module, *name, options.compile);
  if (failed(entry))
    return failure();
  Location loc = getEntryLoc(module, *name);
  FailureOr<std::vector<HostTensor>> inputs =
      readInputs(*entry, options.inputs, loc);
  if (failed(inputs))
    return failure();

  std::string jvpName = getDerivativeName(jvpRequest),
              vjpName = getDerivativeName(vjpRequest);
  Call inQuestion{*entry, options.compile, *inputs, loc, module.clone()};
  FailureOr<Program> program =
      Program::compile(module, {*name, jvpName, vjpName}, options.compile);
  if (failed(program))
    return failure();
  auto call = [&](StringRef function, ArrayRef<const HostTensor *> arguments) {
    return (*program)[function].call(arguments);
  };
  // A derivative returns the function's results in front.
  auto callDerivative = [&](StringRef function,
                            ArrayRef<const HostTensor *> arguments)
      -> llvm::Expected<std::vector<HostTensor>> {
    llvm::Expected<std::vector<HostTensor>> results = call(function, arguments);
    if (results)
      results->erase(results->begin(),
                     results->begin() + entry->outputs.size());
    return results;
  };
  using Tensors = ArrayRef<const HostTensor *>;
  auto value = [&](Tensors x) { return call(*name, x); };
  auto jvp = [&](Tensors x) { return callDerivative(jvpName, x); };
  auto vjp = [&](Tensors x) { return callDerivative(vjpName, x); };

  SmallVector<int64_t> wrt = getWrt(*entry, options.wrt);
  GradientBounds bounds = getDefaultBounds(*entry, wrt);
  llvm::Expected<SmallVector<ArgumentVerdict>> verdicts =
      verifyGradient({value, jvp, vjp, wrt}, getPointers(*inputs), bounds);
  if (!verdicts)
    return inQuestion.report(verdicts.takeError());
  printVerdicts(os, *entry, *verdicts, bounds);
  return success(llvm::all_of(*verdicts, [&](const ArgumentVerdict &verdict) {
    return verdict.isPaired(bounds) && verdict.matchesDifferences(bounds) &&
           !verdict.isHidden();
  }));
}
