//===- InlineCalls.cpp - Calls that become part of their callers ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is given places for its results, so their sizes must be known
// where it is called. That of a stack, say, which a loop fills in the callee,
// is not: such a callee becomes a part of its callers. So does a function with
// one call: what this call does not use is gone, and what is left of it fuses
// with what is around.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

namespace atled {
#define GEN_PASS_DEF_INLINECALLSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

static bool hasDynamicSignature(func::FuncOp function) {
  auto isDynamic = [](Type type) {
    auto shaped = dyn_cast<RankedTensorType>(type);
    return shaped && !shaped.hasStaticShape();
  };
  return llvm::any_of(function.getArgumentTypes(), isDynamic) ||
         llvm::any_of(function.getResultTypes(), isDynamic);
}

static void inlineCall(func::CallOp call, func::FuncOp callee) {
  OpBuilder builder(call);
  Block &body = callee.getBody().front();
  IRMapping mapping;
  mapping.map(body.getArguments(), call.getOperands());
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping);
  for (auto [result, returned] :
       llvm::zip(call.getResults(), body.getTerminator()->getOperands()))
    result.replaceAllUsesWith(mapping.lookup(returned));
  call.erase();
}

/// How often each function is called. Asking for each who uses it would walk
/// the module each time.
static DenseMap<StringAttr, unsigned> countCalls(ModuleOp module) {
  DenseMap<StringAttr, unsigned> numCalls;
  module.walk(
      [&](func::CallOp call) { ++numCalls[call.getCalleeAttr().getAttr()]; });
  return numCalls;
}

namespace {
/// Inlines into callees first, so that what is inlined is complete.
class CallInliner {
public:
  explicit CallInliner(ModuleOp module)
      : symbols(module), numCalls(countCalls(module)) {}

  void visit(func::FuncOp function) {
    if (!visited.insert(function).second)
      return;
    callers.insert(function);
    SmallVector<func::CallOp> calls;
    function.walk([&](func::CallOp call) { calls.push_back(call); });
    for (func::CallOp call : calls) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (callee.isExternal())
        continue;
      visit(callee);
      // Whoever calls itself cannot be inlined; where a tensor is of dynamic
      // size, the passes that follow say so.
      if (!callers.contains(callee) && shouldInline(callee))
        inlineCall(call, callee);
    }
    callers.erase(function);
  }

  /// Whether there was a call of `function` before.
  bool wasCalled(func::FuncOp function) const {
    return numCalls.contains(function.getSymNameAttr());
  }

private:
  bool shouldInline(func::FuncOp callee) const {
    return callee.getBody().hasOneBlock() &&
           (hasDynamicSignature(callee) ||
            (callee.isPrivate() &&
             numCalls.lookup(callee.getSymNameAttr()) == 1));
  }

  SymbolTable symbols;
  DenseMap<StringAttr, unsigned> numCalls;
  DenseSet<Operation *> callers, visited;
};

struct InlineCallsPass : atled::impl::InlineCallsPassBase<InlineCallsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    CallInliner inliner(module);
    for (auto function : module.getOps<func::FuncOp>())
      inliner.visit(function);
    DenseMap<StringAttr, unsigned> left = countCalls(module);
    for (auto function :
         llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
      if (function.isPrivate() && inliner.wasCalled(function) &&
          !left.contains(function.getSymNameAttr()))
        function.erase();
  }
};
} // namespace
