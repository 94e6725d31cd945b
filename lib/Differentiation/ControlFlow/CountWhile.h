//===- CountWhile.h - While loops become counted loops ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_COUNTWHILE_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_COUNTWHILE_H

#include "atled/Differentiation/Activity.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace atled {

/// Replaces `loop` by itself, which now only counts, and a loop of as many
/// iterations that computes what it computed.
void countWhile(scf::WhileOp loop);

/// A function as reverse mode wants it: every loop that a derivative passes
/// through has a trip count that is known when it starts.
class CountedFunction {
public:
  /// `arguments` and `results` are those of interest.
  CountedFunction(func::FuncOp function, const llvm::SmallBitVector &arguments,
                  const llvm::SmallBitVector &results,
                  ActivitySummaries &summaries);
  /// Removes the function, if it is a copy.
  ~CountedFunction();
  CountedFunction(const CountedFunction &) = delete;

  func::FuncOp get() { return counted; }

private:
  func::FuncOp original, counted;
};

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_COUNTWHILE_H
