//===- Unroll.cpp - A copy of a recursive function for each depth ---------===//
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
// is called that has the attribute. A copy is called from several places, each
// of which keeps something of its own, so trees of calls are copied only where
// they are small; others become loops, as deep recursion does.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/Stacks.h"
#include "Cycles.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include <map>

namespace atled {
#define GEN_PASS_DEF_UNROLLRECURSIONPASS
#include "atled/Differentiation/Passes.h.inc"
} // namespace atled

using namespace atled;

/// The depth at which callers from outside call `function`: how many calls of
/// functions with a bound are inside one another then.
static int64_t getFirstDepth(const Cycle &cycle, func::FuncOp function) {
  return cycle.bounds.contains(function) ? 1 : 0;
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

namespace {
/// Makes the copies of the functions of one cycle.
class Unroller {
public:
  Unroller(SymbolTable &symbols, const Cycle &cycle)
      : symbols(symbols), cycle(cycle) {}

  void run();

private:
  func::FuncOp getCopy(func::FuncOp function, int64_t depth);
  void redirect(func::CallOp call, int64_t depth);
  void refuse(func::CallOp call);

  SymbolTable &symbols;
  const Cycle &cycle;
  /// The functions as they were before any call was redirected.
  DenseMap<func::FuncOp, OwningOpRef<func::FuncOp>> originals;
  std::map<std::pair<Operation *, int64_t>, func::FuncOp> copies;
  DenseMap<Operation *, Operation *> lastCopy;
  /// Copies whose calls are not redirected yet.
  SmallVector<std::pair<func::FuncOp, int64_t>> pending;
};
} // namespace

func::FuncOp Unroller::getCopy(func::FuncOp function, int64_t depth) {
  if (depth == getFirstDepth(cycle, function))
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
  assertDepth(builder, call.getLoc(), holds);
  for (Value result : call.getResults())
    result.replaceAllUsesWith(
        buildPlaceholder(builder, call.getLoc(), result.getType(), Value()));
  call.erase();
}

void Unroller::redirect(func::CallOp call, int64_t depth) {
  func::FuncOp callee = cycle.getCallee(call);
  if (!callee)
    return;
  auto bound = cycle.bounds.find(callee);
  int64_t next = bound == cycle.bounds.end() ? depth : depth + 1;
  if (bound != cycle.bounds.end() && next > bound->second)
    return refuse(call);
  call.setCallee(getCopy(callee, next).getName());
}

void Unroller::run() {
  for (func::FuncOp function : cycle.functions) {
    originals[function] = function.clone();
    pending.emplace_back(function, getFirstDepth(cycle, function));
  }
  while (!pending.empty()) {
    auto [function, depth] = pending.pop_back_val();
    SmallVector<func::CallOp> calls;
    function.walk([&](func::CallOp call) { calls.push_back(call); });
    for (func::CallOp call : calls)
      redirect(call, depth);
    function->removeAttr(ad::ADDialect::maxDepthAttrName);
  }
}

//===----------------------------------------------------------------------===//
// How much the copies keep
//===----------------------------------------------------------------------===//

/// Whether the way back runs `call` again, and so keeps nothing of it.
static bool isRunAgain(func::CallOp call) {
  for (Operation *op = call; !isa<func::FuncOp>(op); op = op->getParentOp())
    if (isa<ad::CheckpointOp>(op) ||
        op->hasAttr(ad::ADDialect::checkpointAttrName))
      return true;
  return false;
}

/// How many calls a call of `function` at `depth` keeps something of: itself
/// and those inside it, each counted where it is written. From `most` on, how
/// many does not matter.
static int64_t countKept(const Cycle &cycle, func::FuncOp function,
                         int64_t depth, int64_t most) {
  int64_t count = 1;
  function.walk([&](func::CallOp call) {
    func::FuncOp callee = cycle.getCallee(call);
    if (!callee || count >= most || isRunAgain(call))
      return;
    auto bound = cycle.bounds.find(callee);
    bool isBounded = bound != cycle.bounds.end();
    if (!isBounded || depth < bound->second)
      count += countKept(cycle, callee, depth + isBounded, most - count);
  });
  return count;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct UnrollRecursionPass
    : atled::impl::UnrollRecursionPassBase<UnrollRecursionPass> {
  using UnrollRecursionPassBase::UnrollRecursionPassBase;

  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    FailureOr<SmallVector<Cycle>> cycles = findCycles(getOperation());
    if (failed(cycles))
      return signalPassFailure();
    for (const Cycle &cycle : *cycles)
      if (isShallow(cycle))
        Unroller(symbols, cycle).run();
  }

private:
  bool isShallow(const Cycle &cycle) {
    if (cycle.getMaxDepth() > maxDepth || cycle.checkpoint)
      return false;
    return llvm::all_of(cycle.functions, [&](func::FuncOp function) {
      return countKept(cycle, function, getFirstDepth(cycle, function),
                       maxKept + 1) <= maxKept;
    });
  }
};
} // namespace
