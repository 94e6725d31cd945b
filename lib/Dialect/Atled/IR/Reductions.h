//===- Reductions.h - The types of reductions ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_REDUCTIONS_H
#define ATLED_LIB_DIALECT_ATLED_IR_REDUCTIONS_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"
#include <optional>

namespace atled {

/// Infers the type of what reduces `x` over `dimensions`; reports what is wrong
/// with them.
LogicalResult inferReduction(std::optional<Location> location, StringRef op,
                             Value x, ArrayRef<int64_t> dimensions,
                             SmallVectorImpl<Type> &inferredReturnTypes);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_IR_REDUCTIONS_H
