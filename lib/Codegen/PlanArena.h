//===- PlanArena.h - Buffers whose size only the run tells -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Behind what is planned, a workspace has room for buffers of dynamic size: the
// arena. A function that needs it takes four more arguments, in front of its
// workspace:
//
//   base    memref<1xi8>    the workspace of the entry, of which all offsets
//   count frame   index           where this function's own workspace begins in
//   there top     index           where what is free of the arena begins state
//   memref<2xi64>   how far the arena reaches; how far it would have had
//                           to reach
//
// A buffer that does not fit gets room for one row in the function's workspace,
// and every access to it goes there. What is computed from what is read there
// is meaningless: the call fails before that decides anything, and at the
// latest where the block ends. By then it is known how far the arena would have
// had to reach for all that is kept on the way there.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_PLANARENA_H
#define ATLED_LIB_CODEGEN_PLANARENA_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Where a buffer of `bytes`, rounded up to a workspace's alignment, ends that
/// begins at `begin`; at most `most`, so that sums of ends do not overflow.
Value buildEnd(ImplicitLocOpBuilder &b, Value begin, Value bytes, int64_t most);

/// Whether `function` takes the arguments above.
bool hasArena(func::FuncOp function);

/// Whether a buffer of this type can be in the arena: only its first dimension
/// is dynamic.
bool canBeInArena(MemRefType type);

/// The part of a buffer with one index in the first dimension.
MemRefType getRowType(MemRefType type);

/// Notes where in its function's workspace an allocation has room for one row,
/// or a call the workspace of its callee.
void setFrameOffset(Operation *op, int64_t offset);

/// Puts the allocations of `function` that have such a note into the arena, in
/// the order of its text, and passes the arena on in calls that have one. The
/// function has no workspace argument yet.
LogicalResult planArena(func::FuncOp function);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_PLANARENA_H
