//===- UnrollRecursion.cpp - A copy of a function for each depth ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function that calls itself keeps something for the way back at each depth,
// as a loop does in each iteration, but there is no one place where it could be
// stacked. So each depth becomes a function of its own:
//
//   func @f(%x) attributes {ad.max_depth = 3} { ... call @f(%a) ... }
//
// becomes
//
//   func @f(%x)        { ... call @f.depth2(%a) ... }
//   func @f.depth2(%x) { ... call @f.depth3(%a) ... }
//   func @f.depth3(%x) { ... assert false ... }
//
// Functions that call each other are copied together. The depth grows where one
// is called that has the attribute.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/Stacks.h"
#include "Limits.h"
#include "atled/Differentiation/Passes.h"
#include "mlir/Analysis/CallGraph.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SCCIterator.h"
#include <map>

namespace atled {
#define GEN_PASS_DEF_UNROLLRECURSIONPASS
#include "atled/Differentiation/Passes.h.inc"
} // namespace atled

using namespace atled;

using Cycle = llvm::SetVector<func::FuncOp>;

/// The sets of functions that call each other.
static SmallVector<Cycle> findCycles(ModuleOp module) {
  SmallVector<Cycle> cycles;
  const CallGraph graph(module);
  for (auto scc = llvm::scc_begin(&graph); !scc.isAtEnd(); ++scc) {
    if (!scc.hasCycle())
      continue;
    Cycle cycle;
    for (CallGraphNode *node : *scc)
      if (!node->isExternal())
        if (auto function = dyn_cast<func::FuncOp>(
                node->getCallableRegion()->getParentOp()))
          cycle.insert(function);
    if (!cycle.empty())
      cycles.push_back(std::move(cycle));
  }
  return cycles;
}

static LogicalResult emitUnbounded(func::CallOp call, func::FuncOp callee) {
  InFlightDiagnostic diagnostic =
      call.emitOpError("is a recursive call, and nothing bounds its depth");
  diagnostic.attachNote(callee.getLoc())
      << "'" << ad::ADDialect::maxDepthAttrName << " = 20 : i64' on @"
      << callee.getName() << " allows 20 calls inside one another";
  return diagnostic;
}

namespace {
/// Makes the copies of the functions of one cycle.
class Unroller {
public:
  Unroller(SymbolTable &symbols, const Cycle &cycle);

  LogicalResult run();

private:
  LogicalResult checkBounded();
  /// The depth at which callers from outside call `function`: how many calls of
  /// functions with a bound are inside one another then.
  int64_t getFirstDepth(func::FuncOp function) const {
    return bounds.contains(function) ? 1 : 0;
  }
  func::FuncOp getCopy(func::FuncOp function, int64_t depth);
  void redirect(func::CallOp call, int64_t depth);
  void refuse(func::CallOp call);

  SymbolTable &symbols;
  const Cycle &cycle;
  /// The bounds that the attributes give.
  DenseMap<func::FuncOp, int64_t> bounds;
  /// The functions as they were before any call was redirected.
  DenseMap<func::FuncOp, OwningOpRef<func::FuncOp>> originals;
  std::map<std::pair<Operation *, int64_t>, func::FuncOp> copies;
  DenseMap<Operation *, Operation *> lastCopy;
  /// Copies whose calls are not redirected yet.
  SmallVector<std::pair<func::FuncOp, int64_t>> pending;
};
} // namespace

Unroller::Unroller(SymbolTable &symbols, const Cycle &cycle)
    : symbols(symbols), cycle(cycle) {
  for (func::FuncOp function : cycle)
    if (auto bound = function->getAttrOfType<IntegerAttr>(
            ad::ADDialect::maxDepthAttrName))
      bounds[function] = bound.getInt();
}

/// Every way around the cycle has to go through a function with a bound.
LogicalResult Unroller::checkBounded() {
  // Depth-first, over the functions without one.
  enum class State { Unseen, Open, Done };
  DenseMap<func::FuncOp, State> states;
  std::function<LogicalResult(func::FuncOp)> visit =
      [&](func::FuncOp function) -> LogicalResult {
    states[function] = State::Open;
    WalkResult result = function.walk([&](func::CallOp call) -> WalkResult {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (!cycle.contains(callee) || bounds.contains(callee))
        return WalkResult::advance();
      if (states.lookup(callee) == State::Open)
        return emitUnbounded(call, callee);
      return states.lookup(callee) == State::Done ? success() : visit(callee);
    });
    states[function] = State::Done;
    return failure(result.wasInterrupted());
  };
  for (func::FuncOp function : cycle)
    if (failed(visit(function)))
      return failure();
  return success();
}

func::FuncOp Unroller::getCopy(func::FuncOp function, int64_t depth) {
  if (depth == getFirstDepth(function))
    return function;
  auto [it, isNew] = copies.try_emplace({function, depth}, nullptr);
  if (!isNew)
    return it->second;
  func::FuncOp copy = originals[function]->clone();
  copy.setName((function.getName() + ".depth" + Twine(depth)).str());
  copy.setPrivate();
  // Behind the copies for lesser depths.
  Operation *&last = lastCopy.try_emplace(function, function).first->second;
  symbols.insert(copy, std::next(last->getIterator()));
  last = copy;
  pending.emplace_back(copy, depth);
  return it->second = copy;
}

/// Beyond the bound, a call gives anything.
void Unroller::refuse(func::CallOp call) {
  OpBuilder builder(call);
  Value holds =
      arith::ConstantIntOp::create(builder, call.getLoc(), 0, /*width=*/1);
  assertLimit(builder, call.getLoc(), holds, Limit::Depth,
              "no more calls are inside one another than may be");
  for (Value result : call.getResults())
    result.replaceAllUsesWith(
        buildPlaceholder(builder, call.getLoc(), result.getType()));
  call.erase();
}

void Unroller::redirect(func::CallOp call, int64_t depth) {
  auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
  if (!cycle.contains(callee))
    return;
  auto bound = bounds.find(callee);
  int64_t next = bound == bounds.end() ? depth : depth + 1;
  if (bound != bounds.end() && next > bound->second)
    return refuse(call);
  call.setCallee(getCopy(callee, next).getName());
}

LogicalResult Unroller::run() {
  if (failed(checkBounded()))
    return failure();
  for (func::FuncOp function : cycle) {
    originals[function] = function.clone();
    pending.emplace_back(function, getFirstDepth(function));
  }
  while (!pending.empty()) {
    auto [function, depth] = pending.pop_back_val();
    SmallVector<func::CallOp> calls;
    function.walk([&](func::CallOp call) { calls.push_back(call); });
    for (func::CallOp call : calls)
      redirect(call, depth);
    function->removeAttr(ad::ADDialect::maxDepthAttrName);
  }
  return success();
}

namespace {
struct UnrollRecursionPass
    : atled::impl::UnrollRecursionPassBase<UnrollRecursionPass> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (const Cycle &cycle : findCycles(getOperation()))
      if (failed(Unroller(symbols, cycle).run()))
        return signalPassFailure();
  }
};
} // namespace
