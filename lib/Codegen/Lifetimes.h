//===- Lifetimes.h - While which buffers are used --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_LIFETIMES_H
#define ATLED_LIB_CODEGEN_LIFETIMES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atled {

/// The first and the last moment at which a buffer is used. Moments number the
/// operations of a function in the order of its text.
struct Lifetime {
  unsigned begin = std::numeric_limits<unsigned>::max();
  unsigned end = 0;

  void extend(Lifetime other) {
    begin = std::min(begin, other.begin);
    end = std::max(end, other.end);
  }
  bool meets(Lifetime other) const {
    return begin <= other.end && other.begin <= end;
  }
};

class Lifetimes {
public:
  explicit Lifetimes(func::FuncOp func);

  /// While `op` runs, all that is in its regions included.
  Lifetime of(Operation *op) const { return moments.lookup(op); }

  /// From the first to the last use of `buffer` or of a view of it. A use
  /// inside a region counts as long as the operation that has the region, up
  /// to the block where the buffer is made: a loop may come back to it.
  Lifetime of(Value buffer) const;

private:
  void number(Operation *op, unsigned &now);

  /// What `user` covers, seen from the block of `allocation`. Where the buffer
  /// has left that block, so does all of the operation that it left.
  Lifetime getSpan(Operation *user, Operation *allocation) const;

  BufferViewFlowAnalysis views;
  DenseMap<Operation *, Lifetime> moments;
};

} // namespace atled

#endif // ATLED_LIB_CODEGEN_LIFETIMES_H
