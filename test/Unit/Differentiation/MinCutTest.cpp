//===- MinCutTest.cpp - The cheapest set of nodes that separates ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MinCut.h"
#include "gtest/gtest.h"
#include <random>

using namespace atled;

static SmallVector<unsigned> solve(MinCut &cut) {
  llvm::BitVector bits = cut.solve();
  return SmallVector<unsigned>(bits.set_bits());
}

TEST(MinCutTest, CutsTheNarrowPlace) {
  // Two wide sources become one narrow value, from which two wide ones follow.
  MinCut cut;
  unsigned a = cut.addNode(10), b = cut.addNode(10), narrow = cut.addNode(3),
           c = cut.addNode(10), d = cut.addNode(10);
  cut.addSource(a);
  cut.addSource(b);
  cut.addEdge(a, narrow);
  cut.addEdge(b, narrow);
  cut.addEdge(narrow, c);
  cut.addEdge(narrow, d);
  cut.addSink(c);
  cut.addSink(d);
  EXPECT_EQ(solve(cut), SmallVector<unsigned>{narrow});
}

TEST(MinCutTest, OfEqualsTheNearestToTheSinks) {
  MinCut cut;
  unsigned first = cut.addNode(4), second = cut.addNode(4),
           third = cut.addNode(4);
  cut.addSource(first);
  cut.addEdge(first, second);
  cut.addEdge(second, third);
  cut.addSink(third);
  EXPECT_EQ(solve(cut), SmallVector<unsigned>{third});
}

TEST(MinCutTest, NothingToCutWithoutASource) {
  MinCut cut;
  unsigned a = cut.addNode(1), b = cut.addNode(1);
  cut.addEdge(a, b);
  cut.addSink(b);
  EXPECT_TRUE(solve(cut).empty());
}

TEST(MinCutTest, ASourceMayBeASink) {
  MinCut cut;
  unsigned a = cut.addNode(7);
  cut.addSource(a);
  cut.addSink(a);
  EXPECT_EQ(solve(cut), SmallVector<unsigned>{a});
}

namespace {
/// A random layered graph, of which every set of nodes can be tried.
struct RandomGraph {
  explicit RandomGraph(unsigned seed) : random(seed) {
    for (unsigned node = 0; node < numNodes; ++node)
      costs.push_back(draw(9) + 1);
    for (unsigned from = 0; from < numNodes; ++from)
      for (unsigned to = from + 1; to < numNodes; ++to)
        if (draw(3) == 0)
          edges.emplace_back(from, to);
    for (unsigned node = 0; node < 3; ++node) {
      sources |= 1u << draw(numNodes / 2);
      sinks |= 1u << (numNodes / 2 + draw(numNodes / 2));
    }
  }

  unsigned draw(unsigned below) { return random() % below; }

  bool separates(unsigned cut) const {
    unsigned reached = sources & ~cut;
    // Edges go from lower to higher numbers.
    for (auto [from, to] : edges)
      if (reached >> from & 1)
        reached |= 1u << to & ~cut;
    return (reached & sinks) == 0;
  }

  int64_t getCost(unsigned cut) const {
    int64_t cost = 0;
    for (unsigned node = 0; node < numNodes; ++node)
      cost += cut >> node & 1 ? costs[node] : 0;
    return cost;
  }

  static constexpr unsigned numNodes = 10;
  std::mt19937 random;
  SmallVector<int64_t> costs;
  SmallVector<std::pair<unsigned, unsigned>> edges;
  unsigned sources = 0, sinks = 0;
};
} // namespace

TEST(MinCutTest, AgreesWithTryingEverySet) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    RandomGraph graph(seed);
    int64_t best = std::numeric_limits<int64_t>::max();
    for (unsigned set = 0; set < 1u << RandomGraph::numNodes; ++set)
      if (graph.separates(set))
        best = std::min(best, graph.getCost(set));

    MinCut cut;
    for (int64_t cost : graph.costs)
      cut.addNode(cost);
    for (auto [from, to] : graph.edges)
      cut.addEdge(from, to);
    for (unsigned node = 0; node < RandomGraph::numNodes; ++node) {
      if (graph.sources >> node & 1)
        cut.addSource(node);
      if (graph.sinks >> node & 1)
        cut.addSink(node);
    }
    unsigned found = 0;
    for (unsigned node : solve(cut))
      found |= 1u << node;
    EXPECT_TRUE(graph.separates(found)) << "seed " << seed;
    EXPECT_EQ(graph.getCost(found), best) << "seed " << seed;
  }
}
