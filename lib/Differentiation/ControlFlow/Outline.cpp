//===- Outline.cpp - Parts of functions as functions ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What runs again on the way back is a function of its own. So nothing finds
// out that it computes what was computed before, and keeps that instead.
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace atled;

/// Creates a private function, called after the one that `op` is in. `used` and
/// what the regions of `op` use from outside become its last arguments, which
/// `captured` are to be passed to; constants are built in it again.
static func::FuncOp createFunction(SymbolTable &symbols, Operation *op,
                                   StringRef suffix, TypeRange arguments,
                                   TypeRange results,
                                   llvm::SetVector<Value> used,
                                   SmallVectorImpl<Value> &captured,
                                   IRMapping &mapping) {
  getUsedValuesDefinedAbove(op->getRegions(), used);
  SmallVector<Operation *> constants;
  for (Value value : used) {
    if (matchPattern(value, m_Constant()))
      constants.push_back(value.getDefiningOp());
    else
      captured.push_back(value);
  }
  SmallVector<Type> types(arguments);
  llvm::append_range(types, ValueRange(captured).getTypes());
  auto parent = op->getParentOfType<FunctionOpInterface>();
  StringRef prefix = parent ? parent.getName() : "module";
  auto function =
      func::FuncOp::create(op->getLoc(), (prefix + "." + suffix).str(),
                           FunctionType::get(op->getContext(), types, results));
  function.setPrivate();
  auto builder = OpBuilder::atBlockEnd(function.addEntryBlock());
  mapping.map(captured, function.getArguments().take_back(captured.size()));
  for (Operation *constant : constants)
    builder.clone(*constant, mapping);
  symbols.insert(function);
  return function;
}

//===----------------------------------------------------------------------===//
// Checkpoints
//===----------------------------------------------------------------------===//

static void outline(SymbolTable &symbols, ad::CheckpointOp checkpoint) {
  SmallVector<Value> captured;
  IRMapping mapping;
  func::FuncOp function =
      createFunction(symbols, checkpoint, "checkpoint", {},
                     checkpoint.getResultTypes(), {}, captured, mapping);
  auto builder = OpBuilder::atBlockEnd(&function.getBody().front());
  Block &body = checkpoint.getBody().front();
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping);
  SmallVector<Value> returned = llvm::map_to_vector(
      body.getTerminator()->getOperands(),
      [&](Value value) { return mapping.lookupOrDefault(value); });
  func::ReturnOp::create(builder, checkpoint.getLoc(), returned);

  builder.setInsertionPoint(checkpoint);
  auto call =
      func::CallOp::create(builder, checkpoint.getLoc(), function, captured);
  call->setAttr(ad::ADDialect::checkpointAttrName, builder.getUnitAttr());
  checkpoint.replaceAllUsesWith(call.getResults());
  checkpoint.erase();
}

void atled::outlineCheckpoints(ModuleOp module) {
  SymbolTable symbols(module);
  // Inner ones before those around them.
  SmallVector<ad::CheckpointOp> checkpoints;
  module.walk([&](ad::CheckpointOp op) { checkpoints.push_back(op); });
  for (ad::CheckpointOp checkpoint : checkpoints)
    outline(symbols, checkpoint);
}

//===----------------------------------------------------------------------===//
// Iterations of a loop
//===----------------------------------------------------------------------===//

LoopFunction::LoopFunction(SymbolTable &symbols, const LoopSlice &slice) {
  scf::ForOp loop = slice.loop;
  SmallVector<Type> arguments(2, IndexType::get(loop.getContext()));
  SmallVector<Value> carried = slice.select(loop.getRegionIterArgs());
  llvm::append_range(arguments, ValueRange(carried).getTypes());
  llvm::SetVector<Value> used;
  used.insert_range(ArrayRef({loop.getLowerBound(), loop.getStep()}));
  IRMapping mapping;
  function =
      createFunction(symbols, loop, "iterations", arguments,
                     ValueRange(carried).getTypes(), used, captured, mapping);
  auto builder = OpBuilder::atBlockEnd(&function.getBody().front());
  ValueRange values = function.getArguments();
  scf::ForOp body = slice.build(builder, mapping, values[0], values[1],
                                values.slice(2, carried.size()));
  func::ReturnOp::create(builder, loop.getLoc(), body.getResults());
}

func::CallOp LoopFunction::call(OpBuilder &builder, Value first, Value last,
                                ValueRange carried) {
  SmallVector<Value> operands = {first, last};
  llvm::append_range(operands, carried);
  llvm::append_range(operands, captured);
  return func::CallOp::create(builder, function.getLoc(), function, operands);
}
