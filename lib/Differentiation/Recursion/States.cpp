//===- States.cpp - Where recursive functions wait for each other ---------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "States.h"
#include "Residuals.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/DialectConversion.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace atled;

bool atled::isComputedAnywhere(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->getNumOperands() == 0 && op->getNumRegions() == 0 &&
         isPure(op);
}

//===----------------------------------------------------------------------===//
// From regions to blocks
//===----------------------------------------------------------------------===//

static LogicalResult emitOutsideOfStates(func::CallOp call, Operation *around) {
  InFlightDiagnostic diagnostic =
      call.emitOpError("is a recursive call inside of ");
  if (around == call)
    diagnostic << "a checkpoint of its own";
  else if (around->hasAttr(ad::ADDialect::checkpointAttrName))
    diagnostic << "a loop that has a checkpoint";
  else
    diagnostic << "'" << around->getName() << "'";
  diagnostic << ", and deep recursion becomes a loop";
  diagnostic.attachNote(around->getLoc())
      << "let nothing but branches and loops of scf be around the call; "
         "'ad.checkpoint = #ad.binomial<8>' on the function is for the loop "
         "that it becomes";
  return diagnostic;
}

/// Blocks and jumps instead of what is around recursive calls.
static LogicalResult flatten(func::FuncOp function, const Cycle &cycle) {
  DenseSet<Operation *> around;
  WalkResult result = function.walk([&](func::CallOp call) -> WalkResult {
    if (!cycle.getCallee(call))
      return WalkResult::advance();
    if (call->hasAttr(ad::ADDialect::checkpointAttrName))
      return emitOutsideOfStates(call, call);
    for (Operation *op = call->getParentOp(); op != function;
         op = op->getParentOp()) {
      if (!isa<scf::IfOp, scf::IndexSwitchOp, scf::ForOp, scf::WhileOp>(op) ||
          op->hasAttr(ad::ADDialect::checkpointAttrName))
        return emitOutsideOfStates(call, op);
      around.insert(op);
    }
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();

  RewritePatternSet patterns(function.getContext());
  populateSCFToControlFlowConversionPatterns(patterns);
  ConversionTarget target(*function.getContext());
  target.markUnknownOpDynamicallyLegal(
      [&](Operation *op) { return !around.contains(op); });
  return applyPartialConversion(function, target, std::move(patterns));
}

/// Lets each recursive call end a block, and what follows it take its results
/// as arguments.
static void splitAtCalls(func::FuncOp function, const Cycle &cycle) {
  SmallVector<func::CallOp> calls;
  for (auto call : function.getBody().getOps<func::CallOp>())
    if (cycle.getCallee(call))
      calls.push_back(call);
  for (func::CallOp call : calls) {
    Block *rest = call->getBlock()->splitBlock(std::next(call->getIterator()));
    for (Value result : call.getResults())
      result.replaceAllUsesWith(
          rest->addArgument(result.getType(), call.getLoc()));
    auto builder = OpBuilder::atBlockEnd(call->getBlock());
    cf::BranchOp::create(builder, call.getLoc(), rest, call.getResults());
  }
}

//===----------------------------------------------------------------------===//
// From blocks to states
//===----------------------------------------------------------------------===//

/// Whether the way from `block` to the end of its state is short enough to be
/// repeated for each block that leads there: without a branch, so that code is
/// linear in the program.
static bool isShort(Block *block, const DenseSet<Block *> &beginnings) {
  constexpr unsigned fewOperations = 8;
  unsigned count = 0;
  while (true) {
    for (Operation &op : *block)
      if (++count > fewOperations || op.getNumRegions() != 0)
        return false;
    if (block->getNumSuccessors() != 1)
      return block->hasNoSuccessors();
    block = block->getSuccessor(0);
    if (beginnings.contains(block))
      return true;
  }
}

std::optional<unsigned> States::find(Block *block) const {
  auto it = numbers.find(block);
  return it == numbers.end() ? std::nullopt
                             : std::optional<unsigned>(it->second);
}

unsigned States::getFirst(func::FuncOp function) const {
  return numbers.lookup(&getBody(function).getBody().front());
}

func::FuncOp States::getBody(func::FuncOp function) const {
  return bodies.find(function)->second.get();
}

std::optional<RecursiveCall> States::getCall(Block &block) const {
  auto call = dyn_cast_or_null<func::CallOp>(block.back().getPrevNode());
  func::FuncOp callee = call ? cycle.getCallee(call) : func::FuncOp();
  if (!callee)
    return std::nullopt;
  return RecursiveCall{call, callee, cast<cf::BranchOp>(block.getTerminator())};
}

func::FuncOp States::getReturning(Block &block) const {
  for (Block *before : block.getPredecessors())
    if (std::optional<RecursiveCall> call = getCall(*before))
      return call->callee;
  return nullptr;
}

SmallVector<RecursiveCall> States::getCalls() const {
  SmallVector<RecursiveCall> calls;
  for (auto &[function, body] : bodies)
    for (Block &block : (*body).getBody())
      if (std::optional<RecursiveCall> call = getCall(block))
        calls.push_back(*call);
  return calls;
}

void States::addStates(func::FuncOp function) {
  Region &region = getBody(function).getBody();
  DominanceInfo dominance;
  DenseSet<Block *> beginnings;
  for (Block &block : region) {
    bool jumpsBack = llvm::any_of(block.getPredecessors(), [&](Block *before) {
      return dominance.dominates(&block, before);
    });
    if (block.isEntryBlock() || getReturning(block) || jumpsBack)
      beginnings.insert(&block);
  }
  // From the ends on: whether a way is short depends on the states behind it.
  for (Block *block : llvm::post_order(&region.front()))
    if (!block->isEntryBlock() && !block->getSinglePredecessor() &&
        (getCall(*block) || !isShort(block, beginnings)))
      beginnings.insert(block);
  for (Block &block : region) {
    if (!beginnings.contains(&block))
      continue;
    numbers[&block] = states.size();
    states.push_back({function, &block, getReturning(block), {}, {}, {}});
  }
}

/// Goes through what `block`, which belongs to `state`, leads to, where the
/// `known` values have been computed in this state.
void States::analyze(State &state, Block &block, DenseSet<Value> known) {
  auto use = [&](Operation *op) {
    for (Value value : getUsedValues(op))
      if (!known.contains(value) && !isComputedAnywhere(value))
        state.live.insert(value);
  };
  std::optional<RecursiveCall> call = getCall(block);
  for (Operation &op : block) {
    if (call && &op == call->jump) {
      unsigned next = *find(call->jump.getDest());
      state.next.insert(next);
      state.nextAfterCall.insert(next);
      return;
    }
    use(&op);
    known.insert(op.result_begin(), op.result_end());
  }
  for (Block *successor : block.getSuccessors()) {
    if (std::optional<unsigned> next = find(successor)) {
      state.next.insert(*next);
      continue;
    }
    DenseSet<Value> knownThere = known;
    knownThere.insert(successor->args_begin(), successor->args_end());
    analyze(state, *successor, std::move(knownThere));
  }
}

LogicalResult States::build() {
  for (func::FuncOp function : cycle.functions) {
    OwningOpRef<func::FuncOp> &body = bodies[function];
    body = function.clone();
    if (failed(flatten(*body, cycle)))
      return failure();
    splitAtCalls(*body, cycle);
  }
  for (func::FuncOp function : cycle.functions)
    addStates(function);
  for (State &state : states) {
    DenseSet<Value> known;
    if (state.returning)
      known.insert(state.block->args_begin(), state.block->args_end());
    analyze(state, *state.block, std::move(known));
  }
  // What a later state uses has to be there until then.
  for (bool changed = true; changed;) {
    changed = false;
    for (State &state : states)
      for (unsigned next : state.next)
        for (Value value : states[next].live)
          changed |= state.live.insert(value);
  }
  return success();
}

namespace {
/// The longest way from a state to the end of its function.
struct Way {
  int64_t steps = 0, calls = 0;
};
} // namespace

std::optional<int64_t> States::getMostSteps(int64_t depth) const {
  // Depth-first; a state that is open is reached again in a loop.
  SmallVector<std::optional<Way>> ways(states.size());
  SmallVector<bool> isOpen(states.size());
  std::function<bool(unsigned)> visit = [&](unsigned number) {
    if (ways[number])
      return true;
    if (isOpen[number])
      return false;
    isOpen[number] = true;
    Way way;
    for (unsigned next : states[number].next) {
      if (!visit(next))
        return false;
      int64_t calls = states[number].nextAfterCall.contains(next);
      way.steps = std::max(way.steps, ways[next]->steps);
      way.calls = std::max(way.calls, ways[next]->calls + calls);
    }
    ++way.steps;
    ways[number] = way;
    return true;
  };
  int64_t steps = 0;
  for (func::FuncOp function : cycle.functions) {
    unsigned first = getFirst(function);
    if (!visit(first) || ways[first]->calls > 1)
      return std::nullopt;
    steps = std::max(steps, ways[first]->steps);
  }
  return depth * steps;
}
