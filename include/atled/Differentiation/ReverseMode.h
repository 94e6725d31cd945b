//===- ReverseMode.h - Cotangents back through the primal ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_REVERSEMODE_H
#define ATLED_DIFFERENTIATION_REVERSEMODE_H

#include "atled/Differentiation/Activity.h"
#include "atled/Differentiation/Cotangents.h"
#include "mlir/IR/IRMapping.h"

namespace atled {
class DerivedFunctions;

/// Builds a function's body again, and then the way back: from cotangents of
/// the results to cotangents of the arguments.
///
/// The two may be built in one block, or in different functions. The way back
/// uses values of the primal wherever those are defined; who builds it
/// elsewhere makes them available afterwards (Residuals.h).
class ReverseMode {
public:
  ReverseMode(DerivedFunctions &functions, Activity &activity,
              OpBuilder primalBuilder, OpBuilder reverseBuilder)
      : functions(functions), activity(activity), primalBuilder(primalBuilder),
        reverseBuilder(reverseBuilder) {}

  /// What stands for `value` of the original in the new function.
  Value getPrimal(Value value) const { return primals.lookup(value); }
  void setPrimal(Value value, Value primal) { primals.map(value, primal); }

  /// Adds to the cotangent of `value` of the original; a null contribution
  /// is zero, and what is not active has no cotangent.
  void addCotangent(Value value, Value contribution) {
    if (contribution)
      addCotangent(value, Contribution{contribution, {}, {}, {}});
  }
  void addCotangent(Value value, const Contribution &contribution);
  /// The whole cotangent of `value`, null for zero. All uses must have
  /// contributed.
  Value takeCotangent(Value value) {
    return cotangents.take(reverseBuilder, value);
  }

  /// Builds a way back that runs on its own, as that through a region: `build`
  /// finds no contribution, and what it adds to values from outside of the
  /// region is returned. `loop` is given for the body of one.
  FailureOr<SmallVector<std::pair<Value, Contributions>>>
  runScoped(function_ref<LogicalResult()> build, Operation *loop = nullptr);

  /// Whether what is built runs in a loop, and `value` is from outside of it:
  /// so that many contributions are added up.
  bool isAddedUp(Value value) const {
    return innermostLoop &&
           !innermostLoop->isAncestor(value.getParentBlock()->getParentOp());
  }

  /// What an operation built with the primal for its own way back.
  void keepResiduals(Operation *op, ArrayRef<Value> values) {
    residuals[op].assign(values.begin(), values.end());
  }
  ArrayRef<Value> getResiduals(Operation *op) const;

  /// Builds the operations of `block`, but its terminator.
  LogicalResult runPrimal(Block &block);
  /// Builds the way back through them.
  LogicalResult runReverse(Block &block);

  DerivedFunctions &getFunctions() { return functions; }
  Activity &getActivity() { return activity; }
  OpBuilder &getPrimalBuilder() { return primalBuilder; }
  OpBuilder &getReverseBuilder() { return reverseBuilder; }

private:
  LogicalResult visitPrimal(Operation *op);
  LogicalResult visitReverse(Operation *op);
  /// Puts 0 into the cotangents of the operands of an elementwise operation,
  /// wherever that of its result is 0.
  void keepZeros(Location location, Value resultCotangent,
                 MutableArrayRef<Value> operandCotangents);

  DerivedFunctions &functions;
  Activity &activity;
  OpBuilder primalBuilder, reverseBuilder;
  IRMapping primals;
  Cotangents cotangents;
  /// Of the original, the loop whose way back is being built.
  Operation *innermostLoop = nullptr;
  DenseMap<Operation *, SmallVector<Value>> residuals;
};

} // namespace atled

#endif // ATLED_DIFFERENTIATION_REVERSEMODE_H
