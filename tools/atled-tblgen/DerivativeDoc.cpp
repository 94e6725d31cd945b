//===- DerivativeDoc.cpp - Derivative rules for readers -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints rules as formulas, for the reference pages. Both directions follow
// from the one that the rule states, as they do in the code.
//
//===----------------------------------------------------------------------===//

#include "DerivativeDoc.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include <functional>

using namespace llvm;
using namespace atled::tblgen;

namespace {
/// How tightly a formula holds together; what holds less gets parentheses.
enum class Binding { Sum, Product, Negation, Whole };

struct Formula {
  std::string text;
  Binding binding;

  /// The text, in parentheses unless it holds together at least so tightly.
  std::string within(Binding least) const {
    return binding < least ? "(" + text + ")" : text;
  }
};
} // namespace

static Formula makeSum(const Formula &lhs, const Formula &rhs) {
  if (rhs.binding == Binding::Negation && StringRef(rhs.text).starts_with("-"))
    return {lhs.text + " - " + rhs.text.substr(1), Binding::Sum};
  return {lhs.text + " + " + rhs.within(Binding::Product), Binding::Sum};
}

static Formula makeProduct(const Formula &lhs, const Formula &rhs) {
  return {lhs.within(Binding::Product) + " * " + rhs.within(Binding::Negation),
          Binding::Product};
}

/// A call of an operation of this name, where it can be with a sign.
static Formula makeCall(StringRef name, ArrayRef<Formula> arguments) {
  if (name == "neg" && arguments.size() == 1)
    return {"-" + arguments[0].within(Binding::Negation), Binding::Negation};
  if (arguments.size() == 2) {
    const Formula &lhs = arguments[0], &rhs = arguments[1];
    if (name == "add")
      return makeSum(lhs, rhs);
    if (name == "sub")
      return {lhs.text + " - " + rhs.within(Binding::Product), Binding::Sum};
    if (name == "mul")
      return makeProduct(lhs, rhs);
    if (name == "div")
      return {lhs.within(Binding::Product) + " / " +
                  rhs.within(Binding::Negation),
              Binding::Product};
  }
  std::string text = name.str() + "(";
  interleave(
      arguments, [&](const Formula &argument) { text += argument.text; },
      [&] { text += ", "; });
  return {text + ")", Binding::Whole};
}

/// An operation's name without its dialect.
static std::string getShortName(const Operator &op) {
  std::string name = op.getOperationName();
  return name.substr(name.find('.') + 1);
}

/// The formula of a dag in which `direction` stands for the tangent or
/// cotangent.
static Formula format(const Rule &rule, const DagInit *dag,
                      const Formula &direction) {
  SmallVector<Formula> arguments;
  for (unsigned i = 0; i < dag->getNumArgs(); ++i) {
    const Init *argument = dag->getArg(i);
    if (auto *nested = dyn_cast<DagInit>(argument)) {
      arguments.push_back(format(rule, nested, direction));
    } else if (auto *leaf = dyn_cast<DefInit>(argument)) {
      StringRef literal = leaf->getDef()->getValueAsString("literal");
      literal.consume_back(".0");
      arguments.push_back({literal.str(), literal.starts_with("-")
                                              ? Binding::Negation
                                              : Binding::Whole});
    } else if (dag->getArgNameStr(i) == rule.getDirectionName()) {
      arguments.push_back(direction);
    } else {
      arguments.push_back({dag->getArgNameStr(i).str(), Binding::Whole});
    }
  }
  const Record *head = rule.getHead(dag);
  if (head->getName() == "Itself")
    return arguments.front();
  if (head->isSubClassOf("Function"))
    rule.fail("'" + head->getName() +
              "' is C++, which tells readers nothing: give the rule formulas");
  return makeCall(getShortName(Operator(head)), arguments);
}

/// The formula stated for readers, with `direction` in its place.
static Formula getStatedFormula(const Rule &rule, unsigned operand,
                                StringRef direction) {
  std::string text =
      rule.getDef()->getValueAsListOfStrings("formulas")[operand].str();
  for (size_t at = 0; (at = text.find("cotangent", at)) != std::string::npos;
       at += direction.size())
    text.replace(at, strlen("cotangent"), direction);
  return {text, Binding::Product};
}

static bool hasStatedFormulas(const Rule &rule) {
  return !rule.getDef()->getValueAsListOfStrings("formulas").empty();
}

/// What a tangent of an operand, or the cotangent of the result, becomes.
static Formula applyEntry(const Rule &rule, unsigned operand,
                          StringRef direction) {
  if (hasStatedFormulas(rule))
    return getStatedFormula(rule, operand, direction);
  Formula leaf{direction.str(), Binding::Whole};
  const DagInit *entry = rule.getEntry(operand);
  Formula formula = format(rule, entry, leaf);
  if (rule.isPartials() && !rule.mentionsDirection(entry))
    return makeProduct(leaf, formula);
  return formula;
}

std::string atled::tblgen::getCotangentFormula(const Rule &rule,
                                               unsigned operand) {
  if (rule.isWhole(operand, "NoDerivative"))
    return "none";
  if (rule.isWhole(operand, "Zero"))
    return "0";
  return applyEntry(rule, operand, "cotangent").text;
}

static bool hasTangent(const Rule &rule, unsigned operand) {
  return !rule.isWhole(operand, "NoDerivative") &&
         !rule.isWhole(operand, "Zero");
}

static std::string getTangentName(const Rule &rule, unsigned operand) {
  return ("tangent(" + rule.getOp().getOperand(operand).name + ")").str();
}

/// The operation on its operands, those that `isReplaced` replaced by their
/// tangents.
static Formula formatWithTangents(const Rule &rule,
                                  function_ref<bool(unsigned)> isReplaced) {
  SmallVector<Formula> arguments;
  for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand)
    arguments.push_back({isReplaced(operand)
                             ? getTangentName(rule, operand)
                             : rule.getOp().getOperand(operand).name.str(),
                         Binding::Whole});
  return makeCall(getShortName(rule.getOp()), arguments);
}

std::string atled::tblgen::getTangentFormula(const Rule &rule) {
  if (rule.isCoded())
    return rule.getDef()->getValueAsString("tangent").str();
  if (rule.isLinear())
    return formatWithTangents(
               rule,
               [&](unsigned operand) { return hasTangent(rule, operand); })
        .text;
  std::optional<Formula> sum;
  for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand) {
    if (!hasTangent(rule, operand))
      continue;
    Formula term =
        rule.isPartials()
            ? applyEntry(rule, operand, getTangentName(rule, operand))
            : formatWithTangents(
                  rule, [&](unsigned other) { return other == operand; });
    sum = sum ? makeSum(*sum, term) : term;
  }
  return sum ? sum->text : "0";
}

/// Whether nothing comes of any operand's tangent.
static bool isZero(const Rule &rule) {
  return !rule.isCoded() &&
         none_of(seq<unsigned>(rule.getNumEntries()),
                 [&](unsigned i) { return hasTangent(rule, i); });
}

StringRef atled::tblgen::getKindName(const Rule &rule) {
  if (isZero(rule))
    return "zero";
  if (rule.isPartials())
    return "elementwise";
  if (rule.isLinear())
    return "linear";
  return rule.isCoded() ? "in C++" : "linear in each operand";
}
