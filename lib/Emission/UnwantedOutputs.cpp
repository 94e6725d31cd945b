//===- UnwantedOutputs.cpp - What a NULL output costs ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `atled-skip-unwanted` puts what is computed for one result alone into a
// branch. Whether its destination is touched nowhere else is looked up at the
// very end, where every access is an operation: what bufferization and the
// loops have made of the branches does not have to be known.
//
//===----------------------------------------------------------------------===//

#include "UnwantedOutputs.h"
#include "EntryTensors.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace atled;

/// Whether `condition` is what the caller says of result `result`.
static bool saysIsWanted(Value condition, func::FuncOp function,
                         unsigned result) {
  if (auto truncated = condition.getDefiningOp<arith::TruncIOp>())
    condition = truncated.getIn();
  auto load = condition.getDefiningOp<memref::LoadOp>();
  if (!load || load.getIndices().size() != 1 ||
      getConstantIntValue(load.getIndices().front()) != result)
    return false;
  auto wanted = dyn_cast<BlockArgument>(load.getMemRef());
  return wanted && wanted.getOwner() == &function.front() &&
         function.getArgAttr(wanted.getArgNumber(), wantedAttrName);
}

static bool isInBranchIfWanted(Operation *op, func::FuncOp function,
                               unsigned result) {
  for (; op != function; op = op->getParentOp())
    if (auto branch = dyn_cast<scf::IfOp>(op->getParentOp());
        branch && op->getBlock() == branch.thenBlock() &&
        saysIsWanted(branch.getCondition(), function, result))
      return true;
  return false;
}

/// Whether the callee gets the buffer as the destination of a result that is
/// wanted where `result` is, and keeps to that.
static bool handsOn(OpOperand &use, unsigned result) {
  auto call = dyn_cast<func::CallOp>(use.getOwner());
  if (!call)
    return false;
  auto wantedBy = call->getAttrOfType<ArrayAttr>("atled.wanted_by");
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  if (!wantedBy || !callee)
    return false;
  auto numInputs = callee->getAttrOfType<IntegerAttr>(numInputsAttrName);
  int64_t index = int64_t(use.getOperandNumber()) - numInputs.getInt();
  if (index < 0 || index >= int64_t(wantedBy.size()))
    return false;
  return cast<DenseI64ArrayAttr>(wantedBy[index]).asArrayRef() ==
             ArrayRef<int64_t>(result) &&
         isTouchedOnlyIfWanted(callee, index);
}

bool atled::isTouchedOnlyIfWanted(func::FuncOp function, unsigned result) {
  if (function.isDeclaration())
    return false;
  auto numInputs = function->getAttrOfType<IntegerAttr>(numInputsAttrName);
  unsigned argument = numInputs.getInt() + result;
  SmallVector<Value> views = {function.getArgument(argument)};
  if (auto place =
          function.getArgAttrOfType<IntegerAttr>(argument, inPlaceAttrName))
    views.push_back(function.getArgument(place.getInt()));
  while (!views.empty())
    for (OpOperand &use : views.pop_back_val().getUses()) {
      Operation *user = use.getOwner();
      if (isInBranchIfWanted(user, function, result) || handsOn(use, result))
        continue;
      // Somebody's look at the buffer: what counts is what he does with it.
      if (!isa<ViewLikeOpInterface>(user) || user->getNumRegions() != 0)
        return false;
      llvm::append_range(views, user->getResults());
    }
  return true;
}
