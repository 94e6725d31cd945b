//===- Regions.cpp - What operations with regions share -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Regions.h"
#include "atled/Differentiation/Cotangents.h"

using namespace atled;

SmallVector<unsigned> atled::getActive(ValueRange values,
                                       const Activity &activity) {
  SmallVector<unsigned> active;
  for (auto [index, value] : llvm::enumerate(values))
    if (activity.isActive(value))
      active.push_back(index);
  return active;
}

bool atled::joinVaried(Activity &activity, Value from, Value to) {
  if (!activity.isVaried(from) || activity.isVaried(to))
    return false;
  activity.setVaried(to);
  return true;
}

bool atled::joinUseful(Activity &activity, Value from, Value to) {
  if (!activity.isUseful(from) || activity.isUseful(to))
    return false;
  activity.setUseful(to);
  return true;
}

Value atled::getTangentOrZero(ForwardMode &mode, Value value) {
  if (Value tangent = mode.getTangent(value))
    return tangent;
  return buildZeroTangent(mode.getBuilder(), mode.getPrimal(value));
}

SmallVector<Value> atled::getPrimalsAndTangents(ForwardMode &mode,
                                                ValueRange values,
                                                ArrayRef<unsigned> active) {
  SmallVector<Value> all = getPrimals(mode, values);
  for (unsigned index : active)
    all.push_back(getTangentOrZero(mode, values[index]));
  return all;
}

void atled::setPrimalsAndTangents(ForwardMode &mode, ValueRange values,
                                  ArrayRef<unsigned> active,
                                  ValueRange primalsAndTangents) {
  setPrimals(mode, values, primalsAndTangents.take_front(values.size()));
  for (auto [index, tangent] :
       llvm::zip_equal(active, primalsAndTangents.drop_front(values.size())))
    mode.setTangent(values[index], tangent);
}

Value atled::takeCotangentOrZero(ReverseMode &mode, Value value) {
  if (Value cotangent = mode.takeCotangent(value))
    return cotangent;
  return buildZeroTangent(mode.getReverseBuilder(), mode.getPrimal(value));
}

Operation *atled::extendOperation(Operation *op, ValueRange operands,
                                  TypeRange results) {
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(op->getOperands());
  state.addOperands(operands);
  state.addTypes(op->getResultTypes());
  state.addTypes(results);
  state.attributes = op->getAttrDictionary();
  for (Region &region : op->getRegions())
    state.addRegion()->takeBody(region);
  Operation *extended = OpBuilder(op).create(state);
  op->replaceAllUsesWith(
      extended->getResults().take_front(op->getNumResults()));
  op->erase();
  return extended;
}
