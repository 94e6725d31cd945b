//===- Padding.h - Margins and gaps ------------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_PADDING_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_PADDING_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace atled {

/// The tensor `x` with `element` around and between its elements, as
/// `atled.pad` would put it; the result has the type `type`.
Value pad(OpBuilder &builder, Location loc, Value x, Value element,
          ArrayRef<int64_t> low, ArrayRef<int64_t> high,
          ArrayRef<int64_t> interior, RankedTensorType type);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_PADDING_H
