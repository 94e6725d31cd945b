//===- ChecksToOutputs.cpp - Checks become results ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Check/Transforms/ChecksToOutputs.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Check/Transforms/Passes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

using namespace atled;
using namespace atled::check;

namespace atled::check {
#define GEN_PASS_DEF_CHECKTOOUTPUTSPASS
#define GEN_PASS_DEF_CHECKERASETESTSPASS
#include "atled/Dialect/Check/Transforms/Passes.h.inc"
} // namespace atled::check

//===----------------------------------------------------------------------===//
// Finding tests
//===----------------------------------------------------------------------===//

static bool isCheck(Operation &op) {
  return isa<ExpectCloseOp, ExpectEqOp, GradientsOp>(op);
}

FailureOr<SmallVector<func::FuncOp>> check::collectTests(ModuleOp module) {
  SmallVector<func::FuncOp> tests;
  // A check's parent is a function, and functions may stand in modules within
  // the module.
  WalkResult result = module.walk([&](func::FuncOp function) {
    if (function.isDeclaration())
      return WalkResult::advance();
    auto checks = llvm::make_filter_range(function.getOps(), isCheck);
    if (checks.empty())
      return WalkResult::advance();
    auto fail = [&](Operation &op, const Twine &why) {
      InFlightDiagnostic diagnostic =
          op.emitOpError("stands in a function that is no test: ") << why;
      diagnostic.attachNote(function.getLoc())
          << "a test is a public function of the outermost module, without "
             "arguments";
      return WalkResult::interrupt();
    };
    Operation &first = *checks.begin();
    if (!function.isPublic())
      return fail(first, "@" + function.getName() + " is private");
    if (function.getNumArguments())
      return fail(first, "@" + function.getName() + " takes arguments");
    if (function->getParentOp() != module)
      return fail(first, "@" + function.getName() + " is nested");
    tests.push_back(function);
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  return tests;
}

LogicalResult check::eraseTests(ModuleOp module) {
  FailureOr<SmallVector<func::FuncOp>> tests = collectTests(module);
  if (failed(tests))
    return failure();
  for (func::FuncOp test : *tests) {
    if (!SymbolTable::symbolKnownUseEmpty(test, module))
      return test.emitError("the test @") << test.getName() << " is called";
    test.erase();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Converting one
//===----------------------------------------------------------------------===//

static double getOrZero(std::optional<APFloat> value) {
  return value ? value->convertToDouble() : 0;
}

static std::optional<double> getOrNone(std::optional<APFloat> value) {
  if (!value)
    return std::nullopt;
  return value->convertToDouble();
}

namespace {
class TestConverter {
public:
  explicit TestConverter(func::FuncOp function)
      : function(function), body(function.front()) {
    test.name = function.getName().str();
  }

  FailureOr<Test> convert() {
    if (!function.getBody().hasOneBlock())
      return function.emitError("the test @")
             << function.getName() << " has more than one block";
    // Results that the test has already stay in front.
    auto terminator = cast<func::ReturnOp>(body.getTerminator());
    llvm::append_range(outputs, terminator.getOperands());
    for (Operation &op : llvm::make_early_inc_range(body))
      if (isCheck(op) && failed(convertCheck(op)))
        return failure();
    terminator.getOperandsMutable().assign(outputs);
    convertConstants();
    function.setType(FunctionType::get(function.getContext(),
                                       body.getArgumentTypes(),
                                       ValueRange(outputs).getTypes()));
    return std::move(test);
  }

private:
  /// Makes the check's operands results of the test; returns the first one's
  /// position.
  FailureOr<unsigned> addOutputs(Operation &check) {
    unsigned first = outputs.size();
    for (Value operand : check.getOperands()) {
      auto type = cast<RankedTensorType>(operand.getType());
      if (!type.hasStaticShape())
        return check.emitOpError("needs to know how large its operand is, and "
                                 "the type is ")
               << type
               << "; cast it with 'tensor.cast' to the size that is "
                  "expected";
      outputs.push_back(operand);
    }
    return first;
  }

  LogicalResult convertCheck(Operation &op) {
    FailureOr<unsigned> first = addOutputs(op);
    if (failed(first))
      return failure();
    if (auto close = dyn_cast<ExpectCloseOp>(op))
      test.comparisons.push_back(
          {op.getLoc(), *first, *first + 1, /*isExact=*/false,
           getOrZero(close.getRtol()), getOrZero(close.getAtol()),
           static_cast<int64_t>(close.getUlps().value_or(0))});
    else if (auto gradients = dyn_cast<GradientsOp>(op))
      convertGradients(gradients, *first);
    else
      test.comparisons.push_back({op.getLoc(), *first, *first + 1,
                                  /*isExact=*/true, /*rtol=*/0, /*atol=*/0,
                                  /*ulps=*/0});
    op.erase();
    return success();
  }

  void convertGradients(GradientsOp op, unsigned first) {
    auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        op, op.getCalleeAttr());
    unsigned numArguments = op.getArguments().size();
    test.gradients.push_back(
        {op.getLoc(), op.getCallee().str(), first, numArguments,
         addDerivativeEntries(callee, op.getWrtOrDefault(), op.getOrder(),
                              op.getLoc()),
         getOrNone(op.getRtol()), getOrNone(op.getStep())});
  }

  /// Makes arguments of the constants, so that nothing is folded.
  void convertConstants() {
    for (Operation &op : llvm::make_early_inc_range(body)) {
      DenseElementsAttr value;
      if (!matchPattern(&op, m_Constant(&value)) ||
          !isa<RankedTensorType>(value.getType()) ||
          !value.getElementType().isIntOrFloat())
        continue;
      test.inputs.push_back(value);
      op.getResult(0).replaceAllUsesWith(
          body.addArgument(value.getType(), op.getLoc()));
      op.erase();
    }
    // A returned constant is an argument now.
    outputs = llvm::to_vector(body.getTerminator()->getOperands());
  }

  func::FuncOp function;
  Block &body;
  Test test;
  SmallVector<Value> outputs;
};
} // namespace

FailureOr<Test> check::convertChecksToOutputs(func::FuncOp test) {
  if (!SymbolTable::symbolKnownUseEmpty(test,
                                        test->getParentOfType<ModuleOp>()))
    return test.emitError("the test @") << test.getName() << " is called";
  return TestConverter(test).convert();
}

//===----------------------------------------------------------------------===//
// Passes
//===----------------------------------------------------------------------===//

namespace {
struct CheckToOutputsPass
    : check::impl::CheckToOutputsPassBase<CheckToOutputsPass> {
  void runOnOperation() override {
    FailureOr<SmallVector<func::FuncOp>> tests = collectTests(getOperation());
    if (failed(tests))
      return signalPassFailure();
    for (func::FuncOp test : *tests)
      if (failed(convertChecksToOutputs(test)))
        return signalPassFailure();
  }
};

struct CheckEraseTestsPass
    : check::impl::CheckEraseTestsPassBase<CheckEraseTestsPass> {
  void runOnOperation() override {
    if (failed(eraseTests(getOperation())))
      signalPassFailure();
  }
};
} // namespace
