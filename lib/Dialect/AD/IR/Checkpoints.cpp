//===- Checkpoints.cpp - Where less is kept for the way back --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Checkpoints.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

using namespace atled;
using namespace atled::ad;

LogicalResult PeriodicAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t period) {
  if (period > 0)
    return success();
  return emitError() << "expects a positive period, got " << period;
}

LogicalResult BinomialAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t snapshots) {
  if (snapshots > 0)
    return success();
  return emitError() << "expects a positive number of snapshots, got "
                     << snapshots;
}

LogicalResult ad::verifyCheckpoint(Operation *op, Attribute value) {
  if (isa<PeriodicAttr, BinomialAttr>(value)) {
    // The iterations of a parallel loop have no order in which to snapshot.
    if (isa<LoopLikeOpInterface>(op) &&
        !op->hasTrait<OpTrait::HasParallelRegion>())
      return success();
    // Recursion becomes a loop.
    if (op->hasAttr(ADDialect::maxDepthAttrName))
      return success();
    return op->emitOpError("has the checkpoint ")
           << value
           << ", which belongs on a loop whose iterations follow one another, "
              "or on a recursive function beside 'ad.max_depth'";
  }
  if (!isa<UnitAttr>(value))
    return op->emitOpError("expects 'ad.checkpoint' to be #ad.periodic<...> or "
                           "#ad.binomial<...>, or to have no value, got ")
           << value;
  if (isa<CallOpInterface>(op))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError(
      "has 'ad.checkpoint' without a value, which belongs on a call");
  diagnostic.attachNote() << (isa<LoopLikeOpInterface>(op)
                                  ? "on a loop, say #ad.periodic<32>, or "
                                    "#ad.binomial<8>"
                                  : "the operation 'ad.checkpoint' goes around "
                                    "anything");
  return diagnostic;
}

LogicalResult CheckpointOp::verify() {
  auto yield = dyn_cast<YieldOp>(getBody().front().getTerminator());
  if (!yield)
    return emitOpError("expects its region to end in 'ad.yield'");
  if (yield->getOperandTypes() == getResultTypes())
    return success();
  return yield.emitOpError("yields values of types (")
         << yield->getOperandTypes() << "), and the checkpoint returns ("
         << getResultTypes() << ")";
}
