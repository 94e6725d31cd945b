//===- States.h - Where recursive functions wait for each other -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function of a cycle is cut into states: it begins in one, each recursive
// call ends one and is followed by another, and so does a jump back in a loop
// around a call. From a state on, branches lead to the next ones, without any
// loop but those that have no recursive call.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_RECURSION_STATES_H
#define ATLED_LIB_DIFFERENTIATION_RECURSION_STATES_H

#include "Cycles.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

namespace atled {

/// A recursive call and the jump to what follows, which it ends its block with.
struct RecursiveCall {
  func::CallOp call;
  func::FuncOp callee;
  cf::BranchOp jump;
};

struct State {
  func::FuncOp function;
  Block *block;
  /// Where the state follows a call: of what.
  func::FuncOp returning;
  /// Values that other states have computed and this or a later one uses.
  llvm::SetVector<Value> live;
  /// The states of the same function that may be next.
  llvm::SetVector<unsigned> next;
  /// For each of them, whether a call is between.
  llvm::SmallDenseSet<unsigned> nextAfterCall;
};

/// The states of the functions of a cycle, which are copied for that.
class States {
public:
  explicit States(const Cycle &cycle) : cycle(cycle) {}

  /// Fails where a recursive call is inside of what is neither a branch nor a
  /// loop.
  LogicalResult build();

  ArrayRef<State> get() const { return states; }
  const Cycle &getCycle() const { return cycle; }
  /// The state that begins with `block`.
  std::optional<unsigned> find(Block *block) const;
  /// The state in which a function of the cycle begins.
  unsigned getFirst(func::FuncOp function) const;
  /// The copy that the states of a function of the cycle are parts of.
  func::FuncOp getBody(func::FuncOp function) const;
  /// The call that a block ends with, if it does.
  std::optional<RecursiveCall> getCall(Block &block) const;
  /// What returns to `block`, if it follows a recursive call.
  func::FuncOp getReturning(Block &block) const;
  /// The recursive calls of every function.
  SmallVector<RecursiveCall> getCalls() const;
  /// How many states a run goes through at most if the calls inside one another
  /// are `depth`; nothing where that may be more than one for each, or more.
  std::optional<int64_t> getMostSteps(int64_t depth) const;

private:
  void addStates(func::FuncOp function);
  void analyze(State &state, Block &block, DenseSet<Value> known);

  const Cycle &cycle;
  llvm::MapVector<func::FuncOp, OwningOpRef<func::FuncOp>> bodies;
  SmallVector<State> states;
  DenseMap<Block *, unsigned> numbers;
};

/// Whether `value` is computed again wherever it is used: a constant, or room.
bool isComputedAnywhere(Value value);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_RECURSION_STATES_H
