//===- CheckEntries.cpp - What C code cannot call -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/Passes.h"
#include "mlir/Analysis/CallGraph.h"
#include "llvm/ADT/SCCIterator.h"

namespace atled {
#define GEN_PASS_DEF_CHECKENTRIESPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Fails at the first function that calls itself, directly or through others.
static LogicalResult checkNoRecursion(ModuleOp module) {
  const CallGraph graph(module);
  for (auto scc = llvm::scc_begin(&graph); !scc.isAtEnd(); ++scc) {
    if (!scc.hasCycle() || scc->front()->isExternal())
      continue;
    Operation *function = scc->front()->getCallableRegion()->getParentOp();
    InFlightDiagnostic diagnostic =
        function->emitError()
        << "function '" << SymbolTable::getSymbolName(function).strref()
        << "' calls itself, and recursion is not supported";
    for (CallGraphNode *node : ArrayRef(*scc).drop_front()) {
      Operation *other = node->getCallableRegion()->getParentOp();
      diagnostic.attachNote(other->getLoc())
          << "through '" << SymbolTable::getSymbolName(other).strref() << "'";
    }
    return diagnostic;
  }
  return success();
}

namespace {
struct CheckEntriesPass : atled::impl::CheckEntriesPassBase<CheckEntriesPass> {
  using CheckEntriesPassBase::CheckEntriesPassBase;

  void runOnOperation() override {
    if (failed(checkNoRecursion(getOperation())))
      return signalPassFailure();
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (function.isDeclaration()) {
        function.emitError()
            << "function '" << function.getName() << "' has no body";
        return signalPassFailure();
      }
      if (function.isPublic() &&
          failed(EntryPoint::fromTensors(function, symbolPrefix)))
        return signalPassFailure();
    }
    markAllAnalysesPreserved();
  }
};
} // namespace
