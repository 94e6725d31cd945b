//===- LoopBounds.cpp - Between which numbers a loop counts ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/LoopBounds.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace atled;

Value atled::buildHasIterations(ImplicitLocOpBuilder &b, scf::ForOp loop,
                                Value lower, Value upper) {
  auto predicate = loop.getUnsignedCmp() ? arith::CmpIPredicate::ult
                                         : arith::CmpIPredicate::slt;
  return b.createOrFold<arith::CmpIOp>(predicate, lower, upper);
}
