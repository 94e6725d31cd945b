//===- SkipEmptyLoops.cpp - No loop around nothing ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tensor of 2^40 x 0 elements has none, and a loop over its rows would never
// end all the same. Where all that a loop does is in loops that turn out to be
// empty, it does not run either:
//
//   for %i = 0 to %m { for %j = 0 to %n { ... } }
//
//   %end = select (0 < %n), %m, 0
//   for %i = 0 to %end { for %j = 0 to %n { ... } }
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "atled/Support/LoopBounds.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace atled {
#define GEN_PASS_DEF_SKIPEMPTYLOOPSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Whether `op` may as well not run, if nobody looks at its results.
static bool isWithoutEffect(Operation *op) {
  return isMemoryEffectFree(op) || hasSingleEffect<MemoryEffects::Read>(op);
}

/// Collects the loops without which `block` has no effect. Fails if there is
/// another one.
static LogicalResult collectLoops(Block &block,
                                  SmallVector<scf::ForOp> &loops) {
  for (Operation &op : block.without_terminator()) {
    if (auto loop = dyn_cast<scf::ForOp>(op); loop && loop.use_empty()) {
      loops.push_back(loop);
      continue;
    }
    if (isWithoutEffect(&op))
      continue;
    auto branch = dyn_cast<scf::IfOp>(op);
    if (!branch || !branch.use_empty())
      return failure();
    for (Region *region : branch.getRegions())
      for (Block &inner : *region)
        if (failed(collectLoops(inner, loops)))
          return failure();
  }
  return success();
}

/// Whether the number `value` can be computed before `loop` as well.
static bool isInvariant(Value value, scf::ForOp loop) {
  if (loop.isDefinedOutsideOfLoop(value))
    return true;
  Operation *op = value.getDefiningOp();
  return op && op->getNumRegions() == 0 && isPure(op) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isInvariant(operand, loop);
         });
}

/// Computes it there.
static Value hoist(OpBuilder &b, Value value, scf::ForOp loop,
                   IRMapping &mapping) {
  if (loop.isDefinedOutsideOfLoop(value))
    return value;
  if (!mapping.contains(value)) {
    Operation *op = value.getDefiningOp();
    for (Value operand : op->getOperands())
      mapping.map(operand, hoist(b, operand, loop, mapping));
    b.clone(*op, mapping);
  }
  return mapping.lookup(value);
}

static void skipIfEmpty(scf::ForOp loop) {
  SmallVector<scf::ForOp> inner;
  if (!loop.use_empty() || failed(collectLoops(*loop.getBody(), inner)) ||
      inner.empty() || !llvm::all_of(inner, [&](scf::ForOp other) {
        std::optional<APInt> trips = other.getStaticTripCount();
        return (!trips || trips->isZero()) &&
               isInvariant(other.getLowerBound(), loop) &&
               isInvariant(other.getUpperBound(), loop);
      }))
    return;
  ImplicitLocOpBuilder b(loop.getLoc(), loop);
  IRMapping mapping;
  Value runs;
  for (scf::ForOp other : inner) {
    Value begin = hoist(b, other.getLowerBound(), loop, mapping),
          end = hoist(b, other.getUpperBound(), loop, mapping);
    Value hasWork = buildHasIterations(b, other, begin, end);
    runs = runs ? b.createOrFold<arith::OrIOp>(runs, hasWork) : hasWork;
  }
  loop.setUpperBound(b.createOrFold<arith::SelectOp>(runs, loop.getUpperBound(),
                                                     loop.getLowerBound()));
}

namespace {
struct SkipEmptyLoopsPass
    : atled::impl::SkipEmptyLoopsPassBase<SkipEmptyLoopsPass> {
  void runOnOperation() override {
    // Inner loops first: whether they run is what matters to those around them.
    getOperation().walk([](scf::ForOp loop) { skipIfEmpty(loop); });
  }
};
} // namespace
