//===- Cycles.cpp - Functions that call each other ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cycles.h"
#include "Limits.h"
#include "atled/Differentiation/CustomRules.h"
#include "mlir/Analysis/CallGraph.h"
#include "llvm/ADT/SCCIterator.h"

using namespace atled;

func::FuncOp Cycle::getCallee(func::CallOp call) const {
  for (func::FuncOp function : functions)
    if (function.getName() == call.getCallee())
      return function;
  return nullptr;
}

int64_t Cycle::getMaxDepth() const {
  int64_t most = 0;
  for (auto [function, bound] : bounds)
    most = std::max(most, bound);
  return most;
}

static LogicalResult emitUnbounded(func::CallOp call, func::FuncOp callee) {
  InFlightDiagnostic diagnostic =
      call.emitOpError("is a recursive call, and nothing bounds its depth");
  diagnostic.attachNote(callee.getLoc())
      << "'" << ad::ADDialect::maxDepthAttrName << " = 20 : i64' on @"
      << callee.getName()
      << " allows 20 calls inside one another, and so does returns(type, 20) "
         "in C++";
  return diagnostic;
}

/// Every way around the cycle has to go through a function with a bound.
static LogicalResult checkBounded(const Cycle &cycle) {
  // Depth-first, over the functions without one.
  enum class State { Unseen, Open, Done };
  DenseMap<func::FuncOp, State> states;
  std::function<LogicalResult(func::FuncOp)> visit =
      [&](func::FuncOp function) -> LogicalResult {
    states[function] = State::Open;
    WalkResult result = function.walk([&](func::CallOp call) -> WalkResult {
      func::FuncOp callee = cycle.getCallee(call);
      if (!callee || cycle.bounds.contains(callee))
        return WalkResult::advance();
      if (states.lookup(callee) == State::Open)
        return emitUnbounded(call, callee);
      return states.lookup(callee) == State::Done ? success() : visit(callee);
    });
    states[function] = State::Done;
    return failure(result.wasInterrupted());
  };
  for (func::FuncOp function : cycle.functions)
    if (failed(visit(function)))
      return failure();
  return success();
}

/// The copies that recursion becomes have no rules.
static LogicalResult checkRules(const Cycle &cycle, const CustomRules &rules) {
  if (cycle.functions.size() == 1)
    return success();
  for (func::FuncOp function : cycle.functions) {
    if (!rules.contains(function))
      continue;
    InFlightDiagnostic diagnostic = function.emitOpError(
        "has a custom rule, and is called by functions that it calls");
    diagnostic.attachNote() << "let it not call them: its rule says what its "
                               "derivative is, and may call them";
    return diagnostic;
  }
  return success();
}

/// The functions become one loop, whichever is called, with one checkpoint. A
/// number is for a loop that may still be given one.
static LogicalResult findCheckpoint(Cycle &cycle) {
  func::FuncOp first;
  for (func::FuncOp function : cycle.functions) {
    Attribute checkpoint = function->getAttr(ad::ADDialect::checkpointAttrName);
    Attribute number = function->getAttr(ad::ADDialect::loopNumberAttrName);
    if (!checkpoint) {
      if (!cycle.checkpoint && !cycle.loopNumber)
        cycle.loopNumber = number;
      continue;
    }
    if (cycle.checkpoint && cycle.checkpoint != checkpoint) {
      InFlightDiagnostic diagnostic =
          function.emitOpError("has the checkpoint ")
          << checkpoint << ", and a function that it calls and that calls it "
          << "has another";
      diagnostic.attachNote(first.getLoc())
          << "@" << first.getName() << " has " << cycle.checkpoint
          << "; one is enough, since the two become one loop";
      return diagnostic;
    }
    if (!cycle.checkpoint) {
      first = function;
      cycle.checkpoint = checkpoint;
      cycle.loopNumber = number;
    }
  }
  return success();
}

/// What is for recursion would be ignored elsewhere. Where a function names
/// itself in what is no call, something else is wrong.
static LogicalResult checkIsRecursive(func::FuncOp function,
                                      ArrayRef<Cycle> cycles) {
  bool isRecursive = llvm::any_of(
      cycles, [&](const Cycle &cycle) { return cycle.contains(function); });
  if (!function->hasAttr(ad::ADDialect::maxDepthAttrName) || isRecursive ||
      !SymbolTable::symbolKnownUseEmpty(function, &function.getBody()))
    return success();
  InFlightDiagnostic diagnostic = function.emitOpError("has '")
                                  << ad::ADDialect::maxDepthAttrName
                                  << "', and does not call itself, directly or "
                                     "through others";
  if (function->hasAttr(ad::ADDialect::checkpointAttrName))
    diagnostic.attachNote()
        << "leave it away; 'ad.checkpoint' without a value, "
           "on a call of it, keeps less";
  else
    diagnostic.attachNote() << "leave it away";
  return diagnostic;
}

FailureOr<SmallVector<Cycle>> atled::findCycles(ModuleOp module) {
  SmallVector<Cycle> cycles;
  const CallGraph graph(module);
  const CustomRules rules(module);
  for (auto scc = llvm::scc_begin(&graph); !scc.isAtEnd(); ++scc) {
    if (!scc.hasCycle())
      continue;
    Cycle cycle;
    for (CallGraphNode *node : *scc) {
      auto function = node->isExternal()
                          ? func::FuncOp()
                          : dyn_cast<func::FuncOp>(
                                node->getCallableRegion()->getParentOp());
      if (!function)
        continue;
      cycle.functions.insert(function);
      if (auto bound = function->getAttrOfType<IntegerAttr>(
              ad::ADDialect::maxDepthAttrName))
        cycle.bounds[function] = bound.getInt();
    }
    if (cycle.functions.empty())
      continue;
    if (failed(checkBounded(cycle)) || failed(checkRules(cycle, rules)) ||
        failed(findCheckpoint(cycle)))
      return failure();
    cycles.push_back(std::move(cycle));
  }
  for (auto function : module.getOps<func::FuncOp>())
    if (failed(checkIsRecursive(function, cycles)))
      return failure();
  return cycles;
}

void atled::assertDepth(OpBuilder &builder, Location location, Value holds) {
  assertLimit(builder, location, holds, Limit::Depth,
              "no more calls are inside one another than may be");
}
