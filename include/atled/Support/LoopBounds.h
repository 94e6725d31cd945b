//===- LoopBounds.h - Between which numbers a loop counts ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_LOOPBOUNDS_H
#define ATLED_SUPPORT_LOOPBOUNDS_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Whether `loop` has an iteration: whether `lower`, which stands for its lower
/// bound, is less than `upper`, as the loop compares them.
Value buildHasIterations(ImplicitLocOpBuilder &b, scf::ForOp loop, Value lower,
                         Value upper);

} // namespace atled

#endif // ATLED_SUPPORT_LOOPBOUNDS_H
