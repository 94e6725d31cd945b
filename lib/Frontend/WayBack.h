//===- WayBack.h - From a recorded tensor to the leaves --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A training loop records the same graph in each step. Where one backward() has
// met the same structure often enough in a row, all pullbacks on its way become
// one function, with the sums of cotangents between them:
//
//   func @backward(%kept_by_last, ..., %kept_by_first, %seed) -> (%grad_w, ...)
//
// which knows no intermediate buffer and is called once. What takes another way
// each time is gone back node by node, and compiles nothing.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_WAYBACK_H
#define ATLED_LIB_FRONTEND_WAYBACK_H

#include "Tape.h"

namespace atled {

class WayBack {
public:
  /// `nodes` are all behind `start`, in the order in which they are visited.
  WayBack(ArrayRef<std::shared_ptr<Node>> nodes, const Origin &start,
          const Recorded &seed);

  /// The whole way as one function: of what the nodes keep, and the seed, it
  /// makes what comes to each of the leaves. Null where it is gone node by
  /// node.
  std::shared_ptr<TracedFunction> getFunction(atled_location place);

  ArrayRef<std::shared_ptr<Leaf>> getLeaves() const { return leaves; }
  /// What the function takes.
  SmallVector<Recorded> getInputs() const;

private:
  /// Where a cotangent goes: to a result of a node, or to a leaf; nowhere where
  /// the leaf is gone.
  struct Target {
    enum Kind : uint64_t { Nowhere, ToNode, ToLeaf } kind = Nowhere;
    uint64_t number = 0;
    uint64_t result = 0;
  };
  Target findTarget(const Origin &origin);

  /// All that tells one way from another.
  std::string getStructure() const;
  FailureOr<std::unique_ptr<TracedFunction>> trace(atled_location place) const;

  ArrayRef<std::shared_ptr<Node>> nodes;
  Recorded seed;
  Target start;
  /// Of each node, where the results of its pullback go.
  SmallVector<SmallVector<Target, 2>> targets;
  std::vector<std::shared_ptr<Leaf>> leaves;
  DenseMap<const Node *, uint64_t> nodeNumbers;
  DenseMap<const Leaf *, uint64_t> leafNumbers;
};

} // namespace atled

#endif // ATLED_LIB_FRONTEND_WAYBACK_H
