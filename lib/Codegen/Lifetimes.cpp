//===- Lifetimes.cpp - While which buffers are used -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lifetimes.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace atled;

Lifetimes::Lifetimes(func::FuncOp func) : views(func) {
  unsigned now = 0;
  number(func, now);
}

void Lifetimes::number(Operation *op, unsigned &now) {
  unsigned begin = now++;
  for (Region &region : op->getRegions())
    for (Block &block : region)
      for (Operation &nested : block)
        number(&nested, now);
  moments[op] = {begin, now - 1};
}

Lifetime Lifetimes::of(Value buffer) const {
  Lifetime lifetime;
  for (Value view : views.resolve(buffer))
    for (Operation *user : view.getUsers())
      if (!isa<ViewLikeOpInterface>(user))
        lifetime.extend(getSpan(user, buffer.getDefiningOp()));
  return lifetime;
}

Lifetime Lifetimes::getSpan(Operation *user, Operation *allocation) const {
  Lifetime span;
  Operation *ancestor = nullptr;
  while (!(ancestor = allocation->getBlock()->findAncestorOpInBlock(*user))) {
    allocation = allocation->getParentOp();
    span.extend(of(allocation));
  }
  span.extend(of(ancestor));
  return span;
}
