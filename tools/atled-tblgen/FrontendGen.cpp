//===- FrontendGen.cpp - Operations to functions of C++ -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes, with -gen-frontend-operations, a header with one function for every
// operation that is defined: what a traced program calls. A choice of the
// dialect's becomes an enum class, and what an operation takes a parameter, in
// the order of the definition; the result's type comes behind the rest where it
// does not follow from the operands, and what has a default last:
//
//   inline Tensor argmax(const Operand &x, int64_t dimension, Location ...);
//
// An operation that cannot be said in C++ is an error at its definition, so
// that none is missing silently.
//
//===----------------------------------------------------------------------===//

#include "Summary.h"
#include "mlir/TableGen/Attribute.h"
#include "mlir/TableGen/EnumInfo.h"
#include "mlir/TableGen/GenInfo.h"
#include "mlir/TableGen/Operator.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;
using namespace mlir;
using atled::tblgen::capitalize;
using mlir::tblgen::EnumCase;
using mlir::tblgen::EnumInfo;
using mlir::tblgen::NamedAttribute;
using mlir::tblgen::NamedTypeConstraint;
using mlir::tblgen::Operator;

namespace {
/// A parameter of a function, and the statement that hands it on.
struct Parameter {
  std::string declaration;
  /// For the last parameters; empty where there is none.
  std::string defaultValue;
  std::string statement;
};

class FunctionWriter {
public:
  explicit FunctionWriter(const Operator &op) : op(op) {}
  void write(raw_ostream &os);

private:
  [[noreturn]] void fail(const Twine &message) const {
    PrintFatalError(op.getLoc(), "'" + op.getOperationName() + "' " + message);
  }
  std::string getName(StringRef name) const;
  void addOperand(const NamedTypeConstraint &operand);
  void addAttribute(const NamedAttribute &named);
  std::string getResult() const;
  std::string getEmission() const;

  const Operator &op;
  SmallVector<Parameter> required, defaulted;
};
} // namespace

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A name of the dialect's that C++ allows.
static std::string getCppName(StringRef name) {
  static const llvm::StringSet<> keywords = {
      "and",   "bool",   "case", "char",  "const",    "default",
      "do",    "double", "else", "false", "float",    "for",
      "if",    "int",    "long", "not",   "operator", "or",
      "short", "switch", "true", "while", "signed",   "xor"};
  return keywords.contains(name) ? (name + "_").str() : name.str();
}

/// As in C++: `sliceSizes` is slice_sizes.
static std::string getParameterName(StringRef name) {
  std::string words;
  for (char c : name) {
    if (isUpper(c))
      words += '_';
    words += toLower(c);
  }
  return getCppName(words);
}

static StringRef getEnumName(const Record &attribute) {
  return attribute.getValueAsDef("enum")->getValueAsString("className");
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// What the elements may be, in the words of Interface.h.
static StringRef getRole(const NamedTypeConstraint &operand) {
  StringRef summary = operand.constraint.getSummary();
  summary.consume_front("variadic of ");
  bool hasFloats = summary.contains("f32");
  bool hasIntegers = summary.contains("i64");
  if (hasFloats)
    return hasIntegers ? "ATLED_NUMBERS" : "ATLED_FLOATS";
  if (hasIntegers)
    return "ATLED_INDICES";
  return summary.contains("i1") ? "ATLED_BOOLEANS" : "ATLED_OTHERS";
}

/// The extents of a result that follow from nothing else.
static bool isExtent(const NamedTypeConstraint &operand) {
  StringRef summary = operand.constraint.getSummary();
  return summary.consume_front("variadic of ") && summary == "index";
}

void FunctionWriter::addOperand(const NamedTypeConstraint &operand) {
  std::string name = getParameterName(operand.name);
  if (isExtent(operand)) {
    defaulted.push_back({"const Operands &" + name, "{}",
                         "  emitter.extents(" + name + ");\n"});
    return;
  }
  if (!operand.constraint.getSummary().contains("tensor of"))
    fail("takes the operand '" + operand.name +
         "', which is no tensor and has no type in C++");
  std::string statement =
      formatv("  emitter.operand({0}, {1});\n", name, getRole(operand)).str();
  if (operand.isOptional())
    defaulted.push_back(
        {"const std::optional<Operand> &" + name, "std::nullopt", statement});
  else if (operand.isVariadic())
    required.push_back({"const Operands &" + name, "", statement});
  else
    required.push_back({"const Operand &" + name, "", statement});
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// The type in C++ of an attribute that is no enumeration; empty if there is
/// none.
static std::string getAttributeType(const mlir::tblgen::Attribute &attribute) {
  return llvm::StringSwitch<std::string>(
             attribute.getStorageType().ltrim(':').split("mlir::").second)
      .Case("DenseI64ArrayAttr", "const Integers &")
      .Case("ElementsAttr", "const Array &")
      .Case("StringAttr", "const std::string &")
      .Case("UnitAttr", "bool ")
      .Case("BoolAttr", "bool ")
      .Case("IntegerAttr", "int64_t ")
      .Case("FloatAttr", "double ")
      .Default("");
}

/// The bits of a number, as upstream says them: `32-bit float attribute`.
static unsigned getWidth(const mlir::tblgen::Attribute &attribute) {
  if (attribute.getStorageType().ends_with("BoolAttr"))
    return 1;
  unsigned width = 64;
  StringRef summary = attribute.getSummary();
  if (!summary.consumeInteger(/*Radix=*/10, width))
    return width;
  return 64;
}

void FunctionWriter::addAttribute(const NamedAttribute &named) {
  mlir::tblgen::Attribute attribute = named.attr.getBaseAttr();
  bool mayBeLeftOut = named.attr.isOptional() || named.attr.hasDefaultValue();
  std::string name = getParameterName(named.name), type;
  if (attribute.getDef().isSubClassOf("EnumAttr")) {
    type = getEnumName(attribute.getDef()).str() + " ";
  } else {
    type = getAttributeType(attribute);
    if (type.empty())
      fail("has the attribute '" + named.name +
           "', whose type has none in C++");
  }
  StringRef plain = StringRef(type).rtrim(" &");
  plain.consume_front("const ");
  bool isUnit = attribute.getStorageType().ends_with("UnitAttr");
  std::string width;
  if (plain == "int64_t" || plain == "double" || (plain == "bool" && !isUnit))
    width = ", " + utostr(getWidth(attribute));
  Parameter parameter;
  if (isUnit) {
    parameter = {
        "bool " + name, "false",
        formatv("  emitter.unit(\"{0}\", {1});\n", named.name, name).str()};
  } else {
    parameter.statement = formatv("  emitter.attribute(\"{0}\", {1}{2});\n",
                                  named.name, name, width)
                              .str();
    parameter.declaration = type + name;
    if (mayBeLeftOut) {
      // A list is not copied.
      bool isList =
          plain.contains("::") || plain == "Array" || plain == "Integers";
      parameter.declaration =
          ((isList ? "const std::optional<" : "std::optional<") + plain +
           (isList ? "> &" : "> ") + name)
              .str();
      parameter.defaultValue = "std::nullopt";
    }
  }
  (parameter.defaultValue.empty() ? required : defaulted)
      .push_back(std::move(parameter));
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// A summary as a sentence, in lines of a comment.
static void writeComment(const Operator &op, raw_ostream &os) {
  os << "/// " << capitalize(op.getSummary()) << ": `" << op.getOperationName()
     << "` in the reference.\n";
}

/// Of a result that is any number of tensors, C++ must know how many: one for
/// each of the only operand that is.
std::string FunctionWriter::getResult() const {
  if (op.getNumVariableLengthResults() > 1 ||
      (op.getNumVariableLengthResults() == 1 &&
       op.getNumVariableLengthOperands() != 1))
    fail("has a result that is any number of tensors, which has no type in "
         "C++");
  if (op.getNumVariableLengthResults() == 1)
    return "std::vector<Tensor>";
  if (op.getNumResults() == 1)
    return "Tensor";
  return ("std::array<Tensor, " + Twine(op.getNumResults()) + ">").str();
}

std::string FunctionWriter::getEmission() const {
  if (op.getNumVariableLengthResults() == 1) {
    const NamedTypeConstraint &operand = *llvm::find_if(
        op.getOperands(), [](const NamedTypeConstraint &operand) {
          return operand.isVariableLength();
        });
    return formatv("emit({0}.size() + {1})", getParameterName(operand.name),
                   op.getNumResults() - 1)
        .str();
  }
  if (op.getNumResults() == 1)
    return "emit()";
  return formatv("emit<{0}>()", op.getNumResults()).str();
}

void FunctionWriter::write(raw_ostream &os) {
  if (op.getNumRegions())
    fail("has regions, which have no type in C++");
  std::string result = getResult();
  for (int i = 0; i < op.getNumArgs(); ++i) {
    auto argument = op.getArg(i);
    if (auto *operand = dyn_cast<NamedTypeConstraint *>(argument))
      addOperand(*operand);
    else if (auto *attribute = dyn_cast<NamedAttribute *>(argument))
      addAttribute(*attribute);
    else
      fail("has a property, which has no type in C++");
  }
  bool infersResult = op.getTrait("::mlir::InferTypeOpInterface::Trait");
  if (!infersResult && op.getNumResults() != 1)
    fail("has several results whose types do not follow from its operands");
  if (!infersResult)
    required.push_back(
        {"const Spec &result_spec", "", "  emitter.result(result_spec);\n"});

  writeComment(op, os);
  os << "inline " << result << " "
     << getCppName(op.getOperationName().substr(op.getDialectName().size() + 1))
     << "(";
  for (const Parameter &parameter : required)
    os << parameter.declaration << ", ";
  for (const Parameter &parameter : defaulted)
    os << parameter.declaration << " = " << parameter.defaultValue << ", ";
  os << "Location location = Location::here()) {\n"
     << "  detail::Emitter emitter(\"" << op.getOperationName()
     << "\", location);\n";
  for (const Parameter &parameter : required)
    os << parameter.statement;
  for (const Parameter &parameter : defaulted)
    os << parameter.statement;
  os << "  return emitter." << getEmission() << ";\n}\n\n";
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

/// An enum class, and the text of the attribute that each value is.
static void writeEnum(const Record &attribute, StringRef dialect,
                      raw_ostream &os) {
  EnumInfo info(attribute.getValueAsDef("enum"));
  StringRef name = getEnumName(attribute);
  os << "/// " << capitalize(info.getSummary()) << ".\n"
     << "enum class " << name << " {\n";
  for (const EnumCase &value : info.getAllCases())
    os << "  " << getCppName(value.getSymbol()) << ",\n";
  os << "};\n\n/// The attribute in the text of a program.\ninline const char "
        "*text_of("
     << name << " value) {\n  switch (value) {\n";
  for (const EnumCase &value : info.getAllCases())
    os << "  case " << name << "::" << getCppName(value.getSymbol())
       << ":\n    return \"#" << dialect << "<"
       << attribute.getValueAsString("mnemonic") << " " << value.getStr()
       << ">\";\n";
  os << "  }\n  return \"\";\n}\n\n";
}

static bool emitOperations(const RecordKeeper &records, raw_ostream &os) {
  os << "// Operations.hpp - the operations as functions of C++: generated by "
        "atled-tblgen.\n"
        "// Included by atled.hpp, behind what it uses.\n\n"
        "#ifndef ATLED_FRONTEND_OPERATIONS_HPP\n"
        "#define ATLED_FRONTEND_OPERATIONS_HPP\n\n"
        "#include \"atled/Frontend/Tensor.hpp\"\n\n"
        "namespace atled {\n\n";
  for (const Record *attribute :
       records.getAllDerivedDefinitionsIfDefined("EnumAttr"))
    writeEnum(*attribute,
              attribute->getValueAsDef("dialect")->getValueAsString("name"),
              os);
  std::vector<const Record *> definitions(
      records.getAllDerivedDefinitionsIfDefined("Op"));
  llvm::sort(definitions, LessRecordByID());
  for (const Record *definition : definitions)
    FunctionWriter(Operator(definition)).write(os);
  os << "} // namespace atled\n\n#endif // ATLED_FRONTEND_OPERATIONS_HPP\n";
  return false;
}

static GenRegistration
    generator("gen-frontend-operations",
              "Generate the functions with which C++ calls operations",
              emitOperations);
