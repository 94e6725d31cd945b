//===- MinCut.h - The cheapest set of nodes that separates -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_MINCUT_H
#define ATLED_LIB_DIFFERENTIATION_MINCUT_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/BitVector.h"
#include <limits>

namespace atled {

/// A directed graph whose nodes have costs. Finds the cheapest set of nodes
/// that lies on every path from a source to a sink.
class MinCut {
public:
  /// Adds a node, which may be cut at `cost`, and returns its number.
  unsigned addNode(int64_t cost);
  void addEdge(unsigned from, unsigned to);
  /// Paths begin at `node`; it may be cut itself.
  void addSource(unsigned node);
  /// Paths end at `node`; it may be cut itself.
  void addSink(unsigned node);

  /// The nodes of the cheapest cut; of equals, those nearest to the sinks. By
  /// shortest augmenting paths (Edmonds and Karp, 1972), in O(nodes edges^2) at
  /// worst and a few sweeps in practice.
  llvm::BitVector solve();

private:
  /// An edge of the flow network and, right behind it, its reverse. A node is
  /// two vertices, `in` and `out`, with an edge of its cost between them.
  struct Edge {
    unsigned from, to;
    int64_t capacity;
  };
  static constexpr unsigned source = 0, sink = 1;
  static constexpr int64_t unlimited = std::numeric_limits<int64_t>::max() / 4;
  static unsigned in(unsigned node) { return 2 + 2 * node; }
  static unsigned out(unsigned node) { return 3 + 2 * node; }

  void connect(unsigned from, unsigned to, int64_t capacity);
  /// Sends flow along one path with free capacity; false if there is none.
  bool augment();
  /// The vertices from which the sink can still be reached.
  llvm::BitVector findSinkSide() const;

  unsigned numNodes = 0;
  SmallVector<Edge> edges;
  /// For each vertex the edges that leave it.
  SmallVector<SmallVector<unsigned, 4>> leaving =
      SmallVector<SmallVector<unsigned, 4>>(2);
};

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_MINCUT_H
