//===- RunTests.cpp - Running the tests of a program ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/RunTests.h"
#include "atled/Dialect/Check/Transforms/ChecksToOutputs.h"
#include "atled/Execution/CompareTensors.h"
#include "atled/Execution/Program.h"
#include "atled/Execution/RandomTensor.h"
#include "atled/Support/NearestName.h"
#include "llvm/Support/Format.h"

using namespace atled;
using check::Comparison;
using check::DerivativeEntries;
using check::GradientsCheck;
using check::Test;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static std::string formatNumber(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.3g", number);
  return text;
}

static std::string formatTensor(const HostTensor &tensor) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printTensor(os, tensor);
  return text;
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

/// The value of a constant of the program.
static llvm::Expected<HostTensor> createTensor(DenseElementsAttr value) {
  auto type = cast<RankedTensorType>(value.getType());
  std::optional<TensorSignature> signature = getSignature(type);
  assert(signature && "the inputs of an entry have a C type");
  llvm::Expected<HostTensor> tensor = HostTensor::create(*signature);
  if (!tensor)
    return tensor;
  // Stored as bits, so that every NaN stays the one it is.
  if (isFloat(signature->kind)) {
    for (auto [index, element] : llvm::enumerate(value.getValues<APFloat>()))
      tensor->setInteger(index, element.bitcastToAPInt().getZExtValue());
    return tensor;
  }
  for (auto [index, element] : llvm::enumerate(value.getValues<APInt>()))
    tensor->setInteger(index, element.getZExtValue());
  return tensor;
}

//===----------------------------------------------------------------------===//
// One test
//===----------------------------------------------------------------------===//

namespace {
class TestRunner {
public:
  TestRunner(const Program &program, const Test &test, Location loc)
      : program(program), test(test), loc(loc) {}

  /// Runs the test; returns how many of its checks do not hold.
  unsigned run() {
    if (llvm::Error error = compute()) {
      emitError(loc, "the test cannot run: ")
          << llvm::toString(std::move(error));
      return getNumChecks();
    }
    unsigned numFailed = 0;
    for (const Comparison &comparison : test.comparisons)
      numFailed += failed(compare(comparison));
    for (const GradientsCheck &check : test.gradients)
      numFailed += failed(verify(check));
    return numFailed;
  }

  unsigned getNumChecks() const {
    return test.comparisons.size() + test.gradients.size();
  }

private:
  llvm::Error compute();
  LogicalResult compare(const Comparison &comparison);
  LogicalResult verify(const GradientsCheck &check);
  LogicalResult verify(const GradientsCheck &check, unsigned order,
                       const DerivativeEntries &entries);
  LogicalResult judge(const GradientsCheck &check, unsigned order,
                      const ArgumentVerdict &verdict,
                      const GradientBounds &bounds);

  const Program &program;
  const Test &test;
  Location loc;
  std::vector<HostTensor> outputs;
};
} // namespace

llvm::Error TestRunner::compute() {
  std::vector<HostTensor> inputs;
  for (DenseElementsAttr value : test.inputs) {
    llvm::Expected<HostTensor> input = createTensor(value);
    if (!input)
      return input.takeError();
    inputs.push_back(std::move(*input));
  }
  llvm::Expected<Invocation> invocation =
      program[test.name].prepare(getPointers(inputs));
  if (!invocation)
    return invocation.takeError();
  if (llvm::Error error = invocation->run())
    return error;
  // Again: a result that depends on what was in memory, and an input that was
  // written, show as a difference.
  std::vector<HostTensor> first;
  for (const HostTensor &output : invocation->getOutputs()) {
    llvm::Expected<HostTensor> copy = output.clone();
    if (!copy)
      return copy.takeError();
    first.push_back(std::move(*copy));
  }
  if (llvm::Error error = invocation->run())
    return error;
  outputs = invocation->takeOutputs();
  for (auto [before, after] : llvm::zip_equal(first, outputs))
    if (before.getBytes() != after.getBytes())
      return llvm::createStringError("two runs of it have different results");
  return llvm::Error::success();
}

LogicalResult TestRunner::compare(const Comparison &comparison) {
  const HostTensor &actual = outputs[comparison.actual];
  const HostTensor &expected = outputs[comparison.expected];
  std::optional<Mismatch> mismatch =
      comparison.isExact
          ? compareEqual(actual, expected)
          : compareClose(actual, expected,
                         {comparison.rtol, comparison.atol, comparison.ulps});
  if (!mismatch)
    return success();

  InFlightDiagnostic diagnostic = emitError(comparison.loc);
  diagnostic << mismatch->count << " of " << actual.getNumElements()
             << " elements are not as expected; the worst";
  if (!actual.getShape().empty())
    diagnostic << ", at "
               << formatPosition(actual.getSignature(), mismatch->worst) << ",";
  diagnostic << " is " << formatElement(actual, mismatch->worst)
             << " instead of " << formatElement(expected, mismatch->worst)
             << ", off by " << formatNumber(mismatch->difference);
  constexpr int64_t mostShown = 32;
  if (actual.getNumElements() > 1 && actual.getNumElements() <= mostShown) {
    diagnostic.attachNote() << "actual:\n" << formatTensor(actual);
    diagnostic.attachNote() << "expected:\n" << formatTensor(expected);
  }
  return failure();
}

LogicalResult TestRunner::verify(const GradientsCheck &check) {
  for (auto [index, entries] : llvm::enumerate(check.orders))
    if (failed(verify(check, index + 1, entries)))
      return failure();
  return success();
}

LogicalResult TestRunner::verify(const GradientsCheck &check, unsigned order,
                                 const DerivativeEntries &entries) {
  auto call = [&](StringRef name) {
    return [&program = program, name](ArrayRef<const HostTensor *> inputs) {
      return program[name].call(inputs);
    };
  };
  auto value = call(entries.value), jvp = call(entries.jvp),
       vjp = call(entries.vjp);
  auto fail = [&](llvm::Error error) {
    return emitError(check.loc, "cannot check the gradients: ")
           << llvm::toString(std::move(error));
  };

  // The point that the test computed, then the seeds of the orders below.
  const EntryPoint &entry = program[entries.value].getEntry();
  SmallVector<const HostTensor *> point = getPointers(
      ArrayRef(outputs).slice(check.firstArgument, check.numArguments));
  std::vector<HostTensor> seeds;
  for (const EntryTensor &input :
       ArrayRef(entry.inputs).drop_front(point.size())) {
    llvm::Expected<HostTensor> seed =
        HostTensor::create(*getSignature(input.type));
    if (!seed)
      return fail(seed.takeError());
    fillWithNormal(*seed, /*seed=*/2000 + seeds.size());
    seeds.push_back(std::move(*seed));
  }
  llvm::append_range(point, getPointers(seeds));

  GradientBounds bounds = getDefaultBounds(entry, entries.wrt);
  bounds.differences = check.rtol.value_or(bounds.differences);
  bounds.step = check.step.value_or(bounds.step);
  llvm::Expected<SmallVector<ArgumentVerdict>> verdicts =
      verifyGradient({value, jvp, vjp, entries.wrt}, point, bounds);
  if (!verdicts)
    return fail(verdicts.takeError());
  for (const ArgumentVerdict &verdict : *verdicts)
    if (failed(judge(check, order, verdict, bounds)))
      return failure();
  return success();
}

LogicalResult TestRunner::judge(const GradientsCheck &check, unsigned order,
                                const ArgumentVerdict &verdict,
                                const GradientBounds &bounds) {
  bool isPaired = verdict.isPaired(bounds);
  if (isPaired && verdict.matchesDifferences(bounds))
    return success();
  InFlightDiagnostic diagnostic = emitError(check.loc, "the derivative");
  if (order > 1)
    diagnostic << " of order " << order;
  diagnostic << " of @" << check.callee << " with respect to argument "
             << verdict.argument;
  if (!isPaired) {
    diagnostic << " differs between forward and reverse mode: <w, J v> and "
                  "<J' w, v> are "
               << formatNumber(verdict.pairingError)
               << " apart, relative to their terms; allowed is "
               << formatNumber(bounds.pairing);
    return failure();
  }
  diagnostic << " is not that of central differences: element " << verdict.index
             << " of result " << verdict.result << " is " << verdict.derivative
             << " instead of " << verdict.difference
             << "; the relative error is "
             << formatNumber(verdict.differencesError) << ", allowed is "
             << formatNumber(bounds.differences);
  return failure();
}

//===----------------------------------------------------------------------===//
// All tests
//===----------------------------------------------------------------------===//

/// The tests to run: all, or the one called `name`. The others are erased.
static FailureOr<SmallVector<func::FuncOp>> selectTests(ModuleOp module,
                                                        StringRef name) {
  FailureOr<SmallVector<func::FuncOp>> tests = check::collectTests(module);
  if (failed(tests))
    return failure();
  if (tests->empty())
    return module.emitError("the program contains no check");
  if (name.empty())
    return tests;

  SmallVector<StringRef> names;
  for (func::FuncOp test : *tests)
    names.push_back(test.getName());
  if (!llvm::is_contained(names, name))
    return module.emitError("there is no test '")
           << name << "'" << suggestNearestName(name, names);
  SmallVector<func::FuncOp> selected;
  for (func::FuncOp test : *tests) {
    if (test.getName() == name)
      selected.push_back(test);
    else
      test.erase();
  }
  return selected;
}

LogicalResult atled::runTests(ModuleOp module, StringRef name,
                              const CompileOptions &options, raw_ostream &os) {
  FailureOr<SmallVector<func::FuncOp>> functions = selectTests(module, name);
  if (failed(functions))
    return failure();
  std::vector<std::pair<Test, Location>> tests;
  SmallVector<std::string> entries;
  for (func::FuncOp function : *functions) {
    FailureOr<Test> test = check::convertChecksToOutputs(function);
    if (failed(test))
      return failure();
    entries.push_back(test->name);
    for (const GradientsCheck &check : test->gradients)
      for (const DerivativeEntries &order : check.orders)
        llvm::append_values(entries, order.value, order.jvp, order.vjp);
    tests.emplace_back(std::move(*test), function.getLoc());
  }
  FailureOr<Program> program = Program::compile(module, entries, options);
  if (failed(program))
    return failure();

  unsigned numChecks = 0, numFailed = 0;
  for (const auto &[test, loc] : tests) {
    TestRunner runner(*program, test, loc);
    numChecks += runner.getNumChecks();
    numFailed += runner.run();
  }
  os << tests.size() << (tests.size() == 1 ? " test, " : " tests, ")
     << numChecks - numFailed << " checks passed, " << numFailed << " failed\n";
  return failure(numFailed != 0);
}
