//===- ForwardMode.h - Tangents beside the primal --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_FORWARDMODE_H
#define ATLED_DIFFERENTIATION_FORWARDMODE_H

#include "atled/Differentiation/Activity.h"
#include "mlir/IR/IRMapping.h"

namespace atled {
class DerivedFunctions;

/// Builds a function's body again with a tangent beside each active value.
class ForwardMode {
public:
  ForwardMode(DerivedFunctions &functions, Activity &activity,
              OpBuilder builder)
      : functions(functions), activity(activity), builder(builder) {}

  /// What stands for `value` of the original in the new function.
  Value getPrimal(Value value) const { return primals.lookup(value); }
  void setPrimal(Value value, Value primal) { primals.map(value, primal); }

  /// The tangent of `value` of the original. Null stands for zero.
  Value getTangent(Value value) const { return tangents.lookup(value); }
  void setTangent(Value value, Value tangent) { tangents[value] = tangent; }

  /// Builds all operations of `block` but its terminator.
  LogicalResult run(Block &block);

  DerivedFunctions &getFunctions() { return functions; }
  Activity &getActivity() { return activity; }
  OpBuilder &getBuilder() { return builder; }

private:
  LogicalResult visit(Operation *op);

  DerivedFunctions &functions;
  Activity &activity;
  OpBuilder builder;
  IRMapping primals;
  DenseMap<Value, Value> tangents;
};

} // namespace atled

#endif // ATLED_DIFFERENTIATION_FORWARDMODE_H
