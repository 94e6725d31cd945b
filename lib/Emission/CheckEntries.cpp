//===- CheckEntries.cpp - What C code cannot call -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

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
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() &&
          failed(EntryPoint::fromTensors(function, symbolPrefix)))
        return signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
