//===- MinCut.cpp - The cheapest set of nodes that separates --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MinCut.h"

using namespace atled;

unsigned MinCut::addNode(int64_t cost) {
  unsigned node = numNodes++;
  leaving.resize(out(node) + 1);
  connect(in(node), out(node), cost);
  return node;
}

void MinCut::addEdge(unsigned from, unsigned to) {
  connect(out(from), in(to), unlimited);
}
void MinCut::addSource(unsigned node) { connect(source, in(node), unlimited); }
void MinCut::addSink(unsigned node) { connect(out(node), sink, unlimited); }

void MinCut::connect(unsigned from, unsigned to, int64_t capacity) {
  leaving[from].push_back(edges.size());
  edges.push_back({from, to, capacity});
  leaving[to].push_back(edges.size());
  edges.push_back({to, from, 0});
}

bool MinCut::augment() {
  // The edge by which the search came to each vertex.
  SmallVector<int64_t> arrival(leaving.size(), -1);
  SmallVector<unsigned> queue = {source};
  for (size_t next = 0; next < queue.size() && arrival[sink] < 0; ++next)
    for (unsigned edge : leaving[queue[next]])
      if (unsigned to = edges[edge].to;
          edges[edge].capacity > 0 && to != source && arrival[to] < 0) {
        arrival[to] = edge;
        queue.push_back(to);
      }
  if (arrival[sink] < 0)
    return false;
  int64_t flow = unlimited;
  for (unsigned vertex = sink; vertex != source;
       vertex = edges[arrival[vertex]].from)
    flow = std::min(flow, edges[arrival[vertex]].capacity);
  for (unsigned vertex = sink; vertex != source;
       vertex = edges[arrival[vertex]].from) {
    edges[arrival[vertex]].capacity -= flow;
    edges[arrival[vertex] ^ 1].capacity += flow;
  }
  return true;
}

llvm::BitVector MinCut::findSinkSide() const {
  llvm::BitVector reaches(leaving.size());
  reaches.set(sink);
  SmallVector<unsigned> worklist = {sink};
  while (!worklist.empty())
    for (unsigned edge : leaving[worklist.pop_back_val()]) {
      // The reverse of an edge that leaves is one that arrives.
      unsigned from = edges[edge].to;
      if (edges[edge ^ 1].capacity > 0 && !reaches[from]) {
        reaches.set(from);
        worklist.push_back(from);
      }
    }
  return reaches;
}

llvm::BitVector MinCut::solve() {
  while (augment())
    ;
  llvm::BitVector reaches = findSinkSide(), cut(numNodes);
  for (unsigned node = 0; node < numNodes; ++node)
    cut[node] = reaches[out(node)] && !reaches[in(node)];
  return cut;
}
