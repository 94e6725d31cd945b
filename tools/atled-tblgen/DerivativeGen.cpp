//===- DerivativeGen.cpp - Derivative rules to C++ ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the DerivativeRule records of a dialect (DerivativeRules.td) and
// writes
//   -gen-derivative-rules   the C++ of each rule, and the function that
//                           attaches them:
//                           populate<Dialect>Derivatives(context);
//   -gen-derivative-list    the names of the operations that have one.
//
//===----------------------------------------------------------------------===//

#include "DerivativeRule.h"
#include "mlir/TableGen/Attribute.h"
#include "mlir/TableGen/GenInfo.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace mlir;
using atled::tblgen::getRules;
using atled::tblgen::Rule;
using mlir::tblgen::Operator;

namespace {
/// Writes the C++ of one rule.
class RuleEmitter {
public:
  explicit RuleEmitter(const Rule &rule) : rule(rule), op(rule.getOp()) {}

  /// The name of the class that implements the interface.
  std::string getModel() const;
  void emitClass(raw_ostream &os) const;

private:
  std::string emitName(StringRef name) const;
  // C++ for a part of an entry: appends statements, one for each operation that
  // is built so that their order is the entry's and not a compiler's choice,
  // and returns the name of the value.
  using Statements = SmallVector<std::string>;
  std::string emitArgument(const DagInit *dag, unsigned index,
                           Statements &code) const;
  std::string emitDag(const DagInit *dag, Statements &code) const;
  std::string emitEntry(unsigned operand, Statements &code) const;
  std::string emitKind(unsigned operand) const;

  const Rule &rule;
  const Operator &op;
};
} // namespace

std::string RuleEmitter::emitName(StringRef name) const {
  if (name == rule.getDirectionName())
    return "direction";
  if (name == "op")
    return "op";
  if (name == "number")
    return "operand";
  std::string getter = "op." + op.getGetterName(name);
  bool isAttribute = any_of(op.getAttributes(), [&](const auto &attribute) {
    return attribute.name == name;
  });
  return getter + (isAttribute ? "Attr()" : "()");
}

static std::string append(SmallVector<std::string> &code,
                          const Twine &expression) {
  std::string name = ("value" + Twine(code.size())).str();
  code.push_back(("auto " + name + " = " + expression + ";").str());
  return name;
}

std::string RuleEmitter::emitArgument(const DagInit *dag, unsigned index,
                                      Statements &code) const {
  const Init *argument = dag->getArg(index);
  if (isa<UnsetInit>(argument))
    return emitName(dag->getArgNameStr(index));
  if (auto *nested = dyn_cast<DagInit>(argument))
    return emitDag(nested, code);
  const Record *splat = cast<DefInit>(argument)->getDef();
  return append(code,
                "builder.splat(" + splat->getValueAsString("literal") + ")");
}

std::string RuleEmitter::emitDag(const DagInit *dag, Statements &code) const {
  const Record *head = rule.getHead(dag);
  if (head->getName() == "Itself")
    return emitArgument(dag, 0, code);
  std::string call =
      head->isSubClassOf("Function")
          ? head->getValueAsString("name").str() + "(builder"
          : Operator(head).getQualCppClassName() + "::create(builder";
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    call += ", " + emitArgument(dag, i, code);
  return append(code, call + ")");
}

/// What a tangent or cotangent `direction` becomes.
std::string RuleEmitter::emitEntry(unsigned operand, Statements &code) const {
  const DagInit *entry = rule.getEntry(operand);
  std::string value = emitDag(entry, code);
  return rule.mentionsDirection(entry)
             ? value
             : append(code, "builder.product(direction, " + value + ")");
}

std::string RuleEmitter::emitKind(unsigned operand) const {
  if (rule.isWhole(operand, "NoDerivative"))
    return "::atled::DerivativeKind::None";
  if (rule.isWhole(operand, "Zero"))
    return "::atled::DerivativeKind::Zero";
  return "::atled::DerivativeKind::Exists";
}

std::string RuleEmitter::getModel() const {
  std::string model = rule.isPartials() ? "Partials"
                      : rule.isLinear() ? "Linear"
                                        : "Multilinear";
  return "::atled::" + model + "Model<" + op.getCppClassName().str() +
         "Rule, " + op.getQualCppClassName() + ">";
}

void RuleEmitter::emitClass(raw_ostream &os) const {
  std::string type = op.getQualCppClassName();
  std::string which = ("::atled::detail::getDefinedOperand(op, operand, " +
                       Twine(op.getNumOperands()) + ")")
                          .str();
  os << "struct " << op.getCppClassName() << "Rule {\n"
     << "  static constexpr bool isCheap = "
     << (rule.getDef()->getValueAsBit("isCheap") ? "true" : "false") << ";\n"
     << "  static ::atled::DerivativeKind kind(" << type
     << " op, unsigned operand) {\n"
     << "    switch (" << which << ") {\n";
  for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand)
    os << "    case " << operand << ": return " << emitKind(operand) << ";\n";
  os << "    }\n    llvm_unreachable(\"operand number out of range\");\n  }\n\n"
     << "  static ::mlir::Value apply(::atled::RuleBuilder &builder, " << type
     << " op, unsigned operand, ::mlir::Value direction) {\n"
     << "    switch (" << which << ") {\n";
  for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand) {
    if (rule.isWhole(operand, "NoDerivative") || rule.isWhole(operand, "Zero"))
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
// Generators
//===----------------------------------------------------------------------===//

static bool emitRules(const RecordKeeper &records, raw_ostream &os) {
  std::vector<Rule> rules = getRules(records);
  if (rules.empty())
    PrintFatalError("no derivative rule in this file");
  os << "namespace {\n";
  for (const Rule &rule : rules)
    if (!rule.isCoded())
      RuleEmitter(rule).emitClass(os);
  os << "} // namespace\n\n";
  std::string dialect = rules.front().getOp().getDialect().getCppClassName();
  StringRef name = dialect;
  name.consume_back("Dialect");
  os << "static void populate" << name
     << "Derivatives(::mlir::MLIRContext *context) {\n";
  for (const Rule &rule : rules)
    if (!rule.isCoded())
      os << "  " << rule.getOp().getQualCppClassName() << "::attachInterface<"
         << RuleEmitter(rule).getModel() << ">(*context);\n";
  os << "}\n";
  return false;
}

static bool emitList(const RecordKeeper &records, raw_ostream &os) {
  for (const Rule &rule : getRules(records))
    os << rule.getOp().getOperationName() << "\n";
  return false;
}

static GenRegistration
    genRules("gen-derivative-rules",
             "Generate the implementations of derivative rules", emitRules);
static GenRegistration genList("gen-derivative-list",
                               "List the operations with a derivative rule",
                               emitList);
