//===- Activity.cpp - Which values matter to a derivative -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A forward sweep marks what varies with the arguments of interest, a backward
// sweep what the results of interest depend on. An operation without a rule
// passes both marks on: if a gradient needs it, that is an error at the
// operation, never a silent zero.
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/Activity.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace atled;
using llvm::SmallBitVector;

void Activity::setVaried(Value value) {
  if (!isDiscrete(value.getType()))
    varied.insert(value);
}

void Activity::setUseful(Value value) {
  if (!isDiscrete(value.getType()))
    useful.insert(value);
}

/// Whether a change of the operand may show in a derivative of the results.
static bool carriesDerivative(OpOperand &operand) {
  auto rule = dyn_cast<DifferentiableOpInterface>(operand.getOwner());
  return !rule || rule.getDerivativeKind(operand.getOperandNumber()) !=
                      DerivativeKind::Zero;
}

/// The values that the regions of an operation without interface use: it may do
/// anything with them.
static llvm::SetVector<Value> getCaptured(Operation &op) {
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op.getRegions(), captured);
  return captured;
}

void Activity::propagateVaried(Block &block) {
  for (Operation &op : block.without_terminator()) {
    if (auto controlFlow = dyn_cast<DifferentiableControlFlowInterface>(op)) {
      controlFlow.propagateVaried(*this);
      continue;
    }
    bool varies = llvm::any_of(op.getOpOperands(), [&](OpOperand &operand) {
      return isVaried(operand.get()) && carriesDerivative(operand);
    });
    varies |= llvm::any_of(getCaptured(op),
                           [&](Value value) { return isVaried(value); });
    if (varies)
      for (Value result : op.getResults())
        setVaried(result);
  }
}

void Activity::propagateUseful(Block &block) {
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    if (auto controlFlow = dyn_cast<DifferentiableControlFlowInterface>(op)) {
      controlFlow.propagateUseful(*this);
      continue;
    }
    if (llvm::none_of(op.getResults(),
                      [&](Value result) { return isUseful(result); }))
      continue;
    for (OpOperand &operand : op.getOpOperands())
      if (carriesDerivative(operand))
        setUseful(operand.get());
    for (Value value : getCaptured(op))
      setUseful(value);
  }
}

void Activity::analyze(func::FuncOp function, const SmallBitVector &arguments,
                       const SmallBitVector &results) {
  Block &body = function.getBody().front();
  for (unsigned index : arguments.set_bits())
    setVaried(body.getArgument(index));
  propagateVaried(body);
  for (unsigned index : results.set_bits())
    setUseful(body.getTerminator()->getOperand(index));
  propagateUseful(body);
}

//===----------------------------------------------------------------------===//
// Summaries of functions
//===----------------------------------------------------------------------===//

static std::string getKey(const SmallBitVector &bits) {
  std::string key;
  for (unsigned index = 0; index < bits.size(); ++index)
    key += bits[index] ? '1' : '0';
  return key;
}

SmallBitVector
ActivitySummaries::getVariedResults(func::FuncOp function,
                                    const SmallBitVector &arguments) {
  // While a function is being summarised, a call back to it may vary in all
  // results; so may a function that cannot be looked into.
  auto [it, inserted] =
      variedResults.try_emplace(Key(function, getKey(arguments)),
                                SmallBitVector(function.getNumResults(), true));
  if (!inserted || isOpaque(function))
    return it->second;
  Activity activity(*this);
  activity.analyze(function, arguments,
                   SmallBitVector(function.getNumResults()));
  SmallBitVector varied(function.getNumResults());
  for (auto [index, value] : llvm::enumerate(
           function.getBody().front().getTerminator()->getOperands()))
    varied[index] = activity.isVaried(value);
  return it->second = varied;
}

SmallBitVector
ActivitySummaries::getUsefulArguments(func::FuncOp function,
                                      const SmallBitVector &results) {
  auto [it, inserted] = usefulArguments.try_emplace(
      Key(function, getKey(results)),
      SmallBitVector(function.getNumArguments(), true));
  if (!inserted || isOpaque(function))
    return it->second;
  Activity activity(*this);
  activity.analyze(function, SmallBitVector(function.getNumArguments()),
                   results);
  SmallBitVector useful(function.getNumArguments());
  for (BlockArgument argument : function.getArguments())
    useful[argument.getArgNumber()] = activity.isUseful(argument);
  return it->second = useful;
}
