//===- DerivativeDoc.h - Derivative rules for readers -----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVEDOC_H
#define ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVEDOC_H

#include "DerivativeRule.h"

namespace atled::tblgen {

/// The tangent of the result, as a formula in `tangent(x)` for each operand
/// `x`; empty where the rule is code that states none.
std::string getTangentFormula(const Rule &rule);

/// What travels back to an operand, as a formula in `cotangent`.
std::string getCotangentFormula(const Rule &rule, unsigned operand);

/// What sort of rule it is, as a reader of the documentation calls it.
StringRef getKindName(const Rule &rule);

} // namespace atled::tblgen

#endif // ATLED_TOOLS_ATLED_TBLGEN_DERIVATIVEDOC_H
