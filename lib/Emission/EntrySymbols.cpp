//===- EntrySymbols.cpp - What an object defines for an entry -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntrySymbols.h"
#include "atled/atled.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

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
