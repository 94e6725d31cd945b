//===- ReferenceGen.cpp - Pages of the reference --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes, as Markdown, what a reader wants to know of the things that a file
// defines itself, not of those that it includes:
//   -gen-reference          its dialects, operations, with their derivatives,
//                           and passes;
//   -gen-derivative-doc     the derivatives of its operations, one row each.
//
//===----------------------------------------------------------------------===//

#include "DerivativeDoc.h"
#include "Summary.h"
#include "SyntaxDoc.h"
#include "mlir/TableGen/Attribute.h"
#include "mlir/TableGen/Dialect.h"
#include "mlir/TableGen/EnumInfo.h"
#include "mlir/TableGen/GenInfo.h"
#include "mlir/TableGen/Pass.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace mlir;
using namespace atled::tblgen;
using mlir::tblgen::EnumCase;
using mlir::tblgen::EnumInfo;
using mlir::tblgen::NamedAttribute;
using mlir::tblgen::NamedTypeConstraint;
using mlir::tblgen::PassOption;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// A description without the indentation that it has in its file.
static void printDescription(StringRef description, raw_ostream &os) {
  SmallVector<StringRef> lines;
  description.rtrim().split(lines, '\n');
  size_t indentation = StringRef::npos;
  for (StringRef line : lines)
    if (!line.trim().empty())
      indentation = std::min(indentation, line.find_first_not_of(' '));
  bool isFirst = true;
  for (StringRef line : lines) {
    if (isFirst && line.trim().empty())
      continue;
    isFirst = false;
    os << line.drop_front(std::min(indentation, line.size())).rtrim() << "\n";
  }
  os << "\n";
}

/// Text in a cell of a table, where a bar would end the cell.
static std::string escape(StringRef text) {
  std::string escaped;
  for (char c : text)
    escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

static std::string quote(StringRef text) { return "`" + escape(text) + "`"; }

/// The address of an operation's section within its page.
static std::string getAnchor(StringRef name) {
  std::string anchor = name.lower();
  llvm::erase(anchor, '.');
  return anchor;
}

//===----------------------------------------------------------------------===//
// What the file defines
//===----------------------------------------------------------------------===//

/// The records of a class that stand in the file itself, in its order.
static std::vector<const Record *> getOwn(const RecordKeeper &records,
                                          StringRef className) {
  std::vector<const Record *> own;
  for (const Record *def : records.getAllDerivedDefinitionsIfDefined(className))
    if (SrcMgr.FindBufferContainingLoc(def->getLoc().front()) ==
        SrcMgr.getMainFileID())
      own.push_back(def);
  llvm::sort(own, LessRecordByID());
  return own;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// Upstream's words for a type or attribute in those of the IR.
static std::string translate(StringRef summary) {
  static const std::pair<Regex, StringRef> words[] = {
      {Regex("ranked tensor of (.*) values"), "tensor of \\1"},
      {Regex("([0-9]+)-bit float"), "f\\1"},
      {Regex("bfloat16 type"), "bf16"},
      {Regex("([0-9]+)-bit signless integer"), "i\\1"},
      {Regex("([0-9]+)-bit unsigned integer"), "ui\\1"},
      {Regex("i64 dense array"), "array of i64"},
      {Regex("constant vector/tensor"), "constant tensor"},
      {Regex("flat symbol reference"), "symbol"},
      {Regex(" attribute$"), ""}};
  std::string text = summary.str();
  for (const auto &[upstream, ours] : words)
    for (std::string before; before != text && upstream.match(text);) {
      before = text;
      text = upstream.sub(ours, text);
    }
  return text;
}

static std::string describeType(const NamedTypeConstraint &value) {
  StringRef summary = value.constraint.getSummary();
  summary.consume_front("variadic of ");
  return translate(summary) + (value.isOptional()   ? " (may be left out)"
                               : value.isVariadic() ? " (any number)"
                                                    : "");
}

/// The values of an enumeration, the default marked, and its class in C++.
static std::string describeEnum(const EnumInfo &info, StringRef defaultValue) {
  std::string text;
  for (const EnumCase &value : info.getAllCases()) {
    text += (text.empty() ? "" : ", ") + quote(value.getStr());
    if (defaultValue.ends_with(("::" + value.getSymbol()).str()))
      text += " (default)";
  }
  return text + "; " + quote(info.getEnumClassName()) + " in C++";
}

static std::string describeAttribute(const NamedAttribute &named) {
  mlir::tblgen::Attribute attribute = named.attr;
  StringRef defaultValue =
      attribute.hasDefaultValue() ? attribute.getDefaultValue() : "";
  mlir::tblgen::Attribute base = attribute.getBaseAttr();
  if (base.getDef().isSubClassOf("EnumAttr")) {
    EnumInfo info(base.getDef().getValueAsDef("enum"));
    return (info.getSummary() + ": " + describeEnum(info, defaultValue)).str();
  }
  std::string text = translate(base.getSummary());
  if (attribute.isOptional())
    text += " (may be left out)";
  if (!defaultValue.empty())
    text += " (default " + quote(defaultValue) + ")";
  return text;
}

static void printRow(StringRef kind, StringRef name, StringRef description,
                     raw_ostream &os) {
  os << "| " << kind << " | " << quote(name) << " | " << escape(description)
     << " |\n";
}

static void printSignature(const Operator &op, raw_ostream &os) {
  if (op.getNumArgs() + op.getNumResults() == 0)
    return;
  os << "| | | |\n|---|---|---|\n";
  for (const NamedTypeConstraint &operand : op.getOperands())
    printRow("operand", operand.name, describeType(operand), os);
  for (const NamedAttribute &attribute : op.getAttributes())
    if (!attribute.attr.isDerivedAttr())
      printRow("attribute", attribute.name, describeAttribute(attribute), os);
  for (const NamedTypeConstraint &result : op.getResults())
    printRow("result", result.name, describeType(result), os);
  os << "\n";
}

static std::string quoteFormula(StringRef formula) {
  return formula == "none" ? formula.str() : quote(formula);
}

static void printDerivative(const Rule &rule, raw_ostream &os) {
  const Operator &op = rule.getOp();
  os << "**Derivative** (" << getKindName(rule) << ")\n\n| | |\n|---|---|\n";
  std::string tangent = getTangentFormula(rule);
  if (!tangent.empty())
    os << "| tangent of " << quote(op.getResultName(0)) << " | "
       << quote(tangent) << " |\n";
  for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand)
    os << "| cotangent of " << quote(op.getOperand(operand).name) << " | "
       << quoteFormula(getCotangentFormula(rule, operand)) << " |\n";
  os << "\n";
}

static void printOperation(const Operator &op, ArrayRef<Rule> rules,
                           raw_ostream &os) {
  os << "## " << op.getOperationName() << "\n\n"
     << capitalize(op.getSummary()) << ".\n\n";
  std::string syntax = formatSyntax(op);
  if (!syntax.empty())
    os << "    " << syntax << "\n\n";
  printDescription(op.getDescription(), os);
  printSignature(op, os);
  const Rule *rule = find_if(rules, [&](const Rule &rule) {
    return &rule.getOp().getDef() == &op.getDef();
  });
  if (rule != rules.end())
    printDerivative(*rule, os);
  else if (!rules.empty())
    os << "**Derivative**: none.\n\n";
}

//===----------------------------------------------------------------------===//
// Passes
//===----------------------------------------------------------------------===//

static void printPass(const mlir::tblgen::Pass &pass, raw_ostream &os) {
  os << "## " << pass.getArgument() << "\n\n"
     << capitalize(pass.getSummary()) << ".\n\n";
  printDescription(pass.getDescription(), os);
  if (pass.getOptions().empty())
    return;
  os << "| option | default | |\n|---|---|---|\n";
  for (const PassOption &option : pass.getOptions()) {
    std::optional<StringRef> defaultValue = option.getDefaultValue();
    bool hasDefault =
        defaultValue && !defaultValue->empty() && *defaultValue != "\"\"";
    os << "| " << quote(option.getArgument()) << " | "
       << (hasDefault ? quote(*defaultValue) : "") << " | "
       << escape(option.getDescription()) << " |\n";
  }
  os << "\n";
}

//===----------------------------------------------------------------------===//
// Generators
//===----------------------------------------------------------------------===//

/// What the file defines, each with its summary.
static void printContents(ArrayRef<std::pair<std::string, StringRef>> items,
                          raw_ostream &os) {
  if (items.empty())
    return;
  os << "| | |\n|---|---|\n";
  for (const auto &[name, summary] : items)
    os << "| [" << name << "](#" << getAnchor(name) << ") | "
       << escape(capitalize(summary)) << " |\n";
  os << "\n";
}

static bool emitReference(const RecordKeeper &records, raw_ostream &os) {
  for (const Record *def : getOwn(records, "Dialect"))
    printDescription(mlir::tblgen::Dialect(def).getDescription(), os);

  std::vector<Operator> operations;
  for (const Record *def : getOwn(records, "Op"))
    operations.emplace_back(def);
  std::vector<mlir::tblgen::Pass> passes;
  for (const Record *def : getOwn(records, "PassBase"))
    passes.emplace_back(def);

  SmallVector<std::pair<std::string, StringRef>> contents;
  for (const Operator &op : operations)
    contents.push_back({op.getOperationName(), op.getSummary()});
  for (const mlir::tblgen::Pass &pass : passes)
    contents.push_back({pass.getArgument().str(), pass.getSummary()});
  printContents(contents, os);

  std::vector<Rule> rules = getRules(records);
  for (const Operator &op : operations)
    printOperation(op, rules, os);
  for (const mlir::tblgen::Pass &pass : passes)
    printPass(pass, os);
  return false;
}

static bool emitTable(const RecordKeeper &records, raw_ostream &os) {
  os << "| operation | tangent of the result | what travels back |\n"
        "|---|---|---|\n";
  std::vector<const Record *> own = getOwn(records, "Op");
  for (const Rule &rule : getRules(records)) {
    if (!is_contained(own, &rule.getOp().getDef()))
      continue;
    std::string tangent = getTangentFormula(rule);
    os << "| " << rule.getOp().getOperationName() << " | "
       << (tangent.empty() ? "" : quote(tangent)) << " | ";
    for (unsigned operand = 0; operand < rule.getNumEntries(); ++operand)
      os << (operand ? "<br>" : "")
         << quote(rule.getOp().getOperand(operand).name) << ": "
         << quoteFormula(getCotangentFormula(rule, operand));
    os << " |\n";
  }
  return false;
}

static GenRegistration
    genReference("gen-reference",
                 "Generate the reference of what a file defines",
                 emitReference);
static GenRegistration
    genTable("gen-derivative-doc",
             "Generate the table of the derivatives of a file's operations",
             emitTable);
