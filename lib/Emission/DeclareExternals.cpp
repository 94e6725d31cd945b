//===- DeclareExternals.cpp - What C has to provide -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function that is called and has no body is C's to provide, so it has to be
// one that C can. It is checked while it still has the program's types.
//
//===----------------------------------------------------------------------===//

#include "CNames.h"
#include "EntryTensors.h"
#include "atled/Emission/ExternalFunction.h"
#include "atled/Emission/Header.h"
#include "atled/Emission/Passes.h"
#include "llvm/ADT/StringMap.h"

namespace atled {
#define GEN_PASS_DEF_DECLAREEXTERNALSPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

/// An error at `function`, with a note where it is called: who forgot the body
/// may not know that it is taken for one of C's.
static InFlightDiagnostic emitExternalError(func::FuncOp function,
                                            const Twine &message) {
  InFlightDiagnostic diagnostic = function.emitError(message);
  auto module = function->getParentOfType<ModuleOp>();
  if (auto uses = SymbolTable::getSymbolUses(function, module);
      uses && !uses->empty())
    diagnostic.attachNote(uses->begin()->getUser()->getLoc())
        << "it has no body and is used here, so C code has to provide it";
  return diagnostic;
}

static LogicalResult checkTensor(func::FuncOp function, StringRef kind,
                                 unsigned index, Type type) {
  auto fail = [&]() -> InFlightDiagnostic {
    return emitExternalError(function, kind + " " + Twine(index) +
                                           " of external function '" +
                                           function.getName() + "' has type ")
           << type << ", and ";
  };
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return fail() << "an external function takes and returns tensors of known "
                     "rank"
                  << (type.isIntOrIndexOrFloat() ? "; a scalar is a 0-d tensor"
                                                 : "");
  if (!tensor.hasStaticShape())
    return fail() << "an external function takes and returns tensors of static "
                     "shape; give all dimensions a size";
  if (getCType(tensor.getElementType()).empty())
    return fail() << "C has no type for " << tensor.getElementType();
  return success();
}

/// Every name that an entry takes in the object and in its header.
static FailureOr<llvm::StringMap<std::string>>
getTakenNames(ModuleOp module, StringRef symbolPrefix, bool tellsPlaces) {
  llvm::StringMap<std::string> owners;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function.isPublic() || function.isDeclaration())
      continue;
    FailureOr<EntryPoint> entry =
        EntryPoint::fromTensors(function, symbolPrefix);
    if (failed(entry))
      return failure();
    entry->tellsPlaces = tellsPlaces;
    for (const std::string &name : getDeclaredNames(*entry))
      owners.try_emplace(name, entry->symbol);
  }
  return owners;
}

/// What `function` takes and returns, as text.
static FailureOr<std::string> describe(func::FuncOp function) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto print = [&](StringRef kind, TypeRange types, auto getAttributes) {
    EntryTensors tensors(kind);
    for (auto [index, type] : llvm::enumerate(types)) {
      // A residual is a tensor like any other here.
      DictionaryAttr attributes = getAttributes(index);
      if (failed(checkTensor(function, kind, index, type)))
        return failure();
      tensors.add(index, cast<RankedTensorType>(type),
                  isResidual(attributes) ? DictionaryAttr() : attributes,
                  function.getLoc());
    }
    FailureOr<SmallVector<EntryTensor>> named = tensors.take();
    if (failed(named))
      return failure();
    os << "(";
    llvm::interleaveComma(*named, os, [&](const EntryTensor &tensor) {
      os << tensor.name << ": " << tensor.type;
    });
    os << ")";
    return success();
  };
  auto getArgument = [&](unsigned i) { return function.getArgAttrDict(i); };
  auto getResult = [&](unsigned i) { return function.getResultAttrDict(i); };
  if (failed(print("argument", function.getArgumentTypes(), getArgument)))
    return failure();
  os << " -> ";
  if (failed(print("result", function.getResultTypes(), getResult)))
    return failure();
  return text;
}

namespace {
struct DeclareExternalsPass
    : atled::impl::DeclareExternalsPassBase<DeclareExternalsPass> {
  using DeclareExternalsPassBase::DeclareExternalsPassBase;

  LogicalResult declare(func::FuncOp function,
                        const llvm::StringMap<std::string> &taken) {
    StringRef name = function.getName();
    auto fail = [&](const Twine &message) {
      return emitExternalError(function, message);
    };
    if (failed(checkSymbol("external function", name, fail)))
      return failure();
    if (auto owner = taken.find(name); owner != taken.end())
      return fail("external function '" + name +
                  "' has a name that the object or its header defines for "
                  "entry '" +
                  owner->second + "'; rename one");
    FailureOr<std::string> signature = describe(function);
    if (failed(signature))
      return failure();
    function->setAttr(signatureAttrName,
                      StringAttr::get(&getContext(), *signature));
    return success();
  }

  void runOnOperation() override {
    SmallVector<func::FuncOp> externals;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isDeclaration() &&
          !SymbolTable::symbolKnownUseEmpty(function, getOperation()))
        externals.push_back(function);
    if (externals.empty())
      return markAllAnalysesPreserved();
    FailureOr<llvm::StringMap<std::string>> taken =
        getTakenNames(getOperation(), symbolPrefix, places);
    if (failed(taken))
      return signalPassFailure();
    for (func::FuncOp function : externals)
      if (failed(declare(function, *taken)))
        return signalPassFailure();
  }
};
} // namespace
