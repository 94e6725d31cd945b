//===- FailurePlaces.cpp - Where a call has failed ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FailurePlaces.h"
#include "EntrySizes.h"
#include "EntrySymbols.h"
#include "atled/Codegen/Passes.h"

using namespace atled;

/// What a workspace begins with is the size that would have been enough.
static constexpr int32_t placeOffset = sizeof(uint64_t);

static constexpr StringLiteral textName = "atled.places";

bool atled::tellsPlaces(ModuleOp module) {
  return module->hasAttr(placesAttrName);
}

void atled::buildPlaces(ModuleOp module) {
  auto text = module->getAttrOfType<StringAttr>(placesAttrName);
  ImplicitLocOpBuilder b(module.getLoc(), module.getContext());
  b.setInsertionPointToStart(module.getBody());
  LLVM::GlobalOp::create(
      b, LLVM::LLVMArrayType::get(b.getI8Type(), text.size()),
      /*isConstant=*/true, LLVM::Linkage::Internal, textName, text);
}

static Value buildPlaceAddress(ImplicitLocOpBuilder &b, Value workspace) {
  return LLVM::GEPOp::create(b, workspace.getType(), b.getI8Type(), workspace,
                             ArrayRef<LLVM::GEPArg>{placeOffset});
}

static Value constant(ImplicitLocOpBuilder &b, int64_t value) {
  return LLVM::ConstantOp::create(b, b.getI64IntegerAttr(value));
}

void atled::buildKeepPlace(ImplicitLocOpBuilder &b, Value status,
                           Value workspace) {
  Value place = LLVM::LShrOp::create(b, status, constant(b, 32));
  LLVM::StoreOp::create(b, place, buildPlaceAddress(b, workspace));
}

void atled::buildWhere(LLVM::LLVMFuncOp entry) {
  ImplicitLocOpBuilder b(entry.getLoc(), entry.getContext());
  b.setInsertionPoint(entry);
  auto pointer = LLVM::LLVMPointerType::get(b.getContext());
  auto where =
      LLVM::LLVMFuncOp::create(b, getWhereSymbol(entry.getName()),
                               LLVM::LLVMFunctionType::get(pointer, {pointer}));
  where.setVisibility_(entry.getVisibility_());
  Value workspace = where.addEntryBlock(b)->getArgument(0);
  b.setInsertionPointToEnd(&where.getBody().front());
  // Whatever a caller has, it is a text that he gets; the first is empty.
  Value texts = LLVM::AddressOfOp::create(b, pointer, textName);
  Value isNull = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, workspace,
                                      LLVM::ZeroOp::create(b, pointer));
  buildReturnIf(b, isNull, [&] { LLVM::ReturnOp::create(b, texts); });
  Value place =
      LLVM::LoadOp::create(b, b.getI64Type(), buildPlaceAddress(b, workspace));
  auto module = entry->getParentOfType<ModuleOp>();
  auto text = module->getAttrOfType<StringAttr>(placesAttrName);
  Value isPlace = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ult, place,
                                       constant(b, text.size()));
  place = LLVM::SelectOp::create(b, isPlace, place, constant(b, 0));
  LLVM::ReturnOp::create(
      b,
      LLVM::GEPOp::create(b, pointer, b.getI8Type(), texts, place).getResult());
}
