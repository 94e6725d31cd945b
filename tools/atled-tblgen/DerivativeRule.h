//===- DerivativeRule.h - A derivative rule as it is written ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads a DerivativeRule record (DerivativeRules.td). A rule that names an
// unknown value, gives an operation the wrong number of operands or has the
// wrong number of entries is an error at its own line. DerivativeGen.cpp makes
// C++ of what is left, DerivativeDoc.cpp formulas.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVERULE_H
#define ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVERULE_H

#include "mlir/TableGen/Operator.h"
#include "llvm/TableGen/Record.h"

namespace atled::tblgen {

using llvm::DagInit;
using llvm::Record;
using llvm::StringRef;
using mlir::tblgen::Operator;

/// One derivative rule and the operation it belongs to.
class Rule {
public:
  explicit Rule(const Record *def);

  bool isCoded() const { return def->isSubClassOf("Coded"); }
  bool isPartials() const { return def->isSubClassOf("Partials"); }
  bool isLinear() const { return def->isSubClassOf("Linear"); }
  const Record *getDef() const { return def; }
  const Operator &getOp() const { return op; }
  unsigned getNumEntries() const { return op.getNumOperands(); }
  const DagInit *getEntry(unsigned operand) const { return entries[operand]; }

  /// The operation or function that a dag is a call of.
  const Record *getHead(const DagInit *dag) const;
  /// Whether the entry is just that word: NoDerivative, Zero.
  bool isWhole(unsigned operand, StringRef name) const;

  /// What stands for the tangent or cotangent in an entry.
  StringRef getDirectionName() const {
    return isPartials() ? "tangent" : "cotangent";
  }
  bool mentionsDirection(const DagInit *dag) const;

  [[noreturn]] void fail(const llvm::Twine &message) const;

private:
  void checkEntries() const;
  void checkDag(const DagInit *dag) const;
  void checkCall(const DagInit *dag) const;
  void checkArgument(const DagInit *dag, unsigned index) const;
  void checkName(StringRef name) const;
  void checkFormulas() const;

  const Record *def;
  Operator op;
  std::vector<const DagInit *> entries;
};

/// Every rule in the file, in order; a second rule for an operation is an
/// error.
std::vector<Rule> getRules(const llvm::RecordKeeper &records);

} // namespace atled::tblgen

#endif // ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVERULE_H
