//===- ReduceOperations.cpp - A smaller program of the same kind ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Leaves out operations, many at once and then fewer, as long as a script finds
// what is left interesting. Upstream's reduction-tree can leave out only whole
// functions of a program by value: it drops the uses of what it erases, and a
// program with an operand missing is none.
//
//===----------------------------------------------------------------------===//

#include "ReduceOperations.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Reducer/Tester.h"
#include "llvm/Support/FileSystem.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// One operation
//===----------------------------------------------------------------------===//

/// What may stand for `result`: an operand of its type, or else zero. Null if
/// there is neither.
static Value findReplacement(OpBuilder &builder, OpResult result) {
  Type type = result.getType();
  for (Value operand : result.getOwner()->getOperands())
    if (operand.getType() == type)
      return operand;
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() ||
      matchPattern(result, m_Constant()) || !isElement(tensor.getElementType()))
    return {};
  return ConstantOp::create(builder, result.getLoc(), tensor, 0.0);
}

/// Erases an operation whose results nobody needs, or has something else stand
/// for them. Leaves it where neither can be.
static void leaveOut(Operation *op) {
  if (op->hasTrait<OpTrait::IsTerminator>())
    return;
  OpBuilder builder(op);
  for (OpResult result : op->getResults()) {
    if (result.use_empty())
      continue;
    Value replacement = findReplacement(builder, result);
    if (!replacement)
      return;
    result.replaceAllUsesWith(replacement);
  }
  op->erase();
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

/// The operations in `module`, callers and users of a value behind it.
static SmallVector<Operation *> getOperations(ModuleOp module) {
  SmallVector<Operation *> operations;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op != module.getOperation())
      operations.push_back(op);
  });
  return operations;
}

/// How large a program is. A constant is the simplest of operations.
static size_t getSize(ModuleOp module) {
  size_t size = 0;
  for (Operation *op : getOperations(module))
    size += matchPattern(op, m_Constant()) ? 1 : 2;
  return size;
}

/// `module` without `count` of its operations from `first` on, and without what
/// is in them.
static OwningOpRef<ModuleOp> leaveOut(ModuleOp module, size_t first,
                                      size_t count) {
  OwningOpRef<ModuleOp> smaller = module.clone();
  SmallVector<Operation *> operations = getOperations(*smaller);
  // From the last to the first: users before what they use.
  for (Operation *op : llvm::reverse(ArrayRef(operations).slice(first, count)))
    leaveOut(op);
  return smaller;
}

namespace {
class Reducer {
public:
  Reducer(ModuleOp module, const Tester &tester)
      : module(module), tester(tester) {}

  bool isInteresting(ModuleOp candidate) const {
    return tester.isInteresting(candidate).first ==
           Tester::Interestingness::True;
  }

  /// Leaves out what can be, half of the operations at once and then fewer,
  /// until none can be left out alone.
  void reduce() {
    size_t count = getOperations(module).size();
    while (count > 0) {
      bool isSmaller = reduceBy(count);
      size_t all = getOperations(module).size();
      count = isSmaller && count == 1 ? 1 : std::min(count, all) / 2;
    }
  }

private:
  /// Tries every `count` neighbours, from the last to the first.
  bool reduceBy(size_t count) {
    bool isSmaller = false;
    size_t end = getOperations(module).size();
    while (end > 0) {
      size_t first = end > count ? end - count : 0;
      isSmaller |= tryWithout(first, end - first);
      end = std::min(first, getOperations(module).size());
    }
    return isSmaller;
  }

  /// Keeps what is left if it is a program, smaller and interesting.
  bool tryWithout(size_t first, size_t count) {
    OwningOpRef<ModuleOp> smaller = leaveOut(module, first, count);
    if (getSize(*smaller) >= getSize(module) ||
        failed(mlir::verify(*smaller)) || !isInteresting(*smaller))
      return false;
    module.getBodyRegion().takeBody(smaller->getBodyRegion());
    return true;
  }

  ModuleOp module;
  const Tester &tester;
};

struct ReduceOperationsPass
    : public PassWrapper<ReduceOperationsPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ReduceOperationsPass)

  ReduceOperationsPass() = default;
  ReduceOperationsPass(const ReduceOperationsPass &other)
      : PassWrapper(other) {}

  StringRef getArgument() const override { return "reduce-operations"; }
  StringRef getDescription() const override {
    return "leave out operations while a script still finds the program "
           "interesting";
  }
  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<AtledDialect>();
  }

  void runOnOperation() override;

  Option<std::string> test{
      *this, "test",
      llvm::cl::desc("the script, which is given the name of a file: exits "
                     "with 1 if the program in it is interesting, else with "
                     "0")};
};
} // namespace

void ReduceOperationsPass::runOnOperation() {
  ModuleOp module = getOperation();
  if (!llvm::sys::fs::can_execute(test)) {
    module.emitError("cannot execute the script '") << test << "'";
    return signalPassFailure();
  }
  Tester tester(test, {});
  Reducer reducer(module, tester);
  if (!reducer.isInteresting(module)) {
    module.emitError("the script '")
        << test << "' does not find the program interesting: it exits with 0";
    return signalPassFailure();
  }
  // What comes of leaving something out may be no program, and nobody need
  // know.
  ScopedDiagnosticHandler silence(&getContext(),
                                  [](Diagnostic &) { return success(); });
  reducer.reduce();
}

void atled::registerReduceOperationsPass() {
  PassRegistration<ReduceOperationsPass>();
}
