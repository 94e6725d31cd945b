//===- SyntaxDoc.h - The text of an operation, for readers ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_TBLGEN_SYNTAXDOC_H
#define ATLED_TOOLS_ATLED_TBLGEN_SYNTAXDOC_H

#include "mlir/TableGen/Operator.h"
#include <string>

namespace atled::tblgen {

/// How an operation is written, from its assembly format: words as they are,
/// `$x` for an operand or attribute, `(...)?` for what may be left out. Without
/// the attribute dictionary, which every operation may have. Empty where the
/// operation has no format.
std::string formatSyntax(const mlir::tblgen::Operator &op);

} // namespace atled::tblgen

#endif // ATLED_TOOLS_ATLED_TBLGEN_SYNTAXDOC_H
