//===- WrapEntries.cpp - The functions that C code calls ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Makes every public function private, and puts a wrapper before it; private
// ones get names that cannot be those of a wrapper.
//
//===----------------------------------------------------------------------===//

#include "FailurePlaces.h"
#include "WrapperBuilder.h"
#include "atled/Emission/Passes.h"

namespace atled {
#define GEN_PASS_DEF_WRAPENTRIESPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
/// Renames functions to names with a dot, which neither a wrapper nor a
/// function of the C library can have. The uses are renamed together, in one
/// walk.
class Renaming {
public:
  Renaming(ModuleOp module) : module(module), symbols(module) {}

  void add(func::FuncOp function, StringRef suffix) {
    StringAttr oldName = function.getNameAttr();
    std::string name = (oldName.getValue() + "." + suffix).str();
    for (unsigned i = 1; symbols.lookup(name); ++i)
      name = (oldName.getValue() + "." + suffix + "." + Twine(i)).str();
    symbols.remove(function);
    function.setName(name);
    newNames[oldName] = symbols.insert(function);
  }

  void renameUses() {
    AttrTypeReplacer replacer;
    replacer.addReplacement([&](FlatSymbolRefAttr use) {
      auto newName = newNames.find(use.getAttr());
      return newName == newNames.end()
                 ? use
                 : FlatSymbolRefAttr::get(newName->second);
    });
    replacer.recursivelyReplaceElementsIn(module);
  }

private:
  ModuleOp module;
  SymbolTable symbols;
  DenseMap<StringAttr, StringAttr> newNames;
};
} // namespace

namespace {
struct WrapEntriesPass : atled::impl::WrapEntriesPassBase<WrapEntriesPass> {
  using WrapEntriesPassBase::WrapEntriesPassBase;

  void runOnOperation() override {
    SmallVector<std::pair<EntryPoint, func::FuncOp>> entries;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (function.isPrivate() || function.isDeclaration())
        continue;
      FailureOr<EntryPoint> entry =
          EntryPoint::fromBuffers(function, symbolPrefix);
      if (failed(entry))
        return signalPassFailure();
      entries.emplace_back(std::move(*entry), function);
    }

    Renaming renaming(getOperation());
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (function.isPrivate() && !function.isDeclaration())
        renaming.add(function, "private");
    for (auto &[entry, function] : entries) {
      renaming.add(function, "body");
      function.setPrivate();
      // Inlined into the wrapper, it would lose what is known of its arguments.
      function->setAttr(
          "passthrough",
          ArrayAttr::get(&getContext(),
                         StringAttr::get(&getContext(), "noinline")));
    }
    renaming.renameUses();
    if (tellsPlaces(getOperation()))
      buildPlaces(getOperation());
    for (auto &[entry, body] : entries)
      buildWrapper(entry, body, hidden, sizeBits);
  }
};
} // namespace
