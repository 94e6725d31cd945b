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
//   -gen-derivative-list    the names of the operations that have one
//   -gen-derivative-mutants a line for each mutant: its number, the operation,
//                           and what is wrong.
//
// With --mutants the C++ holds every mutant of every rule, and the
// environment's ATLED_MUTANT says which of them stands in for its rule.
//
//===----------------------------------------------------------------------===//

#include "DerivativeMutants.h"
#include "DerivativeRule.h"
#include "mlir/TableGen/Attribute.h"
#include "mlir/TableGen/GenInfo.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace mlir;
using atled::tblgen::getMutants;
using atled::tblgen::getRules;
using atled::tblgen::Mutant;
using atled::tblgen::Rule;
using mlir::tblgen::Operator;

namespace {
/// Writes the C++ of one rule.
class RuleEmitter {
public:
  /// The first mutant of the rule has the number `firstMutant`; 0 for none.
  explicit RuleEmitter(const Rule &rule, unsigned firstMutant = 0)
      : rule(rule), op(rule.getOp()), firstMutant(firstMutant) {}

  /// The name of the class that implements the interface.
  std::string getModel() const;
  void emitClass(raw_ostream &os) const;

private:
  std::string emitName(StringRef name) const;
  // C++ for a part of an entry: appends statements, one for each operation that
  // is built so that their order is the entry's and not a compiler's choice,
  // and returns the name of the value.
  using Statements = SmallVector<std::string>;
  // The mutant is what is wrong, if anything; `call` counts the calls on the
  // way.
  struct Way {
    const Mutant *mutant;
    unsigned call = 0;

    bool isChanged(Mutant::Kind kind, unsigned call, unsigned argument) const {
      return mutant && mutant->kind == kind && mutant->call == call &&
             mutant->argument == argument;
    }
  };
  std::string emitArgument(const DagInit *dag, unsigned index, Way &way,
                           Statements &code) const;
  std::string emitDag(const DagInit *dag, Way &way, Statements &code) const;
  std::string emitEntry(unsigned operand, const Mutant *mutant,
                        Statements &code) const;
  void emitBlock(unsigned operand, const Mutant *mutant, raw_ostream &os) const;
  void emitMutants(unsigned operand, raw_ostream &os) const;
  std::string emitKind(unsigned operand) const;

  const Rule &rule;
  const Operator &op;
  unsigned firstMutant;
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
                                      Way &way, Statements &code) const {
  const Init *argument = dag->getArg(index);
  if (isa<UnsetInit>(argument))
    return emitName(dag->getArgNameStr(index));
  if (auto *nested = dyn_cast<DagInit>(argument))
    return emitDag(nested, way, code);
  const Record *splat = cast<DefInit>(argument)->getDef();
  return append(code,
                "builder.splat(" + splat->getValueAsString("literal") + ")");
}

std::string RuleEmitter::emitDag(const DagInit *dag, Way &way,
                                 Statements &code) const {
  const Record *head = rule.getHead(dag);
  unsigned call = way.call++;
  if (head->getName() == "Itself")
    return emitArgument(dag, 0, way, code);
  SmallVector<std::string> arguments;
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    if (way.isChanged(Mutant::OnlyArgument, call, i))
      return emitArgument(dag, i, way, code);
  for (unsigned i = 0; i < dag->getNumArgs(); ++i) {
    arguments.push_back(emitArgument(dag, i, way, code));
    if (way.isChanged(Mutant::NegatedArgument, call, i))
      arguments.back() = append(code, "builder.product(" + arguments.back() +
                                          ", builder.splat(-1.0))");
  }
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    if (way.isChanged(Mutant::SwappedArguments, call, i))
      std::swap(arguments[i], arguments[i + 1]);
  std::string callee =
      head->isSubClassOf("Function")
          ? head->getValueAsString("name").str() + "(builder"
          : Operator(head).getQualCppClassName() + "::create(builder";
  for (const std::string &argument : arguments)
    callee += ", " + argument;
  return append(code, callee + ")");
}

/// What a tangent or cotangent `direction` becomes.
std::string RuleEmitter::emitEntry(unsigned operand, const Mutant *mutant,
                                   Statements &code) const {
  Way way{mutant};
  if (mutant && mutant->kind == Mutant::OtherEntry)
    operand = mutant->argument;
  if (mutant && mutant->kind == Mutant::NegatedEntry)
    code.push_back(
        "direction = builder.product(direction, builder.splat(-1.0));");
  if (mutant && mutant->kind == Mutant::DroppedEntry)
    code.push_back(
        "direction = builder.product(direction, builder.splat(0.0));");
  const DagInit *entry = rule.getEntry(operand);
  std::string value = emitDag(entry, way, code);
  return rule.mentionsDirection(entry)
             ? value
             : append(code, "builder.product(direction, " + value + ")");
}

/// A block that returns what an entry, or a mutant of it, says.
void RuleEmitter::emitBlock(unsigned operand, const Mutant *mutant,
                            raw_ostream &os) const {
  Statements code;
  std::string value = emitEntry(operand, mutant, code);
  os << "{\n";
  for (const std::string &statement : code)
    os << "      " << statement << "\n";
  os << "      return " << value << ";\n    }\n";
}

/// A block for each mutant of the entry, before that of the entry itself.
void RuleEmitter::emitMutants(unsigned operand, raw_ostream &os) const {
  for (auto [i, mutant] : enumerate(getMutants(rule))) {
    if (mutant.operand != operand)
      continue;
    os << "    if (getMutant() == " << firstMutant + i << ") ";
    emitBlock(operand, &mutant, os);
  }
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
     << "  static constexpr bool isSingular = "
     << (rule.getDef()->getValueAsBit("isSingular") ? "true" : "false") << ";\n"
     << "  static constexpr bool isLastFirst = "
     << (rule.getDef()->getValueAsBit("isLastFirst") ? "true" : "false")
     << ";\n"
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
    os << "    case " << operand << ": ";
    if (firstMutant) {
      os << "{\n";
      emitMutants(operand, os);
      os << "    ";
    }
    emitBlock(operand, /*mutant=*/nullptr, os);
    if (firstMutant)
      os << "    }\n";
  }
  os << "    }\n    llvm_unreachable(\"operand without a derivative\");\n  "
        "}\n};\n\n";
}

//===----------------------------------------------------------------------===//
// Generators
//===----------------------------------------------------------------------===//

static cl::opt<bool>
    withMutants("mutants",
                cl::desc("Add every mutant of every rule to the C++"));

/// Which mutant stands in for its rule.
static void emitSelector(unsigned numMutants, raw_ostream &os) {
  os << "/// The number in the environment's ATLED_MUTANT; 0 for none.\n"
     << "static unsigned getMutant() {\n"
     << "  static const unsigned mutant = [] {\n"
     << "    const char *text = ::std::getenv(\"ATLED_MUTANT\");\n"
     << "    unsigned number = 0;\n"
     << "    if (text && (::llvm::StringRef(text).getAsInteger(10, number) ||\n"
     << "                 number > " << numMutants << "))\n"
     << "      ::llvm::report_fatal_error(\n"
     << "          \"ATLED_MUTANT is not one of 0 to " << numMutants << "\");\n"
     << "    return number;\n"
     << "  }();\n"
     << "  return mutant;\n"
     << "}\n\n";
}

static bool emitRules(const RecordKeeper &records, raw_ostream &os) {
  std::vector<Rule> rules = getRules(records);
  if (rules.empty())
    PrintFatalError("no derivative rule in this file");
  std::string classes;
  raw_string_ostream classStream(classes);
  unsigned numMutants = 0;
  for (const Rule &rule : rules) {
    if (rule.isCoded())
      continue;
    RuleEmitter(rule, withMutants ? numMutants + 1 : 0).emitClass(classStream);
    numMutants += getMutants(rule).size();
  }
  if (withMutants)
    os << "#include <cstdlib>\n\n";
  os << "namespace {\n";
  if (withMutants)
    emitSelector(numMutants, os);
  os << classes << "} // namespace\n\n";
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

static bool emitMutantList(const RecordKeeper &records, raw_ostream &os) {
  unsigned number = 0;
  for (const Rule &rule : getRules(records))
    for (const Mutant &mutant : getMutants(rule))
      os << ++number << " " << rule.getOp().getOperationName() << " "
         << mutant.description << "\n";
  return false;
}

static GenRegistration
    genRules("gen-derivative-rules",
             "Generate the implementations of derivative rules", emitRules);
static GenRegistration genList("gen-derivative-list",
                               "List the operations with a derivative rule",
                               emitList);
static GenRegistration genMutants("gen-derivative-mutants",
                                  "List what is wrong in each mutant of a rule",
                                  emitMutantList);
