//===- Activity.h - Which values matter to a derivative --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_ACTIVITY_H
#define ATLED_DIFFERENTIATION_ACTIVITY_H

#include "atled/Differentiation/CustomRules.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallBitVector.h"
#include <map>

namespace atled {

/// What calls need to know of the functions they call, computed once for each:
/// the results that vary with given arguments, and the arguments that given
/// results depend on. Where a custom rule says what they do, that is all.
class ActivitySummaries {
public:
  explicit ActivitySummaries(const CustomRules &rules) : rules(rules) {}

  llvm::SmallBitVector getVariedResults(func::FuncOp function,
                                        const llvm::SmallBitVector &arguments);
  llvm::SmallBitVector getUsefulArguments(func::FuncOp function,
                                          const llvm::SmallBitVector &results);

private:
  /// Whether `function` may do anything with its arguments.
  bool isOpaque(func::FuncOp function) const {
    return function.isExternal() || rules.contains(function);
  }

  const CustomRules &rules;
  using Key = std::pair<Operation *, std::string>;
  std::map<Key, llvm::SmallBitVector> variedResults, usefulArguments;
};

/// The values of one function that a derivative has to touch: those that vary
/// with an argument of interest and that a result of interest depends on. For
/// the others no tangent or cotangent is built and nothing is kept.
class Activity {
public:
  explicit Activity(ActivitySummaries &summaries) : summaries(summaries) {}

  /// Marks what varies with the arguments whose bit is set; and what the
  /// returned values whose bit is set depend on.
  void analyze(func::FuncOp function, const llvm::SmallBitVector &arguments,
               const llvm::SmallBitVector &results);

  bool isVaried(Value value) const { return varied.contains(value); }
  bool isUseful(Value value) const { return useful.contains(value); }
  bool isActive(Value value) const {
    return isVaried(value) && isUseful(value);
  }

  /// Marks `value`, unless values of its type never carry a derivative.
  void setVaried(Value value);
  void setUseful(Value value);

  /// The operations of `block`, in order and in reverse order.
  void propagateVaried(Block &block);
  void propagateUseful(Block &block);

  ActivitySummaries &getSummaries() { return summaries; }

private:
  ActivitySummaries &summaries;
  DenseSet<Value> varied, useful;
};

} // namespace atled

#endif // ATLED_DIFFERENTIATION_ACTIVITY_H
