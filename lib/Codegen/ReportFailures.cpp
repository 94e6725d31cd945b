//===- ReportFailures.cpp - Failures become error codes -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiled code does not abort: its caller is told. So every function that
// contains an assertion, calls a function without a body (which C provides, and
// which returns a code), or calls one that does, gets a status to write to: 0,
// or the code of the first failure. Who lowers further returns then. Where the
// caller is also told where that was, the status holds both, so that they are
// written together.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/Place.h"
#include "atled/atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/StringSwitch.h"

namespace atled {
#define GEN_PASS_DEF_REPORTFAILURESPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// "model.mlir:12:8: what".
static std::string describePlace(Location location, StringRef what) {
  std::string place = formatPlaceInFile(location);
  if (!place.empty() && !what.empty())
    place += ": ";
  return place + what.str();
}

namespace {
/// Lines, each ended by a zero. The first is empty: where nothing has failed.
class Places {
public:
  /// Where the line begins.
  int64_t add(Location location, StringRef what) {
    int64_t begin = text.size();
    text += describePlace(location, what);
    text += '\0';
    return begin;
  }
  StringRef getText() const { return text; }

private:
  std::string text = std::string(1, '\0');
};
} // namespace

//===----------------------------------------------------------------------===//
// The status
//===----------------------------------------------------------------------===//

/// What a compiled function returns when `assertion` fails.
static int32_t getCode(cf::AssertOp assertion) {
  if (assertion->hasAttr(extentsFitAttrName))
    return ATLED_ERROR_SIZE;
  auto limit = assertion->getAttrOfType<StringAttr>("ad.limit");
  return llvm::StringSwitch<int32_t>(limit ? limit.getValue() : "")
      .Case("step", ATLED_ERROR_STEP)
      .Case("iterations", ATLED_ERROR_ITERATIONS)
      .Case("depth", ATLED_ERROR_DEPTH)
      .Case("workspace", ATLED_ERROR_EXHAUSTED_WORKSPACE)
      .Case("index", ATLED_ERROR_INDEX)
      .Case("nan", ATLED_ERROR_NAN)
      .Default(ATLED_ERROR_ASSERTION);
}

/// What the code does not tell of `assertion`.
static StringRef getDetail(cf::AssertOp assertion) {
  switch (getCode(assertion)) {
  case ATLED_ERROR_STEP:
  case ATLED_ERROR_ITERATIONS:
  case ATLED_ERROR_DEPTH:
  case ATLED_ERROR_EXHAUSTED_WORKSPACE:
    return "";
  default:
    return assertion.getMsg();
  }
}

/// A number in the type of the status.
static Value buildNumber(ImplicitLocOpBuilder &b, Value status, int64_t value) {
  Type type = cast<MemRefType>(status.getType()).getElementType();
  return arith::ConstantOp::create(b, b.getIntegerAttr(type, value));
}

/// Sets the status to `failed`, which may be 0, unless something has failed
/// before, or `holds` is given and true.
static memref::StoreOp setStatus(ImplicitLocOpBuilder &b, Value status,
                                 Value failed, Value holds = {}) {
  Value zero = buildNumber(b, status, 0);
  Value index = arith::ConstantIndexOp::create(b, 0);
  Value before = memref::LoadOp::create(b, status, index);
  Value isFirst =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, before, zero);
  Value after = arith::SelectOp::create(b, isFirst, failed, before);
  if (holds)
    after = arith::SelectOp::create(b, holds, before, after);
  return memref::StoreOp::create(b, after, status, index);
}

/// Whether `op` contains nothing that may fail, or that nobody can tell to come
/// to an end: `isPlainCall` says it of calls.
static bool isPlain(Operation *op,
                    function_ref<bool(func::CallOp)> isPlainCall) {
  WalkResult result = op->walk([&](Operation *nested) {
    auto call = dyn_cast<func::CallOp>(nested);
    bool mayHang =
        call ? !isPlainCall(call) : isa<cf::AssertOp, scf::WhileOp>(nested);
    return mayHang ? WalkResult::interrupt() : WalkResult::advance();
  });
  return !result.wasInterrupted();
}

/// Whether a function may go on where `assertion` fails, at least to the next
/// one: a NaN lies in no memory where it does harm, and only a loop that asks
/// each time whether to go on may never end of it. A return behind each of
/// hundreds of checks takes LLVM long.
static bool mayGoOn(cf::AssertOp assertion,
                    function_ref<bool(func::CallOp)> isPlainCall) {
  if (getCode(assertion) != ATLED_ERROR_NAN ||
      !isa<func::FuncOp>(assertion->getParentOp()))
    return false;
  for (Operation *op = assertion->getNextNode(); op; op = op->getNextNode()) {
    if (isa<cf::AssertOp>(op))
      return true;
    if (!isPlain(op, isPlainCall))
      return false;
  }
  return true;
}

/// What the status has of a place.
static int64_t inUpperHalf(int64_t place) { return place << 32; }

static void lowerAssertion(cf::AssertOp assertion, Value status, Places *places,
                           function_ref<bool(func::CallOp)> isPlainCall) {
  ImplicitLocOpBuilder b(assertion.getLoc(), OpBuilder(assertion));
  int64_t place = places ? places->add(b.getLoc(), getDetail(assertion)) : 0;
  Value failed =
      buildNumber(b, status, inUpperHalf(place) | getCode(assertion));
  memref::StoreOp store = setStatus(b, status, failed, assertion.getArg());
  if (mayGoOn(assertion, isPlainCall))
    store->setAttr(goesOnAttrName, b.getUnitAttr());
  assertion.erase();
}

/// Makes a function without a body, and that returns nothing yet, return its
/// code.
static void addCode(func::FuncOp declaration) {
  Type code = IntegerType::get(declaration.getContext(), 32);
  declaration.setType(FunctionType::get(declaration.getContext(),
                                        declaration.getArgumentTypes(), code));
}

/// What a function without a body has returned, with the place of the call
/// where that is not 0.
static Value buildFailed(ImplicitLocOpBuilder &b, func::CallOp call,
                         Value status, Places *places) {
  Value code = call.getResult(0);
  if (!places)
    return code;
  int64_t place = places->add(b.getLoc(), ("'" + call.getCallee() + "'").str());
  Value wide = arith::ExtUIOp::create(b, b.getI64Type(), code);
  Value zero = buildNumber(b, status, 0);
  Value isWell = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, wide, zero);
  Value both =
      arith::OrIOp::create(b, wide, buildNumber(b, status, inUpperHalf(place)));
  return arith::SelectOp::create(b, isWell, zero, both);
}

static void keepCode(func::CallOp call, func::FuncOp callee, Value status,
                     Places *places) {
  ImplicitLocOpBuilder b(call.getLoc(), OpBuilder(call));
  auto updated = func::CallOp::create(b, callee, call.getOperands());
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  setStatus(b, status, buildFailed(b, updated, status, places));
  call.erase();
}

/// Where the status stands among the arguments: in front of the workspace,
/// which is always the last one.
static unsigned getStatusPosition(func::FuncOp function) {
  bool hasWorkspace = function->hasAttr(workspaceBytesAttrName);
  return function.getNumArguments() - (hasWorkspace ? 1 : 0);
}

static void passStatus(func::CallOp call, func::FuncOp callee, Value status) {
  bool hasWorkspace = callee->hasAttr(workspaceBytesAttrName);
  SmallVector<Value> operands(call.getOperands());
  operands.insert(operands.end() - (hasWorkspace ? 1 : 0), status);
  call.getOperandsMutable().assign(operands);
}

/// The functions that contain an assertion, call what has no body, or call one
/// that does.
static DenseSet<Operation *> findFailing(ModuleOp module,
                                         const SymbolTable &symbols) {
  DenseSet<Operation *> failing;
  bool changed = true;
  auto mayFail = [&](Operation *op) {
    auto call = dyn_cast<func::CallOp>(op);
    if (!call)
      return isa<cf::AssertOp>(op);
    auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
    return callee.isDeclaration() || failing.contains(callee);
  };
  while (changed) {
    changed = false;
    for (auto function : module.getOps<func::FuncOp>()) {
      if (failing.contains(function))
        continue;
      WalkResult result = function.walk([&](Operation *op) {
        return mayFail(op) ? WalkResult::interrupt() : WalkResult::advance();
      });
      if (!result.wasInterrupted())
        continue;
      failing.insert(function);
      changed = true;
    }
  }
  return failing;
}

namespace {
struct ReportFailuresPass
    : atled::impl::ReportFailuresPassBase<ReportFailuresPass> {
  using ReportFailuresPassBase::ReportFailuresPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    DenseSet<Operation *> failing = findFailing(module, symbols);
    // While the assertions are there.
    DenseSet<StringRef> plain;
    for (auto function : module.getOps<func::FuncOp>())
      if (!function.isDeclaration() &&
          isPlain(function, [](func::CallOp) { return false; }))
        plain.insert(function.getName());
    auto isPlainCall = [&](func::CallOp call) {
      return plain.contains(call.getCallee());
    };
    Builder builder(&getContext());
    Places all;
    Places *told = places ? &all : nullptr;
    auto type = MemRefType::get({1}, builder.getIntegerType(told ? 64 : 32));
    for (auto function : module.getOps<func::FuncOp>())
      if (function.isDeclaration())
        addCode(function);
    for (auto function : module.getOps<func::FuncOp>()) {
      if (!failing.contains(function))
        continue;
      unsigned position = getStatusPosition(function);
      if (failed(
              function.insertArgument(position, type, {}, function.getLoc())))
        return signalPassFailure();
      function->setAttr(statusAttrName, builder.getUnitAttr());
      Value status = function.getArgument(position);
      function.walk([&](Operation *op) {
        if (auto assertion = dyn_cast<cf::AssertOp>(op))
          lowerAssertion(assertion, status, told, isPlainCall);
        else if (auto call = dyn_cast<func::CallOp>(op)) {
          auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
          if (callee.isDeclaration())
            keepCode(call, callee, status, told);
          else if (failing.contains(callee))
            passStatus(call, callee, status);
        }
      });
    }
    if (told)
      module->setAttr(placesAttrName, builder.getStringAttr(all.getText()));
  }
};
} // namespace
