//===- WidenBooleans.cpp - Booleans are stored as bytes -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A buffer of i1 becomes a buffer of i8 that holds 0 or 1. It happens once
// there are only loads and stores, so that few operations need to know.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace atled {
#define GEN_PASS_DEF_WIDENBOOLEANSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

static bool isBooleanBuffer(Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  return buffer && buffer.getElementType().isInteger(1);
}

static Type widen(Type type) {
  if (!isBooleanBuffer(type))
    return type;
  return cast<MemRefType>(type).clone(IntegerType::get(type.getContext(), 8));
}

/// `type`, which is i1 or a vector of it, with bytes for elements.
static Type getByteType(Type type) {
  Type byte = IntegerType::get(type.getContext(), 8);
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(byte);
  return byte;
}

/// Truncates what `load` reads: `load` reads bytes from now on.
static void widenLoad(Operation *load) {
  OpBuilder builder(load->getContext());
  builder.setInsertionPointAfter(load);
  Value result = load->getResult(0);
  Type type = result.getType();
  result.setType(getByteType(type));
  auto truncated =
      arith::TruncIOp::create(builder, load->getLoc(), type, result);
  result.replaceAllUsesExcept(truncated, truncated);
}

/// Extends operand `value` of `store`.
static void widenStore(Operation *store, OpOperand &value) {
  OpBuilder builder(store);
  value.set(arith::ExtUIOp::create(builder, store->getLoc(),
                                   getByteType(value.get().getType()),
                                   value.get()));
}

static void widenGlobal(memref::GlobalOp global) {
  auto value =
      dyn_cast_or_null<DenseIntElementsAttr>(global.getInitialValueAttr());
  if (value)
    global.setInitialValueAttr(
        value.mapValues(IntegerType::get(global.getContext(), 8),
                        [](const APInt &bit) { return bit.zext(8); }));
  global.setType(cast<MemRefType>(widen(global.getType())));
}

static void widenSignature(func::FuncOp func) {
  if (func.isDeclaration())
    return func.setType(FunctionType::get(
        func.getContext(), llvm::map_to_vector(func.getArgumentTypes(), widen),
        func.getResultTypes()));
  for (BlockArgument argument : func.getArguments())
    if (isBooleanBuffer(argument.getType())) {
      func.setArgAttr(argument.getArgNumber(), elementTypeAttrName,
                      TypeAttr::get(IntegerType::get(func.getContext(), 1)));
      argument.setType(widen(argument.getType()));
    }
  func.setType(FunctionType::get(func.getContext(),
                                 func.getBody().getArgumentTypes(),
                                 func.getResultTypes()));
}

static bool loadsBooleans(Operation *op) {
  if (auto load = dyn_cast<memref::LoadOp>(op))
    return isBooleanBuffer(load.getMemRefType());
  if (auto load = dyn_cast<vector::LoadOp>(op))
    return isBooleanBuffer(load.getMemRefType());
  return false;
}

/// Widens `op` if it moves elements between a buffer of booleans and values.
static void widenAccess(Operation *op) {
  if (loadsBooleans(op))
    widenLoad(op);
  else if (auto store = dyn_cast<memref::StoreOp>(op);
           store && isBooleanBuffer(store.getMemRefType()))
    widenStore(op, store.getValueMutable());
  else if (auto store = dyn_cast<vector::StoreOp>(op);
           store && isBooleanBuffer(store.getMemRefType()))
    widenStore(op, store.getValueToStoreMutable());
}

/// Widens the buffers that `op` returns or gives to its regions.
static void widenBuffers(Operation *op) {
  if (auto global = dyn_cast<memref::GlobalOp>(op);
      global && isBooleanBuffer(global.getType()))
    widenGlobal(global);
  if (auto func = dyn_cast<func::FuncOp>(op))
    return widenSignature(func);
  for (Value result : op->getResults())
    result.setType(widen(result.getType()));
  for (Region &region : op->getRegions())
    for (Block &block : region)
      for (BlockArgument argument : block.getArguments())
        argument.setType(widen(argument.getType()));
}

namespace {
struct WidenBooleansPass
    : atled::impl::WidenBooleansPassBase<WidenBooleansPass> {
  void runOnOperation() override {
    // Accesses first: they are known by the type of their buffer.
    getOperation().walk(widenAccess);
    getOperation().walk(widenBuffers);
  }
};
} // namespace
