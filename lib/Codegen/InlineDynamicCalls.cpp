//===- InlineDynamicCalls.cpp - No tensor of dynamic size in a call -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is given places for its results, so their sizes must be known
// where it is called. That of a stack, say, which a loop fills in the callee,
// is not: such a callee becomes a part of its callers.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

namespace atled {
#define GEN_PASS_DEF_INLINEDYNAMICCALLSPASS
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

namespace {
/// Inlines into callees first, so that what is inlined is complete.
class CallInliner {
public:
  explicit CallInliner(ModuleOp module) : symbols(module) {}

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
      // Whoever calls itself cannot be inlined; the passes that follow say so.
      if (hasDynamicSignature(callee) && callee.getBody().hasOneBlock() &&
          !callers.contains(callee))
        inlineCall(call, callee);
    }
    callers.remove(function);
  }

private:
  SymbolTable symbols;
  llvm::SetVector<Operation *> callers;
  DenseSet<Operation *> visited;
};

struct InlineDynamicCallsPass
    : atled::impl::InlineDynamicCallsPassBase<InlineDynamicCallsPass> {
  void runOnOperation() override {
    CallInliner inliner(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      inliner.visit(function);
    // Asking for each function who uses it would walk the module each time.
    DenseSet<StringAttr> called;
    getOperation().walk([&](func::CallOp call) {
      called.insert(call.getCalleeAttr().getAttr());
    });
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (function.isPrivate() && hasDynamicSignature(function) &&
          !called.contains(function.getSymNameAttr()))
        function.erase();
  }
};
} // namespace
