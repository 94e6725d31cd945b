//===- DerivativeGen.cpp - Derivative rules to C++ and documentation ------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the DerivativeRule records of a dialect (DerivativeRules.td) and
// writes
//   -gen-derivative-rules   the C++ of each rule, and the function that
//   attaches
//                           them: populate<Dialect>Derivatives(context);
//   -gen-derivative-doc     the table that documents them;
//   -gen-derivative-list    the names of the operations that have one.
// A rule that names an unknown value, gives an operation the wrong number of
// operands or has the wrong number of entries is an error at its own line.
//
//===----------------------------------------------------------------------===//

#include "mlir/TableGen/Attribute.h"
#include "mlir/TableGen/GenInfo.h"
#include "mlir/TableGen/Operator.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;
using namespace mlir;
using mlir::tblgen::NamedAttribute;
using mlir::tblgen::NamedTypeConstraint;
using mlir::tblgen::Operator;

namespace {
/// One derivative rule and the operation it belongs to.
class Rule {
public:
  explicit Rule(const Record *def)
      : def(def), op(def->getValueAsDef("op")), entries(getEntries(def)) {
    if (isCoded())
      checkFormulas();
    else
      checkEntries();
  }

  bool isCoded() const { return def->isSubClassOf("Coded"); }
  bool isPartials() const { return def->isSubClassOf("Partials"); }
  const Operator &getOp() const { return op; }
  unsigned getNumEntries() const { return op.getNumOperands(); }

  /// The name of the class that implements the interface.
  std::string getModel() const;
  void emitClass(raw_ostream &os) const;
  std::string getFormula(unsigned operand) const;

private:
  [[noreturn]] void fail(const Twine &message) const {
    PrintFatalError(def->getLoc(), message);
  }

  static std::vector<const DagInit *> getEntries(const Record *def) {
    std::vector<const DagInit *> entries;
    for (const Init *entry : *def->getValueAsListInit("entries"))
      entries.push_back(cast<DagInit>(entry));
    return entries;
  }

  void checkEntries() const {
    if (static_cast<int>(entries.size()) != op.getNumOperands())
      fail("'" + op.getOperationName() + "' has " + Twine(op.getNumOperands()) +
           " operands, the rule has " + Twine(entries.size()) + " entries");
    if (op.getNumResults() != 1)
      fail("'" + op.getOperationName() +
           "' does not have one result: its rule must be Coded");
  }

  void checkFormulas() const {
    unsigned numFormulas = def->getValueAsListOfStrings("formulas").size();
    if (static_cast<int>(numFormulas) != op.getNumOperands())
      fail("'" + op.getOperationName() + "' has " + Twine(op.getNumOperands()) +
           " operands, the rule has " + Twine(numFormulas) + " formulas");
  }

  /// What stands for the tangent or cotangent in an entry.
  StringRef getDirectionName() const {
    return isPartials() ? "tangent" : "cotangent";
  }

  const Record *getHead(const DagInit *dag) const {
    return dag->getOperatorAsDef(def->getLoc());
  }
  bool isWhole(unsigned operand, StringRef name) const {
    return getHead(entries[operand])->getName() == name;
  }
  bool mentionsDirection(const DagInit *dag) const;

  std::string emitName(StringRef name) const;
  // C++ for a part of an entry: appends statements, one for each operation that
  // is built so that their order is the entry's and not a compiler's choice,
  // and returns the name of the value.
  using Statements = SmallVector<std::string>;
  std::string emitArgument(const DagInit *dag, unsigned index,
                           Statements &code) const;
  std::string emitDag(const DagInit *dag, Statements &code) const;
  std::string emitCall(const DagInit *dag, const Record *head,
                       Statements &code) const;
  std::string emitEntry(unsigned operand, Statements &code) const;
  std::string emitKind(unsigned operand) const;

  std::string formatArgument(const DagInit *dag, unsigned index) const;
  std::string formatDag(const DagInit *dag) const;

  const Record *def;
  Operator op;
  std::vector<const DagInit *> entries;
};
} // namespace

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

//===----------------------------------------------------------------------===//
// C++
//===----------------------------------------------------------------------===//

std::string Rule::emitName(StringRef name) const {
  if (name == getDirectionName())
    return "direction";
  if (name == "op")
    return "op";
  if (name == "number")
    return "operand";
  std::string getter = "op." + op.getGetterName(name) + "()";
  for (const NamedTypeConstraint &operand : op.getOperands())
    if (operand.name == name)
      return getter;
  for (const NamedTypeConstraint &result : op.getResults())
    if (result.name == name)
      return getter;
  for (const NamedAttribute &attribute : op.getAttributes())
    if (attribute.name == name)
      return "op." + op.getGetterName(name) + "Attr()";
  fail("'$" + name + "' names no operand, result or attribute of '" +
       op.getOperationName() + "'");
}

static std::string append(SmallVector<std::string> &code,
                          const Twine &expression) {
  std::string name = ("value" + Twine(code.size())).str();
  code.push_back(("auto " + name + " = " + expression + ";").str());
  return name;
}

std::string Rule::emitArgument(const DagInit *dag, unsigned index,
                               Statements &code) const {
  const Init *argument = dag->getArg(index);
  if (isa<UnsetInit>(argument))
    return emitName(dag->getArgNameStr(index));
  if (auto *nested = dyn_cast<DagInit>(argument))
    return emitDag(nested, code);
  if (auto *leaf = dyn_cast<DefInit>(argument))
    if (leaf->getDef()->isSubClassOf("Splat"))
      return append(code, "builder.splat(" +
                              leaf->getDef()->getValueAsString("literal") +
                              ")");
  fail("'" + argument->getAsString() + "' is not a value of a rule");
}

std::string Rule::emitCall(const DagInit *dag, const Record *head,
                           Statements &code) const {
  std::string call;
  if (head->isSubClassOf("Function")) {
    call = (head->getValueAsString("name") + "(builder").str();
  } else if (head->isSubClassOf("Op")) {
    Operator callee(head);
    int given = dag->getNumArgs();
    bool variadic = callee.getNumVariableLengthOperands() != 0;
    if (!variadic &&
        (given < callee.getNumOperands() || given > callee.getNumArgs()))
      fail("'" + callee.getOperationName() + "' takes " +
           Twine(callee.getNumOperands()) + " operands, the rule gives " +
           Twine(given));
    call = callee.getQualCppClassName() + "::create(builder";
  } else {
    fail("'" + head->getName() + "' is neither an operation nor a function");
  }
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    call += ", " + emitArgument(dag, i, code);
  return append(code, call + ")");
}

std::string Rule::emitDag(const DagInit *dag, Statements &code) const {
  const Record *head = getHead(dag);
  if (head->getName() != "Itself")
    return emitCall(dag, head, code);
  if (dag->getNumArgs() != 1)
    fail("'Itself' takes 1 value, the rule gives " + Twine(dag->getNumArgs()));
  return emitArgument(dag, 0, code);
}

/// What a tangent or cotangent `direction` becomes.
std::string Rule::emitEntry(unsigned operand, Statements &code) const {
  std::string value = emitDag(entries[operand], code);
  if (isPartials() && !mentionsDirection(entries[operand]))
    return append(code, "builder.product(direction, " + value + ")");
  if (!mentionsDirection(entries[operand]))
    fail("the entry of '$" + op.getOperand(operand).name + "' does not use $" +
         getDirectionName());
  return value;
}

std::string Rule::emitKind(unsigned operand) const {
  if (isWhole(operand, "NoDerivative"))
    return "::atled::DerivativeKind::None";
  if (isWhole(operand, "Zero"))
    return "::atled::DerivativeKind::Zero";
  return "::atled::DerivativeKind::Exists";
}

std::string Rule::getModel() const {
  std::string name = op.getCppClassName().str();
  std::string model = isPartials()                  ? "Partials"
                      : def->isSubClassOf("Linear") ? "Linear"
                                                    : "Multilinear";
  return "::atled::" + model + "Model<" + name + "Rule, " +
         op.getQualCppClassName() + ">";
}

void Rule::emitClass(raw_ostream &os) const {
  std::string type = op.getQualCppClassName();
  std::string which = ("::atled::detail::getDefinedOperand(op, operand, " +
                       Twine(op.getNumOperands()) + ")")
                          .str();
  os << "struct " << op.getCppClassName() << "Rule {\n"
     << "  static constexpr bool isCheap = "
     << (def->getValueAsBit("isCheap") ? "true" : "false") << ";\n"
     << "  static ::atled::DerivativeKind kind(" << type
     << " op, unsigned operand) {\n"
     << "    switch (" << which << ") {\n";
  for (unsigned operand = 0; operand < getNumEntries(); ++operand)
    os << "    case " << operand << ": return " << emitKind(operand) << ";\n";
  os << "    }\n    llvm_unreachable(\"operand number out of range\");\n  }\n\n"
     << "  static ::mlir::Value apply(::atled::RuleBuilder &builder, " << type
     << " op, unsigned operand, ::mlir::Value direction) {\n"
     << "    switch (" << which << ") {\n";
  for (unsigned operand = 0; operand < getNumEntries(); ++operand) {
    if (isWhole(operand, "NoDerivative") || isWhole(operand, "Zero"))
      continue;
    Statements code;
    std::string value = emitEntry(operand, code);
    os << "    case " << operand << ": {\n";
    for (const std::string &statement : code)
      os << "      " << statement << "\n";
    os << "      return " << value << ";\n    }\n";
  }
  os << "    }\n    llvm_unreachable(\"operand without a derivative\");\n  "
        "}\n};\n\n";
}

//===----------------------------------------------------------------------===//
// Documentation
//===----------------------------------------------------------------------===//

std::string Rule::formatArgument(const DagInit *dag, unsigned index) const {
  const Init *argument = dag->getArg(index);
  if (auto *nested = dyn_cast<DagInit>(argument))
    return formatDag(nested);
  if (auto *leaf = dyn_cast<DefInit>(argument)) {
    StringRef literal = leaf->getDef()->getValueAsString("literal");
    literal.consume_back(".0");
    return literal.str();
  }
  return dag->getArgNameStr(index).str();
}

std::string Rule::formatDag(const DagInit *dag) const {
  const Record *head = getHead(dag);
  SmallVector<std::string> arguments;
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    arguments.push_back(formatArgument(dag, i));
  if (head->getName() == "Itself")
    return arguments.front();
  std::string name;
  if (head->isSubClassOf("Function")) {
    name = head->getValueAsString("name").str();
  } else {
    name = Operator(head).getOperationName();
    name = name.substr(name.find('.') + 1);
  }
  static const StringMap<StringRef> infix = {
      {"add", " + "}, {"sub", " - "}, {"mul", " * "}, {"div", " / "}};
  auto sign = infix.find(name);
  if (sign != infix.end() && arguments.size() == 2)
    return "(" + arguments[0] + sign->second.str() + arguments[1] + ")";
  if (name == "neg")
    return "-" + arguments[0];
  return name + "(" + join(arguments, ", ") + ")";
}

std::string Rule::getFormula(unsigned operand) const {
  std::vector<StringRef> formulas = def->getValueAsListOfStrings("formulas");
  if (!formulas.empty())
    return formulas[operand].str();
  if (isWhole(operand, "NoDerivative"))
    return "none";
  if (isWhole(operand, "Zero"))
    return "0";
  std::string text = formatDag(entries[operand]);
  return isPartials() && !mentionsDirection(entries[operand])
             ? "cotangent * " + text
             : text;
}

//===----------------------------------------------------------------------===//
// Generators
//===----------------------------------------------------------------------===//

static ArrayRef<const Record *> getRules(const RecordKeeper &records) {
  return records.getAllDerivedDefinitions("DerivativeRule");
}

/// Two rules for one operation would be attached one after the other, and only
/// the last would count.
static void checkUnique(ArrayRef<const Record *> rules) {
  llvm::DenseMap<const Record *, const Record *> seen;
  for (const Record *def : rules) {
    auto [it, inserted] = seen.try_emplace(def->getValueAsDef("op"), def);
    if (inserted)
      continue;
    PrintError(def->getLoc(), "'" + Operator(it->first).getOperationName() +
                                  "' has a second rule");
    PrintFatalNote(it->second->getLoc(), "the first is here");
  }
}

static bool emitRules(const RecordKeeper &records, raw_ostream &os) {
  ArrayRef<const Record *> rules = getRules(records);
  if (rules.empty())
    PrintFatalError("no derivative rule in this file");
  checkUnique(rules);
  os << "namespace {\n";
  for (const Record *def : rules)
    if (Rule rule(def); !rule.isCoded())
      rule.emitClass(os);
  os << "} // namespace\n\n";
  std::string dialect =
      Rule(rules.front()).getOp().getDialect().getCppClassName();
  StringRef name = dialect;
  name.consume_back("Dialect");
  os << "static void populate" << name
     << "Derivatives(::mlir::MLIRContext *context) {\n";
  for (const Record *def : rules) {
    Rule rule(def);
    if (rule.isCoded())
      continue;
    os << "  " << rule.getOp().getQualCppClassName() << "::attachInterface<"
       << rule.getModel() << ">(*context);\n";
  }
  os << "}\n";
  return false;
}

static bool emitDoc(const RecordKeeper &records, raw_ostream &os) {
  os << "| operation | operand | what travels back to it |\n|---|---|---|\n";
  for (const Record *def : getRules(records)) {
    Rule rule(def);
    for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand)
      os << "| `" << rule.getOp().getOperationName() << "` | `"
         << rule.getOp().getOperand(operand).name << "` | `"
         << rule.getFormula(operand) << "` |\n";
  }
  return false;
}

static bool emitList(const RecordKeeper &records, raw_ostream &os) {
  for (const Record *def : getRules(records))
    os << Rule(def).getOp().getOperationName() << "\n";
  return false;
}

static GenRegistration
    genRules("gen-derivative-rules",
             "Generate the implementations of derivative rules", emitRules);
static GenRegistration genDoc("gen-derivative-doc",
                              "Generate the table of derivative rules",
                              emitDoc);
static GenRegistration genList("gen-derivative-list",
                               "List the operations with a derivative rule",
                               emitList);
