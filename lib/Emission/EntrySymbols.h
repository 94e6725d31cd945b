//===- EntrySymbols.h - What an object defines for an entry ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_ENTRYSYMBOLS_H
#define ATLED_LIB_EMISSION_ENTRYSYMBOLS_H

#include "atled/Emission/EntryPoint.h"
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

/// The functions of the dimensions that a caller says, where some are dynamic:
/// how much workspace a call needs and how much the halves of a derivative keep
/// between them, and what the dimensions of inputs and outputs are.
std::string getWorkspaceBytesSymbol(StringRef entry);
std::string getResidualBytesSymbol(StringRef entry);
std::string getInputDimsSymbol(StringRef entry);
std::string getOutputDimsSymbol(StringRef entry);

/// All that the object defines for `entry`.
SmallVector<std::string> getDefinedSymbols(const EntryPoint &entry);

/// Names that are a name of two entries, or two of one, are an error at the
/// latter. `doing` is what they are for: "declare".
LogicalResult checkNamesDiffer(
    ArrayRef<EntryPoint> entries, StringRef doing, StringRef place,
    function_ref<SmallVector<std::string>(const EntryPoint &)> getNames);

/// Adds the alias behind `entry`.
void buildAlias(LLVM::LLVMFuncOp entry);

/// Adds that function behind `entry`, empty.
LLVM::LLVMFuncOp createProcessorQuery(LLVM::LLVMFuncOp entry);

} // namespace atled

#endif // ATLED_LIB_EMISSION_ENTRYSYMBOLS_H
