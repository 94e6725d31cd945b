//===- ScalarLoweringGen.cpp - Rows of elementwise operations to C++ ------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the ScalarLowering records (ScalarLowering.td) and writes, with
// -gen-scalar-lowerings, the two sections of a generated file:
//   GET_SCALAR_LOWERINGS      lowerScalar(op, builder, elements), one per row;
//   GET_SCALAR_LOWERING_OPS   the classes of the operations that have a row.
// A row that names an unknown operand, or gives an operation or function the
// wrong number of arguments, is an error at its own line.
//
//===----------------------------------------------------------------------===//

#include "mlir/TableGen/Attribute.h"
#include "mlir/TableGen/GenInfo.h"
#include "mlir/TableGen/Operator.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;
using namespace mlir;
using mlir::tblgen::Argument;
using mlir::tblgen::ConstantAttr;
using mlir::tblgen::NamedAttribute;
using mlir::tblgen::Operator;

namespace {
/// One row and the operation it belongs to.
class Row {
public:
  explicit Row(const Record *def) : def(def), op(def->getValueAsDef("op")) {
    if (op.getNumResults() != 1)
      fail("'" + op.getOperationName() + "' does not have one result");
  }

  const Operator &getOp() const { return op; }
  void emit(raw_ostream &os) const;

private:
  friend class ExpressionEmitter;

  [[noreturn]] void fail(const Twine &message) const {
    PrintFatalError(def->getLoc(), message);
  }
  void emitCase(StringRef kind, StringRef field, raw_ostream &os) const;

  const Record *def;
  Operator op;
};

/// Writes the statements of one expression. What is equal is written once:
/// TableGen keeps equal dags as one object.
class ExpressionEmitter {
public:
  ExpressionEmitter(const Row &row, raw_ostream &os) : row(row), os(os) {}

  std::string emit(const DagInit *dag);

private:
  std::string emitArgument(const DagInit *dag, unsigned index);
  std::string emitOperand(StringRef name) const;
  std::string emitAttribute(const Operator &callee,
                            const NamedAttribute &attribute,
                            const Init *value) const;
  std::string emitOperation(const Operator &callee, const DagInit *dag);
  std::string emitFunction(const Record *function, const DagInit *dag);
  std::string bind(const Init *init, const Twine &code);

  const Row &row;
  raw_ostream &os;
  llvm::DenseMap<const Init *, std::string> names;
};
} // namespace

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

std::string ExpressionEmitter::bind(const Init *init, const Twine &code) {
  std::string name = "t" + utostr(names.size());
  os << "    ::mlir::Value " << name << " = " << code << ";\n";
  names[init] = name;
  return name;
}

std::string ExpressionEmitter::emitOperand(StringRef name) const {
  for (int i = 0; i < row.op.getNumOperands(); ++i)
    if (row.op.getOperand(i).name == name)
      return "elements[" + utostr(i) + "]";
  row.fail("'$" + name + "' names no operand of '" + row.op.getOperationName() +
           "'");
}

std::string ExpressionEmitter::emitArgument(const DagInit *dag,
                                            unsigned index) {
  const Init *argument = dag->getArg(index);
  if (isa<UnsetInit>(argument))
    return emitOperand(dag->getArgNameStr(index));
  if (auto it = names.find(argument); it != names.end())
    return it->second;
  if (auto *nested = dyn_cast<DagInit>(argument))
    return emit(nested);
  if (auto *literal = dyn_cast<IntInit>(argument))
    return bind(literal,
                "builder.literal(" + itostr(literal->getValue()) + ")");
  row.fail("'" + argument->getAsString() + "' is not a value");
}

std::string ExpressionEmitter::emitAttribute(const Operator &callee,
                                             const NamedAttribute &attribute,
                                             const Init *value) const {
  auto *leaf = dyn_cast<DefInit>(value);
  if (!leaf || !leaf->getDef()->isSubClassOf("ConstantAttr"))
    row.fail("'" + callee.getOperationName() + "' takes its attribute '" +
             attribute.name + "' here, the row gives '" + value->getAsString() +
             "'");
  ConstantAttr constant(leaf);
  if (constant.getAttribute().getAttrDefName() !=
      attribute.attr.getAttrDefName())
    row.fail("'" + leaf->getDef()->getName() + "' is no value of '" +
             attribute.name + "' of '" + callee.getOperationName() + "'");
  return constant.getConstantValue().str();
}

/// An attribute that has a default is left out of the row.
static bool isWritten(const Argument &argument) {
  auto *attribute = dyn_cast<NamedAttribute *>(argument);
  return !attribute || !attribute->attr.hasDefaultValue();
}

std::string ExpressionEmitter::emitOperation(const Operator &callee,
                                             const DagInit *dag) {
  SmallVector<Argument> parameters;
  for (Argument argument : callee.getArgs())
    if (isWritten(argument))
      parameters.push_back(argument);
  if (parameters.size() != dag->getNumArgs())
    row.fail("'" + callee.getOperationName() + "' takes " +
             Twine(parameters.size()) + " arguments, the row gives " +
             Twine(dag->getNumArgs()));
  std::string code = callee.getQualCppClassName() + "::create(builder";
  for (auto [index, parameter] : enumerate(parameters)) {
    auto *attribute = dyn_cast<NamedAttribute *>(parameter);
    code += ", " + (attribute
                        ? emitAttribute(callee, *attribute, dag->getArg(index))
                        : emitArgument(dag, index));
  }
  return code + ")";
}

std::string ExpressionEmitter::emitFunction(const Record *function,
                                            const DagInit *dag) {
  int64_t expected = function->getValueAsInt("numArguments");
  if (expected != dag->getNumArgs())
    row.fail("'" + function->getName() + "' takes " + Twine(expected) +
             " arguments, the row gives " + Twine(dag->getNumArgs()));
  std::string code = function->getValueAsString("name").str() + "(builder, op";
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    code += ", " + emitArgument(dag, i);
  return code + ")";
}

std::string ExpressionEmitter::emit(const DagInit *dag) {
  const Record *head = dag->getOperatorAsDef(row.def->getLoc());
  if (head->isSubClassOf("ScalarFunction"))
    return bind(dag, emitFunction(head, dag));
  if (head->isSubClassOf("Op"))
    return bind(dag, emitOperation(Operator(head), dag));
  row.fail("'" + head->getName() + "' is neither an operation nor a function");
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

void Row::emitCase(StringRef kind, StringRef field, raw_ostream &os) const {
  const DagInit *expression = def->getValueAsDag(field);
  if (expression->getOperatorAsDef(def->getLoc())->getName() == "NotTaken")
    return;
  os << "  case ::atled::ScalarKind::" << kind << ": {\n";
  std::string value = ExpressionEmitter(*this, os).emit(expression);
  os << "    return " << value << ";\n  }\n";
}

void Row::emit(raw_ostream &os) const {
  os << "static ::mlir::Value lowerScalar(" << op.getQualCppClassName()
     << " op, ::atled::ScalarBuilder &builder, ::mlir::ValueRange elements) {\n"
     << "  switch (builder.getKind()) {\n";
  emitCase("Float", "floats", os);
  emitCase("Signed", "signedIntegers", os);
  emitCase("Unsigned", "unsignedIntegers", os);
  os << "  default:\n    return {};\n  }\n}\n\n";
}

static bool emitLowerings(const RecordKeeper &records, raw_ostream &os) {
  SmallVector<std::string> classes;
  llvm::DenseMap<const Record *, const Record *> seen;
  os << "#ifdef GET_SCALAR_LOWERINGS\n#undef GET_SCALAR_LOWERINGS\n\n";
  for (const Record *def : records.getAllDerivedDefinitions("ScalarLowering")) {
    Row row(def);
    auto [it, inserted] = seen.try_emplace(def->getValueAsDef("op"), def);
    if (!inserted) {
      PrintError(def->getLoc(),
                 "'" + row.getOp().getOperationName() + "' has a second row");
      PrintFatalNote(it->second->getLoc(), "the first is here");
    }
    row.emit(os);
    classes.push_back(row.getOp().getQualCppClassName());
  }
  os << "#endif // GET_SCALAR_LOWERINGS\n\n"
     << "#ifdef GET_SCALAR_LOWERING_OPS\n#undef GET_SCALAR_LOWERING_OPS\n"
     << join(classes, ",\n") << "\n#endif // GET_SCALAR_LOWERING_OPS\n";
  return false;
}

static GenRegistration
    genLowerings("gen-scalar-lowerings",
                 "Generate the lowerings of elementwise operations",
                 emitLowerings);
