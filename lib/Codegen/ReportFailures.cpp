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
// or the code of the first failure. Who lowers further returns then.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/StringSwitch.h"

namespace atled {
#define GEN_PASS_DEF_REPORTFAILURESPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// What a compiled function returns when `assertion` fails.
static int32_t getCode(cf::AssertOp assertion) {
  auto limit = assertion->getAttrOfType<StringAttr>("ad.limit");
  return llvm::StringSwitch<int32_t>(limit ? limit.getValue() : "")
      .Case("step", ATLED_ERROR_STEP)
      .Case("iterations", ATLED_ERROR_ITERATIONS)
      .Case("depth", ATLED_ERROR_DEPTH)
      .Case("workspace", ATLED_ERROR_EXHAUSTED_WORKSPACE)
      .Default(ATLED_ERROR_ASSERTION);
}

/// Sets the status to `code`, which may be 0, unless something has failed
/// before, or `holds` is given and true.
static void setStatus(ImplicitLocOpBuilder &b, Value status, Value code,
                      Value holds = {}) {
  Value zero = arith::ConstantIntOp::create(b, 0, /*width=*/32);
  Value index = arith::ConstantIndexOp::create(b, 0);
  Value before = memref::LoadOp::create(b, status, index);
  Value isFirst =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, before, zero);
  Value after = arith::SelectOp::create(b, isFirst, code, before);
  if (holds)
    after = arith::SelectOp::create(b, holds, before, after);
  memref::StoreOp::create(b, after, status, index);
}

static void lowerAssertion(cf::AssertOp assertion, Value status) {
  ImplicitLocOpBuilder b(assertion.getLoc(), OpBuilder(assertion));
  Value code = arith::ConstantIntOp::create(b, getCode(assertion),
                                            /*width=*/32);
  setStatus(b, status, code, assertion.getArg());
  assertion.erase();
}

/// Makes a function without a body, and that returns nothing yet, return its
/// code.
static void addCode(func::FuncOp declaration) {
  Type code = IntegerType::get(declaration.getContext(), 32);
  declaration.setType(FunctionType::get(declaration.getContext(),
                                        declaration.getArgumentTypes(), code));
}

static void keepCode(func::CallOp call, func::FuncOp callee, Value status) {
  ImplicitLocOpBuilder b(call.getLoc(), OpBuilder(call));
  auto updated = func::CallOp::create(b, callee, call.getOperands());
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  setStatus(b, status, updated.getResult(0));
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
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    DenseSet<Operation *> failing = findFailing(module, symbols);
    Builder builder(&getContext());
    auto type = MemRefType::get({1}, builder.getI32Type());
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
          lowerAssertion(assertion, status);
        else if (auto call = dyn_cast<func::CallOp>(op)) {
          auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
          if (callee.isDeclaration())
            keepCode(call, callee, status);
          else if (failing.contains(callee))
            passStatus(call, callee, status);
        }
      });
    }
  }
};
} // namespace
