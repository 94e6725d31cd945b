//===- CheckEntries.cpp - What C code cannot call -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntrySymbols.h"
#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/Passes.h"

namespace atled {
#define GEN_PASS_DEF_CHECKENTRIESPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
struct CheckEntriesPass : atled::impl::CheckEntriesPassBase<CheckEntriesPass> {
  using CheckEntriesPassBase::CheckEntriesPassBase;

  void runOnOperation() override {
    SmallVector<EntryPoint> entries;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function.isPublic())
        continue;
      FailureOr<EntryPoint> entry =
          EntryPoint::fromTensors(function, symbolPrefix);
      if (failed(entry))
        return signalPassFailure();
      entry->tellsPlaces = places;
      entries.push_back(std::move(*entry));
    }
    if (failed(checkNamesDiffer(entries, "define", "the object",
                                getDefinedSymbols)))
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
