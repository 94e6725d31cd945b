//===- CustomRules.cpp - Verification of custom rules ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is checked of `ad.custom_vjp` and `ad.custom_jvp`: that the functions
// exist, that the types of the rules follow from the function's, that no other
// rule says the same, that every result has a derivative or is discrete, and
// that nothing that is run has memory effects.
//
//===----------------------------------------------------------------------===//

#include "Requests.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace atled;
using namespace atled::ad;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Checks that no rule before `op` in the module is of its kind and for the
/// same function.
template <typename RuleOp>
static LogicalResult verifyOnlyRule(RuleOp op) {
  for (auto other : op->getBlock()->template getOps<RuleOp>()) {
    if (other == op)
      return success();
    if (other.getFunction() != op.getFunction())
      continue;
    InFlightDiagnostic diagnostic = op->emitOpError("is the second one for @")
                                    << op.getFunction();
    diagnostic.attachNote(other.getLoc()) << "the first one is here";
    return diagnostic;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static void attachFunctionNotes(InFlightDiagnostic &diagnostic,
                                FunctionOpInterface rule,
                                FunctionOpInterface function) {
  diagnostic.attachNote(rule.getLoc())
      << "@" << rule.getName() << " is defined here";
  diagnostic.attachNote(function.getLoc())
      << "@" << function.getName() << " has type "
      << function.getFunctionType();
}

static LogicalResult verifyRuleType(Operation *op, FunctionOpInterface rule,
                                    FunctionType expected,
                                    FunctionOpInterface function) {
  if (rule.getFunctionType() == expected)
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("needs @")
                                  << rule.getName() << " to have type "
                                  << expected << ", but it has type "
                                  << rule.getFunctionType();
  attachFunctionNotes(diagnostic, rule, function);
  return diagnostic;
}

/// Checks that `forward` takes what `function` takes, and that it begins its
/// results with those of `function`.
static LogicalResult verifyForwardType(Operation *op,
                                       FunctionOpInterface forward,
                                       FunctionOpInterface function) {
  ArrayRef<Type> results = forward.getResultTypes();
  if (forward.getArgumentTypes() == function.getArgumentTypes() &&
      results.take_front(function.getNumResults()) == function.getResultTypes())
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("needs @")
                                  << forward.getName() << " to have type "
                                  << function.getFunctionType()
                                  << ", with residuals behind the results, but "
                                     "it has type "
                                  << forward.getFunctionType();
  attachFunctionNotes(diagnostic, forward, function);
  return diagnostic;
}

/// A result that hides a derivative would be a silent zero: the rule cannot
/// tell what becomes of it.
static LogicalResult verifyResults(Operation *op,
                                   FunctionOpInterface function) {
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    if (getTangentType(type) || isDiscrete(type))
      continue;
    InFlightDiagnostic diagnostic = op->emitOpError("result ")
                                    << index << " of @" << function.getName()
                                    << " carries no derivative: its type is "
                                    << type;
    diagnostic.attachNote(function.getLoc())
        << "@" << function.getName() << " is defined here";
    return diagnostic;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Memory effects
//===----------------------------------------------------------------------===//

/// The first operation with memory effects that runs when `function` does, or
/// null. What has no body is believed to have none; a bound that stops a call
/// changes nothing else.
static Operation *findMemoryEffect(FunctionOpInterface function,
                                   SymbolTableCollection &symbolTable,
                                   DenseSet<Operation *> &visited) {
  if (!visited.insert(function).second)
    return nullptr;
  Operation *found = nullptr;
  function.getFunctionBody().walk([&](Operation *op) {
    auto call = dyn_cast<CallOpInterface>(op);
    auto callee = dyn_cast_if_present<FunctionOpInterface>(
        call ? call.resolveCallableInTable(&symbolTable) : nullptr);
    if (callee)
      found = findMemoryEffect(callee, symbolTable, visited);
    else if (!op->hasTrait<OpTrait::IsTerminator>() &&
             !op->hasTrait<OpTrait::HasRecursiveMemoryEffects>() &&
             !op->hasAttr(ADDialect::limitAttrName) && !isMemoryEffectFree(op))
      found = op;
    return found ? WalkResult::interrupt() : WalkResult::advance();
  });
  return found;
}

static LogicalResult verifyNoMemoryEffects(Operation *op,
                                           FunctionOpInterface function,
                                           SymbolTableCollection &symbolTable) {
  DenseSet<Operation *> visited;
  Operation *effect = findMemoryEffect(function, symbolTable, visited);
  if (!effect)
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("names @")
                                  << function.getName()
                                  << ", which has memory effects; neither a "
                                     "function with a rule nor a rule may "
                                     "have any";
  diagnostic.attachNote(effect->getLoc())
      << "'" << effect->getName() << "' has them";
  return diagnostic;
}

//===----------------------------------------------------------------------===//
// Symbol uses
//===----------------------------------------------------------------------===//

/// Checks what has nothing to do with the kind of the rule.
template <typename RuleOp>
static LogicalResult verifyRule(RuleOp op, FunctionOpInterface function,
                                ArrayRef<FunctionOpInterface> rules,
                                SymbolTableCollection &symbolTable) {
  if (failed(verifyOnlyRule(op)) || failed(verifyResults(op, function)) ||
      failed(verifyNoMemoryEffects(op, function, symbolTable)))
    return failure();
  for (FunctionOpInterface rule : rules)
    if (failed(verifyNoMemoryEffects(op, rule, symbolTable)))
      return failure();
  return success();
}

LogicalResult
CustomVjpOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function =
      lookupFunction(*this, getFunctionAttr(), symbolTable);
  FailureOr<FunctionOpInterface> forward =
      lookupFunction(*this, getForwardAttr(), symbolTable);
  FailureOr<FunctionOpInterface> reverse =
      lookupFunction(*this, getReverseAttr(), symbolTable);
  if (failed(function) || failed(forward) || failed(reverse) ||
      failed(verifyForwardType(*this, *forward, *function)))
    return failure();

  SmallVector<Type> inputs(
      forward->getResultTypes().drop_front(function->getNumResults()));
  llvm::append_range(inputs, getTangentTypes(function->getResultTypes()));
  auto expected = FunctionType::get(
      getContext(), inputs, getTangentTypes(function->getArgumentTypes()));
  if (failed(verifyRuleType(*this, *reverse, expected, *function)))
    return failure();
  return verifyRule(*this, *function, {*forward, *reverse}, symbolTable);
}

LogicalResult
CustomJvpOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function =
      lookupFunction(*this, getFunctionAttr(), symbolTable);
  FailureOr<FunctionOpInterface> rule =
      lookupFunction(*this, getRuleAttr(), symbolTable);
  if (failed(function) || failed(rule))
    return failure();

  SmallVector<Type> inputs(function->getArgumentTypes()),
      results(function->getResultTypes());
  llvm::append_range(inputs, getTangentTypes(function->getArgumentTypes()));
  llvm::append_range(results, getTangentTypes(function->getResultTypes()));
  auto expected = FunctionType::get(getContext(), inputs, results);
  if (failed(verifyRuleType(*this, *rule, expected, *function)))
    return failure();
  return verifyRule(*this, *function, {*rule}, symbolTable);
}
