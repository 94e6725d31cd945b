//===- Window.h - Windows that slide over a tensor -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_WINDOW_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_WINDOW_H

#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/IR/AffineMap.h"

namespace atled {

/// Where each element of the result of `op`, of which it maps the indices,
/// stands in the operand.
AffineMap getPlaces(OpBuilder &builder, UnfoldOp op);

/// Lets what would read windows read what they slide over: `inputs` and `maps`
/// become the operand of `op`, which is `source`, and a tensor of the shape of
/// a window, which only says how far loops go.
void readThroughWindows(OpBuilder &builder, UnfoldOp op, Value source,
                        SmallVector<Value> &inputs,
                        SmallVector<AffineMap> &maps);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_WINDOW_H
