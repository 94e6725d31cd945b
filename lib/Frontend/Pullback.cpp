//===- Pullback.cpp - The way back through a function ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pullback.h"
#include "TracedFunction.h"
#include "atled/Differentiation/TensorNames.h"
#include "atled/Pipelines/Compile.h"
#include "atled/Support/Canonicalizer.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/BitVector.h"

using namespace atled;

/// The call that is all that `function` does, if it does no more than that.
static func::CallOp findOnlyCall(func::FuncOp function) {
  Block &body = function.getBody().front();
  auto call = dyn_cast<func::CallOp>(body.front());
  if (!call || call->getNextNode() != body.getTerminator() ||
      !llvm::equal(call.getOperands(), body.getArguments()) ||
      !llvm::equal(call.getResults(), body.getTerminator()->getOperands()))
    return nullptr;
  return call;
}

/// A derivative is a function that calls what was derived: here it becomes that
/// itself, so that what is not used can be seen.
static void inlineOnlyCall(func::FuncOp function, ModuleOp module) {
  func::CallOp call = findOnlyCall(function);
  if (!call)
    return;
  auto callee = module.lookupSymbol<func::FuncOp>(call.getCallee());
  std::optional<SymbolTable::UseRange> uses =
      SymbolTable::getSymbolUses(callee, module);
  if (callee.isDeclaration() || !uses || !llvm::hasSingleElement(*uses))
    return;
  function.getBody().takeBody(callee.getBody());
  callee.erase();
}

static LogicalResult removeUnused(ModuleOp module) {
  PassManager pm(module->getName());
  if (failed(trustPasses(pm)))
    return failure();
  pm.addPass(createSymbolDCEPass());
  pm.addPass(createSoundCanonicalizerPass());
  pm.addPass(createCSEPass());
  return pm.run(module);
}

/// Erases the first `count` results.
static LogicalResult eraseResults(func::FuncOp function, unsigned count) {
  llvm::BitVector erased(function.getNumResults());
  erased.set(0, count);
  function.getBody().front().getTerminator()->eraseOperands(0, count);
  return function.eraseResults(erased);
}

/// Names are for headers, and those of a derivative's derivative may be two
/// tensors'.
static void eraseNames(func::FuncOp function) {
  for (unsigned index = 0; index < function.getNumArguments(); ++index)
    function.removeArgAttr(index, tensorNameAttrName);
  for (unsigned index = 0; index < function.getNumResults(); ++index)
    function.removeResultAttr(
        index, StringAttr::get(function.getContext(), tensorNameAttrName));
}

/// Erases the arguments that nobody uses, and returns the others.
static FailureOr<SmallVector<unsigned>>
eraseUnusedArguments(func::FuncOp function) {
  llvm::BitVector erased(function.getNumArguments());
  SmallVector<unsigned> kept;
  for (BlockArgument argument : function.getArguments())
    if (argument.use_empty())
      erased.set(argument.getArgNumber());
    else
      kept.push_back(argument.getArgNumber());
  if (failed(function.eraseArguments(erased)))
    return failure();
  return kept;
}

FailureOr<std::unique_ptr<TracedFunction>>
TracedFunction::derivePullback(ArrayRef<int64_t> wrt, Location location,
                               SmallVector<unsigned> &taken) const {
  FailureOr<std::unique_ptr<TracedFunction>> vjp =
      derive(DerivativeRequest::Vjp, wrt, location);
  if (failed(vjp))
    return failure();
  OwningOpRef<ModuleOp> derived = std::move((*vjp)->module);
  if (isOperation)
    derived->walk([&](Operation *op) { op->setLoc(location); });
  CompileOptions options;
  options.configure = trustPasses;
  if (failed(runPipeline(*derived, options, Phase::Derivatives)))
    return failure();
  auto function = derived->lookupSymbol<func::FuncOp>((*vjp)->entry);
  inlineOnlyCall(function, *derived);
  if (failed(eraseResults(function, signature.output_count)) ||
      failed(removeUnused(*derived)))
    return failure();
  FailureOr<SmallVector<unsigned>> kept = eraseUnusedArguments(function);
  if (failed(kept))
    return failure();
  eraseNames(function);
  taken = std::move(*kept);
  // What the pass has made has never been in another module.
  Origins all;
  for (auto part : derived->getOps<func::FuncOp>())
    all[part.getSymNameAttr()] = makeOrigin();
  auto pullback = std::make_unique<TracedFunction>(
      std::move(derived), (*vjp)->entry, std::move(all), checks);
  if (isOperation)
    pullback->markOperation();
  return pullback;
}

/// The numbers of the results that have a cotangent.
static SmallVector<unsigned> getSeededResults(const atled_signature &primal) {
  SmallVector<unsigned> seeded;
  for (unsigned index = 0; index < primal.output_count; ++index)
    if (isFloat(static_cast<ElementKind>(primal.outputs[index].dtype)))
      seeded.push_back(index);
  return seeded;
}

std::shared_ptr<const Pullback> Pullbacks::find(ArrayRef<int64_t> wrt) {
  std::lock_guard<std::mutex> guard(lock);
  for (const auto &[key, pullback] : derived)
    if (ArrayRef(key) == wrt)
      return pullback;
  return nullptr;
}

std::shared_ptr<const Pullback> Pullbacks::get(const TracedFunction &primal,
                                               ArrayRef<int64_t> wrt,
                                               atled_location place) {
  if (std::shared_ptr<const Pullback> known = find(wrt))
    return known;
  SmallVector<unsigned> taken;
  std::unique_ptr<TracedFunction> function;
  int status = runInSession(place, [&]() -> LogicalResult {
    FailureOr<std::unique_ptr<TracedFunction>> made =
        primal.derivePullback(wrt, getLocation(place), taken);
    if (succeeded(made))
      function = std::move(*made);
    return made;
  });
  if (status)
    return nullptr;
  auto pullback = std::make_shared<Pullback>();
  pullback->function = TracedFunction::share(std::move(function));
  const atled_signature &signature = primal.getSignature();
  SmallVector<unsigned> seeded = getSeededResults(signature);
  for (unsigned argument : taken)
    if (argument < signature.input_count)
      pullback->inputs.push_back(argument);
    else
      pullback->results.push_back(seeded[argument - signature.input_count]);
  std::lock_guard<std::mutex> guard(lock);
  derived.emplace_back(SmallVector<int64_t>(wrt), pullback);
  return pullback;
}
