//===- Trace.h - A function while C++ runs it ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The user's function runs once, on handles. Each operation is written at the
// end of the innermost open block: the function's, or that of a branch or loop
// whose body is running. A body is finished before the operation that it
// belongs to exists; until then it stands in an operation of its own, so that
// all that is being traced is one tree.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_TRACE_H
#define ATLED_LIB_FRONTEND_TRACE_H

#include "Session.h"
#include "TracedFunction.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Builders.h"

/// The body of a branch or a loop, with what it yields.
struct atled_region {
  /// Where the body stands until the operation that it belongs to takes it.
  mlir::OwningOpRef<mlir::scf::ExecuteRegionOp> holder;
  mlir::SmallVector<mlir::Value> results;

  mlir::TypeRange getResultTypes() const {
    return mlir::ValueRange(results).getTypes();
  }
  mlir::Region &getRegion() { return holder->getRegion(); }
  mlir::Block &getBlock() { return getRegion().front(); }
};

namespace atled {

OpBuilder getBuilderAtEnd(Block &block);

class Trace {
public:
  /// Begins to trace a function with arguments of these types.
  Trace(StringRef name, TypeRange types, ArrayRef<std::string> names,
        Location location);

  uint64_t getId() const { return id; }
  StringRef getName() { return function.getName(); }
  func::FuncOp getFunction() { return function; }
  /// Writes at the end of the innermost open block.
  OpBuilder getBuilder() const { return getBuilderAtEnd(*blocks.back()); }

  /// The tensor that a handle stands for. Emits an error at `location` where it
  /// cannot be used here.
  FailureOr<Value> resolve(atled_value value, Location location) const;
  FailureOr<SmallVector<Value>> resolve(ArrayRef<atled_value> values,
                                        Location location) const;
  /// The handle of a tensor of this trace.
  atled_value getHandle(Value value) const;
  void getHandles(ValueRange values, atled_value *handles) const;

  /// Checks an operation that has just been written; erases it if it is wrong.
  LogicalResult verify(Operation *op) const;

  /// The function calls itself, and returns such tensors.
  void declareResults(TypeRange types, int64_t depth);
  bool isRecursive() const { return recursive; }
  /// The results are as declared, if they are.
  LogicalResult checkResults(ValueRange results, Location location);

  /// The symbol of `callee` in this trace's module, into which it is copied.
  StringAttr import(const TracedFunction &callee) {
    checks |= callee.getChecks();
    return importFunction(callee, *module, origins);
  }

  /// The function looks at `more`, too.
  void check(Checks more) { checks |= more; }

  /// Opens a body with arguments of these types, and returns them. The number
  /// of the iteration stands in front where it is `counted`.
  SmallVector<Value> beginRegion(TypeRange types, bool isCounted,
                                 Location location);
  std::unique_ptr<atled_region> endRegion();
  /// What handles may still point into is not freed before the trace ends.
  void drop(std::unique_ptr<atled_region> region) {
    (*region->holder)->remove();
    dropped.push_back(std::move(region));
  }

  /// Ends the function. Nothing else may be called then.
  std::unique_ptr<TracedFunction>
  finish(ValueRange results, ArrayRef<std::string> names, Location location);

private:
  uint64_t id;
  OwningOpRef<ModuleOp> module;
  func::FuncOp function;
  bool recursive = false;
  Origins origins;
  /// What functions that are called look at, this one looks at, too.
  Checks checks;
  /// The open blocks, outermost first; `regions` holds all but the function's.
  SmallVector<Block *> blocks;
  std::vector<std::unique_ptr<atled_region>> regions, dropped;
};

/// What this thread traces, innermost last.
std::vector<std::unique_ptr<Trace>> &getTraces();

inline bool isTracing() { return !getTraces().empty(); }
/// Of what is being traced.
inline Trace &getInnermostTrace() { return *getTraces().back(); }

/// Why the tensor that a handle stands for is not there.
StringRef explainMissing(atled_value value);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_TRACE_H
