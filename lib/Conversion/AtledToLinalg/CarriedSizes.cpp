//===- CarriedSizes.cpp - What loops carry keeps its size -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop may carry `tensor<?xf32>`, and its type does not say that the size is
// the same each time, as buffers have it. Where it certainly is not, that is an
// error here; where nobody knows, a call whose sizes do not fit is refused.
//
//===----------------------------------------------------------------------===//

#include "CarriedSizes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

using namespace atled;

/// Whether dimension `dim` of `next` is certainly not that of `carried`, going
/// by what an iteration of `loop` computes: what is in front of the loop is as
/// large each time, and a walk back to it may be long. A cast claims a size:
/// what is cast has its own.
static bool differs(Operation *loop, Value carried, Value next, int64_t dim) {
  using Bounds = ValueBoundsConstraintSet;
  auto isGiven = [&](Value value, std::optional<int64_t>, Bounds &) {
    Operation *owner = value.getDefiningOp();
    return !loop->isProperAncestor(
        owner ? owner : value.getParentBlock()->getParentOp());
  };
  AffineExpr after, before;
  bindDims(loop->getContext(), after, before);
  AffineMap growth = AffineMap::get(2, 0, after - before);
  while (true) {
    auto bound = [&](presburger::BoundType type) {
      Bounds::Variable variable(growth, {Bounds::Variable(next, dim),
                                         Bounds::Variable(carried, dim)});
      return Bounds::computeConstantBound(type, variable, isGiven,
                                          /*closedUB=*/true);
    };
    if (FailureOr<int64_t> least = bound(presburger::BoundType::LB);
        succeeded(least) && *least > 0)
      return true;
    if (FailureOr<int64_t> most = bound(presburger::BoundType::UB);
        succeeded(most) && *most < 0)
      return true;
    auto cast = next.getDefiningOp<tensor::CastOp>();
    if (!cast || !isa<RankedTensorType>(cast.getSource().getType()))
      return false;
    next = cast.getSource();
  }
}

/// `carried` is what an iteration has, `next` what it hands on.
static LogicalResult checkCarried(Operation *loop, ValueRange carried,
                                  ValueRange next) {
  for (auto [value, nextValue] : llvm::zip_equal(carried, next)) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || value == nextValue)
      continue;
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      if (!differs(loop, value, nextValue, dim))
        continue;
      InFlightDiagnostic diagnostic =
          loop->emitOpError("carries a tensor whose dimension ")
          << dim << " is of another size after each iteration";
      Value computed = nextValue;
      while (auto cast = computed.getDefiningOp<tensor::CastOp>())
        computed = cast.getSource();
      diagnostic.attachNote(computed.getLoc())
          << "this is what it carries on: let it be as large as it gets, and "
             "carry how much of it counts";
      return diagnostic;
    }
  }
  return success();
}

LogicalResult atled::checkCarriedSizes(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) {
    if (auto loop = dyn_cast<scf::ForOp>(op))
      return WalkResult(
          checkCarried(op, loop.getRegionIterArgs(), loop.getYieldedValues()));
    // The first half may hand on something else than it has got.
    if (auto loop = dyn_cast<scf::WhileOp>(op))
      if (loop.getConditionOp().getArgs() ==
          ValueRange(loop.getBeforeArguments()))
        return WalkResult(checkCarried(op, loop.getAfterArguments(),
                                       loop.getYieldOp().getResults()));
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}
