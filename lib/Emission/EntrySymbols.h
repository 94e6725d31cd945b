//===- EntrySymbols.h - What an object defines for an entry ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_ENTRYSYMBOLS_H
#define ATLED_LIB_EMISSION_ENTRYSYMBOLS_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include <string>

namespace atled {

/// The alias of an entry that changes with the contract: a header and an object
/// that disagree do not link.
std::string getVersionedSymbol(StringRef entry);

/// The function that tells whether this machine can run the code.
std::string getProcessorQuerySymbol(StringRef entry);

/// The function that tells where a call has failed, in an object that does.
std::string getWhereSymbol(StringRef entry);

/// Adds the alias behind `entry`.
void buildAlias(LLVM::LLVMFuncOp entry);

/// Adds that function behind `entry`, empty.
LLVM::LLVMFuncOp createProcessorQuery(LLVM::LLVMFuncOp entry);

} // namespace atled

#endif // ATLED_LIB_EMISSION_ENTRYSYMBOLS_H
