//===- ByteSize.h - How much memory a tensor takes -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_BYTESIZE_H
#define ATLED_SUPPORT_BYTESIZE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinTypes.h"

namespace atled {

/// Whether a tensor of such elements holds numbers, whose size is known: MLIR
/// lets elements be vectors and buffers, too.
bool hasElementBytes(Type type);

/// The bytes of a number. An i1 takes one, and an index 8 on all targets there
/// are.
int64_t getElementBytes(Type type);

/// Whether the strides of `type` in bytes fit an int64_t. Extents of 0 count as
/// 1, for they do not make the other strides smaller.
bool isAddressable(RankedTensorType type);

} // namespace atled

#endif // ATLED_SUPPORT_BYTESIZE_H
