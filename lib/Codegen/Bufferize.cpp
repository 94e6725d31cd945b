//===- Bufferize.cpp - Tensors become buffers -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One-shot bufferization of a whole module, with the options that make every
// copy a loop we can see, then the removal of results, which are destinations.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotModuleBufferize.h"
#include "mlir/Dialect/Bufferization/Transforms/Transforms.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/SubsetOpInterface.h"

namespace atled {
#define GEN_PASS_DEF_BUFFERIZEPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

static bufferization::OneShotBufferizationOptions getOptions() {
  bufferization::OneShotBufferizationOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.setFunctionBoundaryTypeConversion(
      bufferization::LayoutMapOption::IdentityLayoutMap);
  // A memref.copy of a strided buffer would become a call into a runtime.
  options.memCpyFn = [](OpBuilder &builder, Location loc, Value from,
                        Value to) {
    if (from != to)
      linalg::CopyOp::create(builder, loc, from, to);
    return success();
  };
  return options;
}

/// Makes the copies that bufferization needs explicit, as operations that write
/// to an empty tensor, so that they too can write to where they end up.
static LogicalResult insertCopies(ModuleOp module) {
  bufferization::BufferizationState state;
  if (failed(bufferization::insertTensorCopies(module, getOptions(), state)))
    return failure();
  IRRewriter rewriter(module.getContext());
  module.walk([&](bufferization::AllocTensorOp alloc) {
    rewriter.setInsertionPoint(alloc);
    Location loc = alloc.getLoc();
    Value source = alloc.getCopy();
    SmallVector<OpFoldResult> sizes =
        source ? tensor::getMixedSizes(rewriter, loc, source)
               : getMixedValues(alloc.getType().getShape(),
                                alloc.getDynamicSizes(), rewriter);
    Value copy = tensor::EmptyOp::create(rewriter, loc, sizes,
                                         alloc.getType().getElementType());
    if (source)
      copy = linalg::CopyOp::create(rewriter, loc, source, copy).getResult(0);
    rewriter.replaceOp(alloc, copy);
  });
  return success();
}

/// Redirects computations into the place where their results end up. From the
/// last one to the first, since a place may be a part of a later one.
static LogicalResult eliminateEmptyTensors(ModuleOp module) {
  bufferization::OneShotBufferizationOptions options = getOptions();
  bufferization::OneShotAnalysisState state(module, options);
  if (failed(bufferization::analyzeModuleOp(module, state)))
    return failure();
  SmallVector<Operation *> insertions;
  module.walk([&](SubsetInsertionOpInterface op) { insertions.push_back(op); });
  IRRewriter rewriter(module.getContext());
  for (Operation *insertion : llvm::reverse(insertions))
    if (failed(
            bufferization::eliminateEmptyTensors(rewriter, insertion, state)))
      return failure();
  return success();
}

/// Follows views and casts from `buffer` to what they look at.
static Value getRoot(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>())
    buffer = view.getViewSource();
  return buffer;
}

/// Drops the results of `func` that are its destinations: all buffers among
/// them, in order.
static LogicalResult dropDestinationResults(func::FuncOp func) {
  Operation *terminator = func.getBody().front().getTerminator();
  BitVector dropped(func.getNumResults());
  unsigned argument =
      func->getAttrOfType<IntegerAttr>("atled.num_inputs").getInt();
  for (OpOperand &result : terminator->getOpOperands()) {
    if (!isa<MemRefType>(result.get().getType()))
      continue;
    if (getRoot(result.get()) != func.getArgument(argument++))
      return func.emitOpError("result ")
             << result.getOperandNumber()
             << " was not computed in its destination";
    dropped.set(result.getOperandNumber());
  }
  terminator->eraseOperands(dropped);
  return func.eraseResults(dropped);
}

/// The same at a call, whose destinations are the operands after the inputs.
static void dropDestinationResults(func::CallOp call, func::FuncOp callee) {
  unsigned operand =
      callee->getAttrOfType<IntegerAttr>("atled.num_inputs").getInt();
  for (OpResult result : call.getResults())
    if (isa<MemRefType>(result.getType()))
      result.replaceAllUsesWith(call.getOperand(operand++));
  OpBuilder builder(call);
  auto updated =
      func::CallOp::create(builder, call.getLoc(), callee, call.getOperands());
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  auto scalars = llvm::filter_to_vector(call.getResults(), [](Value result) {
    return !isa<MemRefType>(result.getType());
  });
  for (auto [result, value] : llvm::zip_equal(scalars, updated.getResults()))
    result.replaceAllUsesWith(value);
  call.erase();
}

namespace {
struct BufferizePass : atled::impl::BufferizePassBase<BufferizePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    bufferization::BufferizationState state;
    if (failed(insertCopies(module)) || failed(eliminateEmptyTensors(module)) ||
        failed(bufferization::runOneShotModuleBufferize(module, getOptions(),
                                                        state)))
      return signalPassFailure();
    for (auto func : module.getOps<func::FuncOp>())
      if (failed(dropDestinationResults(func)))
        return signalPassFailure();
    SymbolTable symbols(module);
    module.walk([&](func::CallOp call) {
      dropDestinationResults(call,
                             symbols.lookup<func::FuncOp>(call.getCallee()));
    });
  }
};
} // namespace
