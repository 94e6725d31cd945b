//===- FindHarm.cpp - Where meaningless numbers do harm -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FindHarm.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace atled;

namespace {
/// Looks for harm where memory means nothing from `since` on; all along if that
/// is null.
class HarmFinder {
public:
  explicit HarmFinder(Operation *since) : since(since) {}

  bool isIn(Operation *op) const {
    return op
        ->walk([&](Operation *inner) {
          return trustsMemory(inner) ? WalkResult::interrupt()
                                     : WalkResult::advance();
        })
        .wasInterrupted();
  }

private:
  bool trustsMemory(Operation *op) const;
  bool trustsMemory(func::CallOp call) const;
  /// Whether memory has a say in one of `values`, as far as can be told.
  bool comeFromMemory(ValueRange values) const;
  /// Whether `value` was there before memory stopped to mean anything.
  bool isFromBefore(Value value) const;

  Operation *since;
};
} // namespace

bool HarmFinder::isFromBefore(Value value) const {
  if (!since)
    return false;
  Operation *origin = value.getDefiningOp();
  if (!origin)
    origin = value.getParentBlock()->getParentOp();
  Operation *ancestor = since->getBlock()->findAncestorOpInBlock(*origin);
  return !ancestor || ancestor->isBeforeInBlock(since);
}

bool HarmFinder::comeFromMemory(ValueRange values) const {
  llvm::SetVector<Value> pending(values.begin(), values.end());
  for (size_t next = 0; next < pending.size(); ++next) {
    Value value = pending[next];
    if (isa<MemRefType>(value.getType()) || isFromBefore(value))
      continue;
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      // The bounds of a loop and what a function is given are looked at there.
      Operation *parent = argument.getOwner()->getParentOp();
      auto loop = dyn_cast<scf::ForOp>(parent);
      if (loop ? argument != loop.getInductionVar()
               : !isa<func::FuncOp>(parent))
        return true;
      continue;
    }
    Operation *op = value.getDefiningOp();
    if (op->getNumRegions() != 0 || isa<memref::LoadOp, func::CallOp>(op))
      return true;
    pending.insert(op->operand_begin(), op->operand_end());
  }
  return false;
}

bool HarmFinder::trustsMemory(func::CallOp call) const {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  return callee.isDeclaration() || comeFromMemory(call.getOperands()) ||
         HarmFinder(/*since=*/nullptr).isIn(callee);
}

bool HarmFinder::trustsMemory(Operation *op) const {
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case([](scf::WhileOp) { return true; })
      .Case([&](scf::ForOp loop) {
        return comeFromMemory(
            {loop.getLowerBound(), loop.getUpperBound(), loop.getStep()});
      })
      .Case<memref::LoadOp, memref::StoreOp>(
          [&](auto access) { return comeFromMemory(access.getIndices()); })
      .Case([&](memref::SubViewOp view) {
        return comeFromMemory(view.getOffsets()) ||
               comeFromMemory(view.getSizes());
      })
      .Case([&](memref::AllocOp alloc) {
        return comeFromMemory(alloc.getDynamicSizes());
      })
      .Case([&](func::CallOp call) { return trustsMemory(call); })
      .Default(false);
}

Operation *atled::findHarm(Operation *since) {
  HarmFinder finder(since);
  Operation *op = since;
  while (!op->hasTrait<OpTrait::IsTerminator>() && !finder.isIn(op))
    op = op->getNextNode();
  return op;
}
