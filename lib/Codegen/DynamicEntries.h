//===- DynamicEntries.h - Functions whose callers say sizes ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the passes share that compile public functions on tensors of dynamic
// shape.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_DYNAMICENTRIES_H
#define ATLED_LIB_CODEGEN_DYNAMICENTRIES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// No tensor and no workspace has as many bytes. Sums of a few stay below 2^63.
inline constexpr int64_t kMostDynamicBytes = int64_t(1) << 60;

/// Whether `function` is public, has a body, and has a tensor of dynamic shape
/// in its signature, or belongs to one that has.
bool isDynamicEntry(func::FuncOp function);

/// Calls `visit` with each dynamic dimension of `type`, in order.
void forEachDynamicDim(Type type, function_ref<void(int64_t)> visit);

unsigned countDynamicDims(TypeRange types);

/// How many dynamic dimensions the inputs of `function` have: its arguments,
/// but for what outputs' buffers hold.
unsigned countInputDims(func::FuncOp function);

/// Says so if the elements of `type` are no numbers: their size is not known.
LogicalResult verifyNumbers(Location loc, ShapedType type);

/// The bytes of `sizes` elements; not less than kMostDynamicBytes where it is
/// as much. None where a size is negative, as that of a temporary may be whose
/// loop does not run.
Value buildByteSize(ImplicitLocOpBuilder &b, Type element, ValueRange sizes);

/// Makes the buffers that `function`, a dynamic entry, takes plain addresses
/// (`memref<1xf32>` for `memref<?x4xf32>`), and adds an argument behind them
/// for each dynamic dimension that its caller says. Returns the call that tells
/// it the others.
func::CallOp takeExtents(func::FuncOp function);

/// Makes reshapes to buffers of dynamic shape views that compute no indices.
void viewReshapes(func::FuncOp function);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_DYNAMICENTRIES_H
