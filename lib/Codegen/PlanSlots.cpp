//===- PlanSlots.cpp - Buffers whose size the caller tells ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlanSlots.h"
#include "DynamicEntries.h"
#include "PlanArena.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace atled;

/// Makes the companion, and tells `resolver` what the numbers that the function
/// has of its caller are there.
SlotPlanner::SlotPlanner(func::FuncOp function)
    : function(function), extents(takeExtents(function)),
      b(function.getLoc(), function.getContext()), resolver(b) {
  unsigned numDims =
      function->getAttrOfType<IntegerAttr>(numDimsAttrName).getInt();
  SmallVector<Value> dims(function.getArguments().take_back(numDims));
  b.setInsertionPointAfter(function);
  companion =
      func::FuncOp::create(b, (function.getName() + ".layout").str(),
                           b.getFunctionType(ValueRange(dims).getTypes(), {}));
  companion.setPrivate();
  companion->setAttr(companionAttrName, b.getUnitAttr());
  function->setAttr(layoutAttrName, FlatSymbolRefAttr::get(companion));
  b.setInsertionPointToEnd(companion.addEntryBlock());
  for (auto [dim, argument] : llvm::zip_equal(dims, companion.getArguments()))
    resolver.set(dim, argument);
  // The extents of its results.
  auto same =
      func::CallOp::create(b, extents.getCalleeAttr(), extents.getResultTypes(),
                           companion.getArguments());
  for (auto [result, here] :
       llvm::zip_equal(extents.getResults(), same.getResults()))
    resolver.set(result, here);
  setKnownIndices(same.getResults());
}

/// The companion tells the indices that arguments have last.
void SlotPlanner::setKnownIndices(ValueRange results) {
  for (BlockArgument argument : llvm::reverse(function.getArguments())) {
    if (!function.getArgAttr(argument.getArgNumber(), knownAttrName))
      continue;
    for (Operation *user : argument.getUsers())
      if (auto load = dyn_cast<memref::LoadOp>(user))
        resolver.set(load, results.back());
    results = results.drop_back();
  }
}

Value SlotPlanner::getBytes(Type element, ArrayRef<Value> sizes) {
  std::vector<const void *> key;
  for (Value size : sizes)
    key.push_back(size.getAsOpaquePointer());
  Value &bytes = known[{element.getAsOpaquePointer(), key}];
  if (!bytes)
    bytes = buildByteSize(b, element, sizes);
  return bytes;
}

bool SlotPlanner::add(memref::AllocOp alloc) {
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < alloc.getType().getRank(); ++dim)
    sizes.push_back(resolver.resolve(alloc.getResult(), dim));
  if (llvm::is_contained(sizes, Value()) ||
      !alloc.getType().getLayout().isIdentity())
    return false;
  buffers.push_back(
      {alloc, getBytes(alloc.getType().getElementType(), sizes), {}});
  return true;
}

unsigned SlotPlanner::findSlot(ArrayRef<Slot> slots, const Buffer &buffer) {
  auto isFree = [&](const Slot &slot) {
    return llvm::none_of(slot.lifetimes, [&](const Lifetime &other) {
      return other.meets(buffer.lifetime);
    });
  };
  unsigned best = slots.size();
  for (auto [index, slot] : llvm::enumerate(slots)) {
    if (!isFree(slot))
      continue;
    if (llvm::is_contained(slot.bytes, buffer.bytes))
      return index;
    best = std::min<unsigned>(best, index);
  }
  return best;
}

void SlotPlanner::assign(const Lifetimes &lifetimes, int64_t bytes) {
  for (Buffer &buffer : buffers)
    buffer.lifetime = lifetimes.of(buffer.alloc.getResult());
  llvm::stable_sort(buffers, [](const Buffer &lhs, const Buffer &rhs) {
    return lhs.lifetime.begin < rhs.lifetime.begin;
  });
  for (Buffer &buffer : buffers) {
    buffer.slot = findSlot(slots, buffer);
    if (buffer.slot == slots.size())
      slots.emplace_back();
    Slot &slot = slots[buffer.slot];
    slot.lifetimes.push_back(buffer.lifetime);
    if (!llvm::is_contained(slot.bytes, buffer.bytes))
      slot.bytes.push_back(buffer.bytes);
  }

  Value end = arith::ConstantIndexOp::create(b, bytes);
  SmallVector<Value> results = {Value()};
  for (const Slot &slot : slots) {
    results.push_back(end);
    Value size = slot.bytes.front();
    for (Value other : ArrayRef(slot.bytes).drop_front())
      size = arith::MaxUIOp::create(b, size, other);
    end = buildEnd(b, end, size, kMostDynamicBytes);
  }
  results.front() = end;
  func::ReturnOp::create(b, results);
  companion.setFunctionType(b.getFunctionType(companion.getArgumentTypes(),
                                              ValueRange(results).getTypes()));
}

void SlotPlanner::place(Value workspace) {
  if (slots.empty())
    return;
  b.setInsertionPointAfter(extents);
  auto layout = func::CallOp::create(b, companion, extents.getOperands());
  for (Buffer &buffer : buffers) {
    memref::AllocOp alloc = buffer.alloc;
    b.setInsertionPoint(alloc);
    b.setLoc(alloc.getLoc());
    alloc.replaceAllUsesWith(
        memref::ViewOp::create(b, alloc.getType(), workspace,
                               layout.getResult(buffer.slot + 1),
                               alloc.getDynamicSizes())
            .getResult());
    alloc.erase();
  }
}
