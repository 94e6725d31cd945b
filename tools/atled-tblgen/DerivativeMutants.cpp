//===- DerivativeMutants.cpp - Rules made wrong on purpose ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DerivativeMutants.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace atled::tblgen;

namespace {
/// Finds the mutants of one rule.
class MutantFinder {
public:
  explicit MutantFinder(const Rule &rule) : rule(rule) {}
  std::vector<Mutant> find();

private:
  void addEntry(unsigned operand);
  void addCall(const DagInit *dag);
  void add(Mutant::Kind kind, const Twine &description, unsigned call = 0,
           unsigned argument = 0);
  bool hasDerivative(unsigned operand) const;
  bool isDirection(const DagInit *dag, unsigned index) const;
  bool isTensor(const DagInit *dag, unsigned index) const;
  bool hasOneType(const Record *head) const;
  bool canSwap(const DagInit *dag, unsigned index) const;

  const Rule &rule;
  std::vector<Mutant> mutants;
  unsigned operand = 0;
  unsigned numCalls = 0;
};
} // namespace

void MutantFinder::add(Mutant::Kind kind, const Twine &description,
                       unsigned call, unsigned argument) {
  std::string where = "by $" + rule.getOp().getOperand(operand).name.str();
  mutants.push_back(
      {kind, operand, call, argument, (where + ": " + description).str()});
}

bool MutantFinder::hasDerivative(unsigned operand) const {
  return !rule.isWhole(operand, "NoDerivative") &&
         !rule.isWhole(operand, "Zero");
}

/// Whether the argument is, or contains, what stands for the (co)tangent.
bool MutantFinder::isDirection(const DagInit *dag, unsigned index) const {
  if (auto *nested = dyn_cast<DagInit>(dag->getArg(index)))
    return rule.mentionsDirection(nested);
  return dag->getArgNameStr(index) == rule.getDirectionName();
}

/// Whether the argument is a value, not an attribute or a number.
bool MutantFinder::isTensor(const DagInit *dag, unsigned index) const {
  if (!isa<UnsetInit>(dag->getArg(index)))
    return true;
  StringRef name = dag->getArgNameStr(index);
  auto isCalled = [&](const auto &value) { return value.name == name; };
  return name == rule.getDirectionName() ||
         any_of(rule.getOp().getOperands(), isCalled) ||
         any_of(rule.getOp().getResults(), isCalled);
}

/// Whether all that goes into a call and comes out of it has one type. A
/// function's own declaration is C++, but all is elementwise in `Partials`.
bool MutantFinder::hasOneType(const Record *head) const {
  if (head->isSubClassOf("Function"))
    return rule.isPartials();
  return head->isSubClassOf("Op") &&
         Operator(head).getTrait("::mlir::OpTrait::SameOperandsAndResultType");
}

/// Whether an argument and the next one can change places, and it matters.
bool MutantFinder::canSwap(const DagInit *dag, unsigned index) const {
  const Record *head = rule.getHead(dag);
  if (index + 1 >= dag->getNumArgs() || !isTensor(dag, index) ||
      !isTensor(dag, index + 1))
    return false;
  if (!head->isSubClassOf("Op"))
    return hasOneType(head);
  Operator callee(head);
  return !callee.getTrait("::mlir::OpTrait::IsCommutative") &&
         static_cast<int>(index + 1) < callee.getNumOperands() &&
         callee.getOperand(index).constraint.getDefName() ==
             callee.getOperand(index + 1).constraint.getDefName();
}

/// A call as it is written; TableGen puts `?:` before a name without a value.
static std::string write(const DagInit *dag) {
  SmallVector<StringRef> parts;
  std::string whole = dag->getAsString();
  StringRef(whole).split(parts, "?:");
  return join(parts, "");
}

void MutantFinder::addCall(const DagInit *dag) {
  unsigned call = numCalls++;
  const Record *head = rule.getHead(dag);
  std::string text = write(dag);
  unsigned numArguments = dag->getNumArgs();
  for (unsigned i = 0; i < numArguments; ++i) {
    std::string argument = "argument " + std::to_string(i) + " of " + text;
    if (hasOneType(head) && isTensor(dag, i)) {
      // Every entry is linear in the direction: that is the negated entry.
      if (!isDirection(dag, i))
        add(Mutant::NegatedArgument, argument + " negated", call, i);
      // Without the direction nothing would be left of the derivative but a
      // factor, by which it would be multiplied.
      if (head->isSubClassOf("Op") &&
          (isDirection(dag, i) || !rule.mentionsDirection(dag)))
        add(Mutant::OnlyArgument, argument + " alone", call, i);
    }
    if (canSwap(dag, i))
      add(Mutant::SwappedArguments, argument + " swapped with the next", call,
          i);
    if (auto *nested = dyn_cast<DagInit>(dag->getArg(i)))
      addCall(nested);
  }
}

void MutantFinder::addEntry(unsigned which) {
  operand = which;
  numCalls = 0;
  add(Mutant::NegatedEntry, "negated");
  add(Mutant::DroppedEntry, "dropped");
  for (unsigned other = 0; other < rule.getNumEntries(); ++other)
    if (hasDerivative(other) && rule.getEntry(other) != rule.getEntry(operand))
      add(Mutant::OtherEntry,
          "that by $" + rule.getOp().getOperand(other).name + " instead", 0,
          other);
  addCall(rule.getEntry(operand));
}

std::vector<Mutant> MutantFinder::find() {
  for (unsigned which = 0; which < rule.getNumEntries(); ++which)
    if (!rule.isCoded() && hasDerivative(which))
      addEntry(which);
  return std::move(mutants);
}

std::vector<Mutant> atled::tblgen::getMutants(const Rule &rule) {
  return MutantFinder(rule).find();
}
