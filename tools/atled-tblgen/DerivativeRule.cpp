//===- DerivativeRule.cpp - A derivative rule as it is written ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DerivativeRule.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace atled::tblgen;

Rule::Rule(const Record *def) : def(def), op(def->getValueAsDef("op")) {
  for (const Init *entry : *def->getValueAsListInit("entries"))
    entries.push_back(cast<DagInit>(entry));
  if (!isCoded())
    checkEntries();
  checkFormulas();
}

void Rule::fail(const Twine &message) const {
  PrintFatalError(def->getLoc(), message);
}

void Rule::checkEntries() const {
  if (static_cast<int>(entries.size()) != op.getNumOperands())
    fail("'" + op.getOperationName() + "' has " + Twine(op.getNumOperands()) +
         " operands, the rule has " + Twine(entries.size()) + " entries");
  if (op.getNumResults() != 1)
    fail("'" + op.getOperationName() +
         "' does not have one result: its rule must be Coded");
  for (unsigned operand = 0; operand < getNumEntries(); ++operand) {
    if (isWhole(operand, "NoDerivative") || isWhole(operand, "Zero"))
      continue;
    checkDag(entries[operand]);
    if (!isPartials() && !mentionsDirection(entries[operand]))
      fail("the entry of '$" + op.getOperand(operand).name +
           "' does not use $" + getDirectionName());
  }
}

void Rule::checkDag(const DagInit *dag) const {
  checkCall(dag);
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    checkArgument(dag, i);
}

void Rule::checkCall(const DagInit *dag) const {
  const Record *head = getHead(dag);
  int given = dag->getNumArgs();
  if (head->getName() == "Itself") {
    if (given != 1)
      fail("'Itself' takes 1 value, the rule gives " + Twine(given));
    return;
  }
  if (head->isSubClassOf("Function"))
    return;
  if (!head->isSubClassOf("Op"))
    fail("'" + head->getName() + "' is neither an operation nor a function");
  // Attributes may follow the operands.
  Operator callee(head);
  if (callee.getNumVariableLengthOperands() == 0 &&
      (given < callee.getNumOperands() || given > callee.getNumArgs()))
    fail("'" + callee.getOperationName() + "' takes " +
         Twine(callee.getNumOperands()) + " operands, the rule gives " +
         Twine(given));
}

void Rule::checkArgument(const DagInit *dag, unsigned index) const {
  const Init *argument = dag->getArg(index);
  if (isa<UnsetInit>(argument))
    return checkName(dag->getArgNameStr(index));
  if (auto *nested = dyn_cast<DagInit>(argument))
    return checkDag(nested);
  if (auto *leaf = dyn_cast<DefInit>(argument))
    if (leaf->getDef()->isSubClassOf("Splat"))
      return;
  fail("'" + argument->getAsString() + "' is not a value of a rule");
}

void Rule::checkName(StringRef name) const {
  auto isCalled = [&](const auto &value) { return value.name == name; };
  if (name == getDirectionName() || name == "op" || name == "number" ||
      any_of(op.getOperands(), isCalled) || any_of(op.getResults(), isCalled) ||
      any_of(op.getAttributes(), isCalled))
    return;
  fail("'$" + name + "' names no operand, result or attribute of '" +
       op.getOperationName() + "'");
}

/// Formulas for readers may be left out where they follow from the entries.
void Rule::checkFormulas() const {
  unsigned numFormulas = def->getValueAsListOfStrings("formulas").size();
  if (!isCoded() && numFormulas == 0)
    return;
  if (static_cast<int>(numFormulas) != op.getNumOperands())
    fail("'" + op.getOperationName() + "' has " + Twine(op.getNumOperands()) +
         " operands, the rule has " + Twine(numFormulas) + " formulas");
}

const Record *Rule::getHead(const DagInit *dag) const {
  return dag->getOperatorAsDef(def->getLoc());
}

bool Rule::isWhole(unsigned operand, StringRef name) const {
  return !isCoded() && getHead(entries[operand])->getName() == name;
}

bool Rule::mentionsDirection(const DagInit *dag) const {
  for (unsigned i = 0; i < dag->getNumArgs(); ++i) {
    if (dag->getArgNameStr(i) == getDirectionName())
      return true;
    if (auto *nested = dyn_cast<DagInit>(dag->getArg(i)))
      if (mentionsDirection(nested))
        return true;
  }
  return false;
}

/// Two rules for one operation would be attached one after the other, and only
/// the last would count.
static void checkUnique(ArrayRef<const Record *> defs) {
  llvm::DenseMap<const Record *, const Record *> seen;
  for (const Record *def : defs) {
    auto [it, inserted] = seen.try_emplace(def->getValueAsDef("op"), def);
    if (inserted)
      continue;
    PrintError(def->getLoc(), "'" + Operator(it->first).getOperationName() +
                                  "' has a second rule");
    PrintFatalNote(it->second->getLoc(), "the first is here");
  }
}

std::vector<Rule> atled::tblgen::getRules(const RecordKeeper &records) {
  std::vector<const Record *> defs =
      records.getAllDerivedDefinitionsIfDefined("DerivativeRule");
  llvm::sort(defs, LessRecordByID());
  checkUnique(defs);
  return std::vector<Rule>(defs.begin(), defs.end());
}
