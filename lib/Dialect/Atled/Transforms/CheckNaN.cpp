//===- CheckNaN.cpp - The first NaN ---------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Looks at what comes in, at the results of operations, in the order in which
// they run, and at what comes out that is no such result. The first that has a
// NaN comes from an operation none of whose operands has one, but for a
// constant.
//
//===----------------------------------------------------------------------===//

#include "RuntimeCheck.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/Transforms/Passes.h"
#include "atled/Differentiation/DerivativeLocation.h"
#include "atled/Differentiation/TensorNames.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace atled {
#define GEN_PASS_DEF_CHECKNANPASS
#include "atled/Dialect/Atled/Transforms/Passes.h.inc"
} // namespace atled

using namespace atled;

static bool canBeNaN(Value value) {
  return isa<FloatType>(getElementTypeOrSelf(value.getType())) &&
         isa<FloatType, RankedTensorType>(value.getType());
}

/// Whether no element of `tensor` is NaN, which is the only number that differs
/// from itself.
static Value buildHasNoNaN(ImplicitLocOpBuilder &b, Value tensor) {
  Value equal = CompareOp::create(b, Predicate::eq, tensor, tensor);
  Value all = ReduceAllOp::create(b, equal);
  return tensor::ExtractOp::create(b, all, ValueRange());
}

namespace {
/// Builds the assertions. Loops over tensors of one type are in a function of
/// their own: hundreds of them in one function take LLVM long.
class NaNChecks {
public:
  explicit NaNChecks(ModuleOp module) : symbols(module) {}

  /// Asserts that no element of `value` is NaN.
  void check(ImplicitLocOpBuilder &b, Value value, const Twine &place) {
    if (!canBeNaN(value))
      return;
    auto type = dyn_cast<RankedTensorType>(value.getType());
    Value holds;
    if (!type)
      holds = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, value, value);
    else if (type.getRank() == 0 || !type.hasStaticShape())
      holds = buildHasNoNaN(b, value);
    else
      holds = func::CallOp::create(b, getFunction(type), value).getResult(0);
    buildCheck(b, holds, "nan", place);
  }

private:
  func::FuncOp getFunction(RankedTensorType type);

  SymbolTable symbols;
  DenseMap<Type, func::FuncOp> functions;
};
} // namespace

func::FuncOp NaNChecks::getFunction(RankedTensorType type) {
  func::FuncOp &function = functions[type];
  if (function)
    return function;
  ImplicitLocOpBuilder b(symbols.getOp()->getLoc(), type.getContext());
  function = func::FuncOp::create(b, "has_no_nan",
                                  b.getFunctionType(type, {b.getI1Type()}));
  function.setPrivate();
  function->setAttr("passthrough", b.getStrArrayAttr({"noinline"}));
  symbols.insert(function);
  b.setInsertionPointToEnd(function.addEntryBlock());
  func::ReturnOp::create(b, buildHasNoNaN(b, function.getArgument(0)));
  return function;
}

/// Whether `call` is of a function that C provides.
static bool isExternal(func::CallOp call) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  return callee && callee.isDeclaration();
}

/// Whether `op` computes. A constant shows where it is used; what is a part of
/// a tensor, or chosen from two, has been looked at before, unless nobody has
/// written it yet.
static bool computes(Operation *op) {
  if (auto call = dyn_cast<func::CallOp>(op))
    return isExternal(call);
  return !op->hasTrait<OpTrait::ConstantLike>() && !isa<arith::SelectOp>(op) &&
         isa_and_nonnull<AtledDialect, arith::ArithDialect,
                         linalg::LinalgDialect, math::MathDialect>(
             op->getDialect());
}

/// Whether `op` is part of a derivative, and only other parts of it use what it
/// computes: what they do not choose may be NaN.
static bool isInsideOfDerivative(Operation *op) {
  return describeDerivative(op->getLoc()) && !op->use_empty() &&
         llvm::all_of(op->getUsers(), [&](Operation *user) {
           return user->getLoc() == op->getLoc();
         });
}

namespace {
/// What nobody has written, and what is computed of it for its size alone: a
/// branch that is not taken keeps such for the way back through it.
class Unwritten {
public:
  /// Whether `op` gives such. To be asked of operations in their order.
  bool visit(Operation *op) {
    bool isUnwritten = isa<tensor::EmptyOp>(op) ||
                       ((isa_and_nonnull<AtledDialect>(op->getDialect()) ||
                         isa<tensor::CastOp, tensor::ExtractSliceOp>(op)) &&
                        llvm::any_of(op->getOperands(), [&](Value operand) {
                          return values.contains(operand);
                        }));
    if (isUnwritten)
      values.insert(op->result_begin(), op->result_end());
    return isUnwritten;
  }

private:
  llvm::DenseSet<Value> values;
};
} // namespace

static void checkResults(Operation *op, NaNChecks &checks) {
  ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
  b.setInsertionPointAfter(op);
  std::string name = op->getName().getStringRef().str();
  if (auto call = dyn_cast<func::CallOp>(op))
    name = call.getCallee().str();
  std::string place =
      describeDerivative(op->getLoc()).value_or("the result of '" + name + "'");
  for (Value result : op->getResults())
    checks.check(b, result, place);
}

static void checkArguments(func::FuncOp function, NaNChecks &checks) {
  OpBuilder builder = OpBuilder::atBlockBegin(&function.front());
  for (BlockArgument argument : function.getArguments()) {
    unsigned index = argument.getArgNumber();
    // The way there has looked at what it keeps, as far as it means something.
    if (function.getArgAttr(index, ad::ADDialect::residualAttrName))
      continue;
    ImplicitLocOpBuilder b(argument.getLoc(), builder);
    checks.check(b, argument,
                 "argument '" + getArgumentName(function, index) + "'");
  }
}

/// What a function returns may be a constant, as it is or chosen by a branch.
static void checkReturned(func::FuncOp function, NaNChecks &checks) {
  auto terminator =
      dyn_cast<func::ReturnOp>(function.getBody().back().getTerminator());
  if (!terminator)
    return;
  for (auto [index, value] : llvm::enumerate(terminator.getOperands())) {
    Operation *op = value.getDefiningOp();
    if (!op || computes(op) ||
        function.getResultAttr(index, ad::ADDialect::residualAttrName))
      continue;
    ImplicitLocOpBuilder b(op->getLoc(), terminator);
    checks.check(b, value, "result '" + getResultName(function, index) + "'");
  }
}

namespace {
struct CheckNaNPass : atled::impl::CheckNaNPassBase<CheckNaNPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    Unwritten unwritten;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!unwritten.visit(op) && runsInOrder(op) && computes(op) &&
          !isInsideOfDerivative(op))
        ops.push_back(op);
    });
    NaNChecks checks(getOperation());
    for (Operation *op : ops)
      checkResults(op, checks);
    SmallVector<func::FuncOp> functions(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp function : functions)
      if (function.isPublic() && !function.isDeclaration()) {
        checkArguments(function, checks);
        checkReturned(function, checks);
      }
  }
};
} // namespace
