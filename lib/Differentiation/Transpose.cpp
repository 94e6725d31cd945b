//===- Transpose.cpp - Linear maps the other way --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transpose.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

using namespace atled;

FailureOr<SmallVector<Value>>
atled::buildTranspose(DerivedFunctions &functions,
                      const RequestStack::Entry &entry, const Derivative &map,
                      Block &block, ValueRange arguments,
                      ValueRange cotangents) {
  return functions.getRequests().with(
      entry, [&]() -> FailureOr<SmallVector<Value>> {
        std::unique_ptr<VjpBuilder> builder =
            VjpBuilder::create(functions, map, block, block);
        if (!builder || failed(builder->buildPrimal(arguments)))
          return failure();
        return builder->buildReverse(cotangents);
      });
}

/// Appends what decides where control goes in `op`: all operands, of the
/// operation and of its terminators, that are not handed on.
static void appendDeciding(RegionBranchOpInterface op,
                           SmallVectorImpl<Value> &values) {
  RegionBranchSuccessorMapping handedOn;
  op.getSuccessorOperandInputMapping(handedOn);
  auto append = [&](Operation *owner) {
    for (OpOperand &operand : owner->getOpOperands())
      if (!handedOn.contains(&operand))
        values.push_back(operand.get());
  };
  append(op);
  for (Region &region : op->getRegions())
    for (Block &block : region)
      append(block.getTerminator());
}

/// Appends what `value` is computed from.
static void appendOrigins(Value value, SmallVectorImpl<Value> &values) {
  Operation *op = value.getDefiningOp();
  if (isa_and_nonnull<CallOpInterface, tensor::DimOp>(op))
    return;
  Operation *owner = op ? op : value.getParentBlock()->getParentOp();
  if (auto branch = dyn_cast_or_null<RegionBranchOpInterface>(owner)) {
    RegionBranchInverseSuccessorMapping origins;
    branch.getSuccessorInputOperandMapping(origins);
    for (OpOperand *operand : origins.lookup(value))
      values.push_back(operand->get());
    appendDeciding(branch, values);
  } else if (op) {
    llvm::append_range(values, op->getOperands());
  }
}

bool atled::dependsOn(ValueRange values, ValueRange sources) {
  SmallVector<Value> wanted(values);
  DenseSet<Value> visited;
  while (!wanted.empty()) {
    Value value = wanted.pop_back_val();
    if (llvm::is_contained(sources, value))
      return true;
    if (visited.insert(value).second)
      appendOrigins(value, wanted);
  }
  return false;
}
