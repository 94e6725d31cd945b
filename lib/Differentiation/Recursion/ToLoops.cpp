//===- ToLoops.cpp - Deep recursion as a loop over a stack ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a processor does with calls, as operations: a loop runs one state of a
// function after the other, and carries the number of the next state, the
// depth, what each function has returned last, and for each value that is used
// beyond its state a stack with a row for each depth.
//
//   func @f(%x) attributes {ad.max_depth = 30} {
//     if (%x ends) return A(%x)
//     %y = call @f(B(%x))
//     return C(%x, %y)
//   }
//
// becomes
//
//   func @f(%x) {
//     while (state, row, xs, result = begin, 0, [%x], anything), state != end {
//       switch (state) {
//       begin: if (xs[row] ends)
//                yield (row == 0 ? end : resume), row - 1, xs, A(xs[row])
//              assert row + 1 < 30
//              yield begin, row + 1, xs with [row + 1] = B(xs[row]), result
//       resume: yield (row == 0 ? end : resume), row - 1, xs,
//                     C(xs[row], result)
//       }
//     }
//     return result
//   }
//
// All that follows knows loops: residuals, checkpoints and higher derivatives
// are theirs.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/SameSize.h"
#include "ControlFlow/Stacks.h"
#include "Residuals.h"
#include "States.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/IRMapping.h"

namespace atled {
#define GEN_PASS_DEF_RECURSIONTOLOOPSPASS
#include "atled/Differentiation/Passes.h.inc"
} // namespace atled

using namespace atled;

//===----------------------------------------------------------------------===//
// Parameters that never change
//===----------------------------------------------------------------------===//

/// The parameters to which every call within the cycle passes on what the call
/// from outside has given for an argument: the number of that argument.
using Constants = DenseMap<Value, unsigned>;

static Constants findConstants(const States &states, func::FuncOp entry) {
  constexpr unsigned varies = -1;
  // By the parameter: nothing where no call is known yet.
  DenseMap<Value, unsigned> origins;
  auto join = [&](Value parameter, std::optional<unsigned> origin) {
    if (!origin)
      return false;
    auto [it, isNew] = origins.try_emplace(parameter, *origin);
    if (isNew || it->second == *origin || it->second == varies)
      return isNew;
    it->second = varies;
    return true;
  };
  for (BlockArgument argument : states.getBody(entry).getArguments())
    join(argument, argument.getArgNumber());

  SmallVector<RecursiveCall> calls = states.getCalls();
  auto getOrigin = [&](Value operand) -> std::optional<unsigned> {
    auto argument = dyn_cast<BlockArgument>(operand);
    if (!argument || !isa<func::FuncOp>(argument.getOwner()->getParentOp()) ||
        !argument.getOwner()->isEntryBlock())
      return varies;
    auto it = origins.find(argument);
    return it == origins.end() ? std::nullopt
                               : std::optional<unsigned>(it->second);
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (RecursiveCall call : calls)
      for (auto [operand, parameter] :
           llvm::zip(call.call.getOperands(),
                     states.getBody(call.callee).getArguments()))
        changed |= join(parameter, getOrigin(operand));
  }
  Constants constants;
  for (auto [parameter, origin] : origins)
    if (origin != varies)
      constants[parameter] = origin;
  return constants;
}

//===----------------------------------------------------------------------===//
// What the loop carries
//===----------------------------------------------------------------------===//

namespace {
/// Where the parts of what the loop carries are. The row is carried as an i64:
/// bufferization, which compares all slices that are read and written, would
/// otherwise follow it through every branch, again and again.
struct Layout {
  static constexpr unsigned state = 0, row = 1;
  /// How many functions with a bound are inside one another. Where all have
  /// one, the row says so.
  std::optional<unsigned> depth;
  /// The stack of the states that follow calls. Where there is but one call,
  /// it is known.
  std::optional<unsigned> callers;
  llvm::MapVector<Value, unsigned> stacks;
  /// Of each function, its first result; the others are behind it.
  DenseMap<func::FuncOp, unsigned> results;
  unsigned size = 0;
};

/// Builds the loop that stands for the functions of a cycle when `entry` is
/// called.
class RecursionLoop {
public:
  RecursionLoop(const States &states, func::FuncOp entry)
      : states(states), cycle(states.getCycle()), entry(entry),
        constants(findConstants(states, entry)), calls(states.getCalls()) {}

  /// Replaces the body of the entry.
  LogicalResult build();

private:
  /// What is known on the way from the beginning of a state.
  struct Scope {
    IRMapping mapping;
    /// What was computed in this state, in the functions as they were.
    DenseSet<Value> computed;
    SmallVector<Value> carried;
    /// Of the stacks, the row of the function that runs.
    Value row;
  };

  LogicalResult layOut();
  int64_t countRows() const;
  unsigned getEnd() const { return states.get().size(); }
  SmallVector<Value> buildInits(OpBuilder &builder);
  void buildIteration(OpBuilder &builder, ValueRange carried);
  SmallVector<Value> buildState(OpBuilder &builder, unsigned number,
                                ValueRange carried, Value row);
  /// Builds `block`, up to the next state: what is carried there.
  SmallVector<Value> buildBlock(OpBuilder &builder, Block &block, Scope scope);
  SmallVector<Value> buildBranch(OpBuilder &builder, Location location,
                                 Block *block, ValueRange arguments,
                                 Scope scope);
  SmallVector<Value> buildCall(OpBuilder &builder, RecursiveCall call,
                               Scope scope);
  SmallVector<Value> buildReturn(OpBuilder &builder, func::ReturnOp ret,
                                 Scope scope);
  /// What stands for `value` of the functions as they were.
  Value get(OpBuilder &builder, Scope &scope, Value value);
  void push(OpBuilder &builder, Scope &scope, Value value, Value row,
            Value pushed);
  /// Lets what was computed and is used in a later state be found there.
  void keepFor(OpBuilder &builder, Scope &scope, unsigned next);

  Value buildIndex(OpBuilder &builder, int64_t value) {
    return arith::ConstantIndexOp::create(builder, location, value);
  }
  Value buildCast(OpBuilder &builder, Value value, Type type) {
    return arith::IndexCastOp::create(builder, location, type, value);
  }
  Value buildSum(OpBuilder &builder, Value lhs, int64_t rhs) {
    return arith::AddIOp::create(builder, location, lhs,
                                 buildIndex(builder, rhs));
  }

  const States &states;
  const Cycle &cycle;
  func::FuncOp entry;
  Constants constants;
  SmallVector<RecursiveCall> calls;
  Layout layout;
  Location location = entry.getLoc();
};
} // namespace

/// Between two functions with a bound may be each one that has none, once.
int64_t RecursionLoop::countRows() const {
  int64_t unbounded = cycle.functions.size() - cycle.bounds.size();
  return cycle.getMaxDepth() * (unbounded + 1) + unbounded;
}

LogicalResult RecursionLoop::layOut() {
  layout.size = Layout::row + 1;
  if (cycle.bounds.size() != cycle.functions.size())
    layout.depth = layout.size++;
  if (calls.size() != 1)
    layout.callers = layout.size++;
  for (const State &state : states.get())
    for (Value value : state.live) {
      if (constants.contains(value) || layout.stacks.contains(value))
        continue;
      if (!hasKnownSize(value.getType())) {
        InFlightDiagnostic diagnostic =
            emitError(value.getLoc())
            << "a value of type " << value.getType()
            << " is needed beyond a recursive call, and "
               "its size is not known";
        diagnostic.attachNote(entry.getLoc())
            << "where 'ad.max_depth' is small (at most 16; less in a tree of "
               "calls, unless they have 'ad.checkpoint'), each depth has its "
               "own";
        return diagnostic;
      }
      layout.stacks[value] = layout.size++;
    }
  for (func::FuncOp function : cycle.functions) {
    layout.results[function] = layout.size;
    layout.size += function.getNumResults();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The states
//===----------------------------------------------------------------------===//

Value RecursionLoop::get(OpBuilder &builder, Scope &scope, Value value) {
  if (Value known = scope.mapping.lookupOrNull(value))
    return known;
  Value built;
  if (auto constant = constants.find(value); constant != constants.end())
    built = entry.getArgument(constant->second);
  else if (isComputedAnywhere(value))
    built = builder.clone(*value.getDefiningOp())
                ->getResult(cast<OpResult>(value).getResultNumber());
  else
    built = buildStackRead(builder, value.getLoc(),
                           scope.carried[layout.stacks.lookup(value)],
                           scope.row, value.getType());
  scope.mapping.map(value, built);
  return built;
}

void RecursionLoop::push(OpBuilder &builder, Scope &scope, Value value,
                         Value row, Value pushed) {
  auto stack = layout.stacks.find(value);
  if (stack == layout.stacks.end())
    return;
  Value &carried = scope.carried[stack->second];
  carried = buildStackWrite(builder, value.getLoc(), carried, row, pushed);
}

void RecursionLoop::keepFor(OpBuilder &builder, Scope &scope, unsigned next) {
  for (Value value : states.get()[next].live)
    if (scope.computed.contains(value))
      push(builder, scope, value, scope.row, scope.mapping.lookup(value));
}

SmallVector<Value> RecursionLoop::buildCall(OpBuilder &builder,
                                            RecursiveCall call, Scope scope) {
  unsigned resumed = *states.find(call.jump.getDest());
  unsigned begun = states.getFirst(call.callee);
  SmallVector<Value> operands;
  for (Value operand : call.call.getOperands())
    operands.push_back(get(builder, scope, operand));
  keepFor(builder, scope, resumed);

  Value row = buildSum(builder, scope.row, 1);
  if (auto bound = cycle.bounds.find(call.callee);
      bound != cycle.bounds.end()) {
    // The first row is the first call.
    Value outside = row;
    if (layout.depth) {
      outside = scope.carried[*layout.depth];
      scope.carried[*layout.depth] = buildSum(builder, outside, 1);
    }
    Value holds = arith::CmpIOp::create(builder, call.call.getLoc(),
                                        arith::CmpIPredicate::slt, outside,
                                        buildIndex(builder, bound->second));
    assertDepth(builder, call.call.getLoc(), holds);
  }
  if (layout.callers)
    scope.carried[*layout.callers] =
        buildStackWrite(builder, location, scope.carried[*layout.callers], row,
                        buildIndex(builder, resumed));
  for (auto [parameter, operand] :
       llvm::zip(states.getBody(call.callee).getArguments(), operands))
    push(builder, scope, parameter, row, operand);
  scope.carried[Layout::state] = buildIndex(builder, begun);
  scope.carried[Layout::row] = buildCast(builder, row, builder.getI64Type());
  return scope.carried;
}

SmallVector<Value> RecursionLoop::buildReturn(OpBuilder &builder,
                                              func::ReturnOp ret, Scope scope) {
  func::FuncOp function;
  for (func::FuncOp candidate : cycle.functions)
    if (states.getBody(candidate) == ret->getParentOp())
      function = candidate;
  for (auto [index, value] : llvm::enumerate(ret.getOperands()))
    scope.carried[layout.results[function] + index] =
        get(builder, scope, value);
  Value &state = scope.carried[Layout::state];
  if (layout.callers) {
    state = buildStackRead(builder, location, scope.carried[*layout.callers],
                           scope.row, builder.getIndexType());
  } else {
    Value isLast =
        arith::CmpIOp::create(builder, location, arith::CmpIPredicate::eq,
                              scope.row, buildIndex(builder, 0));
    unsigned resumed = *states.find(calls.front().jump->getSuccessor(0));
    state = arith::SelectOp::create(builder, location, isLast,
                                    buildIndex(builder, getEnd()),
                                    buildIndex(builder, resumed));
  }
  scope.carried[Layout::row] = buildCast(
      builder, buildSum(builder, scope.row, -1), builder.getI64Type());
  if (layout.depth && cycle.bounds.contains(function)) {
    Value &depth = scope.carried[*layout.depth];
    depth = buildSum(builder, depth, -1);
  }
  return scope.carried;
}

SmallVector<Value> RecursionLoop::buildBranch(OpBuilder &builder,
                                              Location branch, Block *block,
                                              ValueRange arguments,
                                              Scope scope) {
  SmallVector<Value> values;
  for (Value argument : arguments)
    values.push_back(get(builder, scope, argument));
  std::optional<unsigned> next = states.find(block);
  if (!next) {
    scope.mapping.map(block->getArguments(), values);
    scope.computed.insert(block->args_begin(), block->args_end());
    return buildBlock(builder, *block, std::move(scope));
  }
  keepFor(builder, scope, *next);
  for (auto [argument, value] : llvm::zip(block->getArguments(), values))
    push(builder, scope, argument, scope.row, value);
  scope.carried[Layout::state] = buildIndex(builder, *next);
  return scope.carried;
}

SmallVector<Value> RecursionLoop::buildBlock(OpBuilder &builder, Block &block,
                                             Scope scope) {
  std::optional<RecursiveCall> call = states.getCall(block);
  for (Operation &op : block.without_terminator()) {
    if (call && &op == call->call)
      return buildCall(builder, *call, std::move(scope));
    for (Value value : getUsedValues(&op))
      (void)get(builder, scope, value);
    builder.clone(op, scope.mapping);
    scope.computed.insert(op.result_begin(), op.result_end());
  }
  Operation *end = block.getTerminator();
  Location where = end->getLoc();
  if (auto ret = dyn_cast<func::ReturnOp>(end))
    return buildReturn(builder, ret, std::move(scope));
  if (auto jump = dyn_cast<cf::BranchOp>(end))
    return buildBranch(builder, where, jump.getDest(), jump.getDestOperands(),
                       std::move(scope));

  TypeRange types = ValueRange(scope.carried).getTypes();
  auto yield = [&](Region &region, Block *target, ValueRange arguments) {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&region);
    scf::YieldOp::create(builder, where,
                         buildBranch(builder, where, target, arguments, scope));
  };
  if (auto branch = dyn_cast<cf::CondBranchOp>(end)) {
    Value condition = get(builder, scope, branch.getCondition());
    auto choice = scf::IfOp::create(builder, where, types, condition,
                                    /*addThenBlock=*/false,
                                    /*addElseBlock=*/false);
    yield(choice.getThenRegion(), branch.getTrueDest(),
          branch.getTrueDestOperands());
    yield(choice.getElseRegion(), branch.getFalseDest(),
          branch.getFalseDestOperands());
    return SmallVector<Value>(choice.getResults());
  }
  auto branch = cast<cf::SwitchOp>(end);
  Value flag =
      arith::IndexCastOp::create(builder, where, builder.getIndexType(),
                                 get(builder, scope, branch.getFlag()));
  SmallVector<int64_t> cases;
  if (std::optional<DenseIntElementsAttr> values = branch.getCaseValues())
    for (const llvm::APInt &value : *values)
      cases.push_back(value.getSExtValue());
  auto choice = scf::IndexSwitchOp::create(builder, where, types, flag, cases,
                                           cases.size());
  for (auto [index, region] : llvm::enumerate(choice.getCaseRegions()))
    yield(region, branch.getCaseDestinations()[index],
          branch.getCaseOperands(index));
  yield(choice.getDefaultRegion(), branch.getDefaultDestination(),
        branch.getDefaultOperands());
  return SmallVector<Value>(choice.getResults());
}

SmallVector<Value> RecursionLoop::buildState(OpBuilder &builder,
                                             unsigned number,
                                             ValueRange carried, Value row) {
  const State &state = states.get()[number];
  Scope scope;
  scope.carried = llvm::to_vector(carried);
  scope.row = row;
  if (state.returning) {
    unsigned first = layout.results.lookup(state.returning);
    scope.mapping.map(state.block->getArguments(),
                      carried.slice(first, state.block->getNumArguments()));
    scope.computed.insert(state.block->args_begin(), state.block->args_end());
  }
  return buildBlock(builder, *state.block, std::move(scope));
}

//===----------------------------------------------------------------------===//
// The loop
//===----------------------------------------------------------------------===//

SmallVector<Value> RecursionLoop::buildInits(OpBuilder &builder) {
  OpFoldResult rows = builder.getIndexAttr(countRows());
  Value zero = buildIndex(builder, 0);
  SmallVector<Value> inits(layout.size);
  inits[Layout::state] = buildIndex(builder, states.getFirst(entry));
  inits[Layout::row] =
      arith::ConstantIntOp::create(builder, location, 0, /*width=*/64);
  if (layout.depth)
    inits[*layout.depth] = buildIndex(builder, cycle.bounds.contains(entry));
  if (layout.callers)
    inits[*layout.callers] = buildStackWrite(
        builder, location,
        buildStack(builder, location, builder.getIndexType(), rows, Value()),
        zero, buildIndex(builder, getEnd()));
  for (auto [value, index] : layout.stacks)
    inits[index] =
        buildStack(builder, value.getLoc(), value.getType(), rows, Value());
  for (auto [parameter, argument] :
       llvm::zip(states.getBody(entry).getArguments(), entry.getArguments()))
    if (auto stack = layout.stacks.find(parameter);
        stack != layout.stacks.end())
      inits[stack->second] = buildStackWrite(
          builder, location, inits[stack->second], zero, argument);
  for (auto [function, first] : layout.results)
    for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
      inits[first + index] = buildPlaceholder(builder, location, type, Value());
  return inits;
}

/// A branch for each state, the last one being the default.
void RecursionLoop::buildIteration(OpBuilder &builder, ValueRange carried) {
  auto cases = llvm::to_vector(llvm::seq<int64_t>(0, states.get().size() - 1));
  Value row = buildCast(builder, carried[Layout::row], builder.getIndexType());
  auto choice =
      scf::IndexSwitchOp::create(builder, location, carried.getTypes(),
                                 carried[Layout::state], cases, cases.size());
  for (auto [number, region] : llvm::enumerate(choice->getRegions())) {
    // The default comes first.
    unsigned state = number == 0 ? cases.size() : number - 1;
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&region);
    scf::YieldOp::create(builder, location,
                         buildState(builder, state, carried, row));
  }
  scf::YieldOp::create(builder, location, choice.getResults());
}

LogicalResult RecursionLoop::build() {
  if (failed(layOut()))
    return failure();
  Region &body = entry.getBody();
  body.dropAllReferences();
  while (!llvm::hasSingleElement(body))
    body.back().erase();
  body.front().getOperations().clear();
  auto builder = OpBuilder::atBlockEnd(&body.front());
  SmallVector<Value> inits = buildInits(builder);
  auto goesOn = [&](OpBuilder &inner, Location, ValueRange carried) {
    Value holds = arith::CmpIOp::create(
        inner, location, arith::CmpIPredicate::ne, carried[Layout::state],
        buildIndex(inner, getEnd()));
    scf::ConditionOp::create(inner, location, holds, carried);
  };
  auto loop = scf::WhileOp::create(
      builder, location, ValueRange(inits).getTypes(), inits, goesOn,
      [&](OpBuilder &inner, Location, ValueRange carried) {
        buildIteration(inner, carried);
      });
  func::ReturnOp::create(
      builder, location,
      loop.getResults().slice(layout.results[entry], entry.getNumResults()));

  if (std::optional<int64_t> steps = states.getMostSteps(countRows()))
    loop->setAttr(ad::ADDialect::maxIterationsAttrName,
                  builder.getI64IntegerAttr(*steps));
  if (cycle.checkpoint)
    loop->setAttr(ad::ADDialect::checkpointAttrName, cycle.checkpoint);
  if (cycle.loopNumber)
    loop->setAttr(ad::ADDialect::loopNumberAttrName, cycle.loopNumber);
  for (StringRef name :
       {ad::ADDialect::checkpointAttrName, ad::ADDialect::loopNumberAttrName,
        ad::ADDialect::maxDepthAttrName})
    entry->removeAttr(name);
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The functions of the cycle that something else than a call within it names,
/// or that anything may.
static SmallVector<func::FuncOp> getEntries(const Cycle &cycle,
                                            ModuleOp module) {
  SmallVector<func::FuncOp> entries;
  for (func::FuncOp function : cycle.functions) {
    std::optional<SymbolTable::UseRange> uses =
        SymbolTable::getSymbolUses(function, module);
    bool isNamed =
        !uses || llvm::any_of(*uses, [&](SymbolTable::SymbolUse use) {
          auto call = dyn_cast<func::CallOp>(use.getUser());
          return !call ||
                 !cycle.contains(call->getParentOfType<func::FuncOp>());
        });
    if (function.isPublic() || isNamed)
      entries.push_back(function);
  }
  return entries;
}

namespace {
struct RecursionToLoopsPass
    : atled::impl::RecursionToLoopsPassBase<RecursionToLoopsPass> {
  void runOnOperation() override {
    FailureOr<SmallVector<Cycle>> cycles = findCycles(getOperation());
    if (failed(cycles))
      return signalPassFailure();
    for (const Cycle &cycle : *cycles) {
      SmallVector<func::FuncOp> entries = getEntries(cycle, getOperation());
      States states(cycle);
      if (failed(states.build()))
        return signalPassFailure();
      for (func::FuncOp entry : entries)
        if (failed(RecursionLoop(states, entry).build()))
          return signalPassFailure();
      for (func::FuncOp function : cycle.functions)
        if (!llvm::is_contained(entries, function))
          function.erase();
    }
  }
};
} // namespace
