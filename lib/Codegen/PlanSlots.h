//===- PlanSlots.h - Buffers whose size the caller tells -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A temporary of a public function may be as large as the extents of its inputs
// say. Such buffers are behind those of constant size, in slots: buffers whose
// lifetimes do not meet share one, which is as large as the largest of them.
// Where slots begin, a companion of the function computes:
//
//   func.func private @f.layout(%x0: index) -> (index, index...)
//
// All the workspace that a call needs, in bytes, then the offset of each slot.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_PLANSLOTS_H
#define ATLED_LIB_CODEGEN_PLANSLOTS_H

#include "ExtentResolver.h"
#include "Lifetimes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <map>

namespace atled {

class SlotPlanner {
public:
  /// `function` is a dynamic entry. It gets the extents of its inputs.
  explicit SlotPlanner(func::FuncOp function);

  /// Gives `alloc`, of dynamic size, a slot, if its size follows from the
  /// extents of the function's inputs.
  bool add(memref::AllocOp alloc);

  /// Distributes what has been added over slots, which begin behind `bytes`.
  void assign(const Lifetimes &lifetimes, int64_t bytes);

  /// Replaces the allocations by their pieces of `workspace`.
  void place(Value workspace);

private:
  void setKnownIndices(ValueRange results);

  struct Buffer {
    memref::AllocOp alloc;
    /// In the companion; buffers of one size share it.
    Value bytes;
    Lifetime lifetime;
    unsigned slot = 0;
  };
  struct Slot {
    SmallVector<Lifetime> lifetimes;
    SmallVector<Value> bytes;
  };
  Value getBytes(Type element, ArrayRef<Value> sizes);
  /// The slot for a buffer that comes next: one of its very size, if possible.
  static unsigned findSlot(ArrayRef<Slot> slots, const Buffer &buffer);

  func::FuncOp function;
  /// What tells the function the extents of its results.
  func::CallOp extents;
  func::FuncOp companion;
  ImplicitLocOpBuilder b;
  ExtentResolver resolver;
  SmallVector<Buffer> buffers;
  SmallVector<Slot> slots;
  std::map<std::pair<const void *, std::vector<const void *>>, Value> known;
};

} // namespace atled

#endif // ATLED_LIB_CODEGEN_PLANSLOTS_H
