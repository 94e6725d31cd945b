//===- DerivativeMutants.h - Rules made wrong on purpose --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mutant is a rule with one mistake: a sign, a term or the order of two
// operands. Tests that do not notice it do not test the rule.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVEMUTANTS_H
#define ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVEMUTANTS_H

#include "DerivativeRule.h"

namespace atled::tblgen {

struct Mutant {
  enum Kind {
    /// What the entry gives has the other sign, or is zero.
    NegatedEntry,
    DroppedEntry,
    /// The entry of the operand `argument` stands in for it.
    OtherEntry,
    /// Of the call `call`: an argument with the other sign, an argument alone
    /// in place of the call, and an argument exchanged with the next one.
    NegatedArgument,
    OnlyArgument,
    SwappedArguments,
  };

  Kind kind;
  /// Whose entry it is.
  unsigned operand;
  /// The number of the call in the entry, each before those inside it.
  unsigned call = 0;
  unsigned argument = 0;
  /// What is wrong, for readers.
  std::string description;
};

/// All mutants of a rule. None of them is the rule itself in another form, as
/// `b * a` is of `a * b`, as far as traits of operations tell.
std::vector<Mutant> getMutants(const Rule &rule);

} // namespace atled::tblgen

#endif // ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVEMUTANTS_H
