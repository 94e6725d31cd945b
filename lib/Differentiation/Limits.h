//===- Limits.h - How far a program may go ----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_LIMITS_H
#define ATLED_LIB_DIFFERENTIATION_LIMITS_H

#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

namespace atled {

/// What only a run tells.
enum class Limit { Step, Iterations, Depth };

/// Builds the assertion that `holds`; if it does not, that is because of
/// `limit`.
inline void assertLimit(OpBuilder &builder, Location location, Value holds,
                        Limit limit, StringRef message) {
  static constexpr StringRef names[] = {"step", "iterations", "depth"};
  auto assertion = cf::AssertOp::create(builder, location, holds, message);
  assertion->setAttr(ad::ADDialect::limitAttrName,
                     builder.getStringAttr(names[unsigned(limit)]));
}

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_LIMITS_H
