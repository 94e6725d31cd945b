//===- LoopSlice.cpp - What runs again of a loop --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopSlice.h"
#include "Iterations.h"
#include "Residuals.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace atled;

LoopSlice::LoopSlice(scf::ForOp loop)
    : loop(loop),
      carried(llvm::to_vector(llvm::seq<unsigned>(0, loop.getNumResults()))) {
  for (Operation &op : loop.getBody()->without_terminator())
    operations.insert(&op);
}

LoopSlice::LoopSlice(scf::ForOp loop, ValueRange values) : loop(loop) {
  Block *body = loop.getBody();
  SmallVector<Value> pending(values);
  DenseSet<Value> seen;
  while (!pending.empty()) {
    Value value = pending.pop_back_val();
    if (value.getParentBlock() != body || !seen.insert(value).second)
      continue;
    if (Operation *op = value.getDefiningOp()) {
      if (operations.insert(op).second)
        llvm::append_range(pending, getUsedValues(op));
      continue;
    }
    // What an iteration begins with, the one before it computes.
    unsigned number = cast<BlockArgument>(value).getArgNumber();
    if (number < loop.getNumInductionVars())
      continue;
    carried.push_back(number - loop.getNumInductionVars());
    pending.push_back(loop.getYieldedValues()[carried.back()]);
  }
  llvm::sort(carried);
}

SmallVector<Value> LoopSlice::select(ValueRange values) const {
  return llvm::map_to_vector(carried,
                             [&](unsigned index) { return values[index]; });
}

scf::ForOp LoopSlice::build(OpBuilder &builder, IRMapping &mapping, Value first,
                            Value last, ValueRange inits) const {
  scf::ForOp loop = this->loop;
  auto buildBody = [&](OpBuilder &inner, Location location, Value number,
                       ValueRange values) {
    mapping.map(loop.getInductionVar(),
                buildInductionVariable(inner, loop, mapping, number));
    mapping.map(select(loop.getRegionIterArgs()), values);
    for (Operation &op : loop.getBody()->without_terminator())
      if (operations.contains(&op))
        inner.clone(op, mapping);
    SmallVector<Value> yielded =
        llvm::map_to_vector(select(loop.getYieldedValues()), [&](Value value) {
          return mapping.lookupOrDefault(value);
        });
    scf::YieldOp::create(inner, location, yielded);
  };
  Value one = arith::ConstantIndexOp::create(builder, loop.getLoc(), 1);
  auto part = scf::ForOp::create(builder, loop.getLoc(), first, last, one,
                                 inits, buildBody);
  // It runs no more often than the whole, which matters to its own way back.
  if (std::optional<int64_t> most = getMaxIterations(loop))
    setMaxIterations(part, *most);
  else if (std::optional<APInt> trips = loop.getStaticTripCount();
           trips && trips->isStrictlyPositive())
    setMaxIterations(part, trips->getSExtValue());
  return part;
}
