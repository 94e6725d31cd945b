//===- EntrySymbols.cpp - What an object defines for an entry -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntrySymbols.h"
#include "atled/atled.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/StringMap.h"

using namespace atled;

std::string atled::getVersionedSymbol(StringRef entry) {
  return (entry + "_abi" + Twine(ATLED_ABI)).str();
}

std::string atled::getProcessorQuerySymbol(StringRef entry) {
  return (entry + "_cpu_ok").str();
}

std::string atled::getWhereSymbol(StringRef entry) {
  return (entry + "_where").str();
}

std::string atled::getWorkspaceBytesSymbol(StringRef entry) {
  return (entry + "_workspace_bytes").str();
}

std::string atled::getResidualBytesSymbol(StringRef entry) {
  return (entry + "_residual_bytes").str();
}

std::string atled::getInputDimsSymbol(StringRef entry) {
  return (entry + "_input_dims").str();
}

std::string atled::getOutputDimsSymbol(StringRef entry) {
  return (entry + "_output_dims").str();
}

SmallVector<std::string> atled::getDefinedSymbols(const EntryPoint &entry) {
  const std::string &symbol = entry.symbol;
  SmallVector<std::string> symbols = {symbol, getVersionedSymbol(symbol),
                                      getProcessorQuerySymbol(symbol)};
  if (entry.tellsPlaces)
    symbols.push_back(getWhereSymbol(symbol));
  if (entry.isDynamic())
    symbols.insert(symbols.end(), {getWorkspaceBytesSymbol(symbol),
                                   getOutputDimsSymbol(symbol)});
  if (entry.isDynamic() && entry.getResiduals())
    symbols.push_back(getResidualBytesSymbol(symbol));
  if (entry.tellsInputDims())
    symbols.push_back(getInputDimsSymbol(symbol));
  return symbols;
}

LogicalResult atled::checkNamesDiffer(
    ArrayRef<EntryPoint> entries, StringRef doing, StringRef place,
    function_ref<SmallVector<std::string>(const EntryPoint &)> getNames) {
  llvm::StringMap<const EntryPoint *> owners;
  for (const EntryPoint &entry : entries)
    for (const std::string &name : getNames(entry)) {
      auto [previous, isNew] = owners.try_emplace(name, &entry);
      if (isNew)
        continue;
      const EntryPoint &other = *previous->second;
      if (&other == &entry)
        return emitError(entry.location)
               << "two tensors of entry '" << entry.symbol << "' would both "
               << doing << " '" << name << "' in " << place << "; rename one";
      InFlightDiagnostic diagnostic =
          emitError(entry.location)
          << "entries '" << other.symbol << "' and '" << entry.symbol
          << "' would both " << doing << " '" << name << "' in " << place;
      diagnostic.attachNote(other.location)
          << "'" << other.symbol
          << "' is here: rename one of them, or leave one out with '--entry'";
      return diagnostic;
    }
  return success();
}

void atled::buildAlias(LLVM::LLVMFuncOp entry) {
  ImplicitLocOpBuilder b(entry.getLoc(), entry.getContext());
  b.setInsertionPointAfter(entry);
  auto alias =
      LLVM::AliasOp::create(b, entry.getFunctionType(), LLVM::Linkage::External,
                            getVersionedSymbol(entry.getName()));
  alias.setVisibility_(entry.getVisibility_());
  b.createBlock(&alias.getInitializerRegion());
  LLVM::ReturnOp::create(b, LLVM::AddressOfOp::create(b, entry));
}

LLVM::LLVMFuncOp atled::createProcessorQuery(LLVM::LLVMFuncOp entry) {
  ImplicitLocOpBuilder b(entry.getLoc(), entry.getContext());
  b.setInsertionPointAfter(entry);
  auto query =
      LLVM::LLVMFuncOp::create(b, getProcessorQuerySymbol(entry.getName()),
                               LLVM::LLVMFunctionType::get(b.getI32Type(), {}));
  query.setVisibility_(entry.getVisibility_());
  query.addEntryBlock(b);
  return query;
}
