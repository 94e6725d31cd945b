//===- Checkpoints.h - Where less is kept for the way back ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_AD_IR_CHECKPOINTS_H
#define ATLED_LIB_DIALECT_AD_IR_CHECKPOINTS_H

#include "atled/Dialect/AD/IR/AD.h"

namespace atled::ad {

/// Verifies the attribute `ad.checkpoint` with the given value on `op`.
LogicalResult verifyCheckpoint(Operation *op, Attribute value);

} // namespace atled::ad

#endif // ATLED_LIB_DIALECT_AD_IR_CHECKPOINTS_H
