//===- DeadValues.cpp - Removal of what nobody uses -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop fills a stack for the way back. If the way back runs the loop again
// instead, the stack is of no use any more, but it uses itself: an iteration
// writes to what the one before has left. Such values are carried unchanged
// from here on, and canonicalization removes them.
//
//===----------------------------------------------------------------------===//

#include "DeadValues.h"
#include "atled/Support/LLVM.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace atled;

/// Of the values that `loop` carries, those that a result in use depends on.
static llvm::SmallBitVector getLiveCarried(scf::ForOp loop) {
  Block *body = loop.getBody();
  llvm::SmallBitVector live(loop.getNumResults());
  SmallVector<Value> wanted;
  auto setLive = [&](unsigned index) {
    if (!live.test(index))
      wanted.push_back(loop.getYieldedValues()[index]);
    live.set(index);
  };
  for (OpResult result : loop.getResults())
    if (!result.use_empty())
      setLive(result.getResultNumber());

  DenseSet<Operation *> visited;
  while (!wanted.empty()) {
    Value value = wanted.pop_back_val();
    if (llvm::is_contained(loop.getRegionIterArgs(), value))
      setLive(cast<BlockArgument>(value).getArgNumber() -
              loop.getNumInductionVars());
    Operation *op = value.getDefiningOp();
    Operation *ancestor = op ? body->findAncestorOpInBlock(*op) : nullptr;
    if (ancestor && visited.insert(ancestor).second)
      ancestor->walk([&](Operation *nested) {
        llvm::append_range(wanted, nested->getOperands());
      });
  }
  return live;
}

static void carryDeadUnchanged(scf::ForOp loop) {
  llvm::SmallBitVector live = getLiveCarried(loop);
  Operation *yield = loop.getBody()->getTerminator();
  for (auto [index, argument] : llvm::enumerate(loop.getRegionIterArgs()))
    if (!live.test(index))
      yield->setOperand(index, argument);
}

void atled::eraseDeadOperations(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
    if (isOpTriviallyDead(&op)) {
      op.erase();
      continue;
    }
    if (auto loop = dyn_cast<scf::ForOp>(op))
      carryDeadUnchanged(loop);
    for (Region &region : op.getRegions())
      for (Block &nested : region)
        eraseDeadOperations(nested);
  }
}
