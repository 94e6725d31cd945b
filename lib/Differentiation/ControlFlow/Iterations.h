//===- Iterations.h - How often a loop runs ---------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_ITERATIONS_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_ITERATIONS_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

namespace atled {

/// The most iterations of `loop`, if its attribute says so.
std::optional<int64_t> getMaxIterations(Operation *loop);
void setMaxIterations(Operation *loop, int64_t bound);
void copyMaxIterations(Operation *from, Operation *to);

/// A constant that the number of iterations is at most, if there is one: bounds
/// may depend on the iteration of a loop around this one.
std::optional<int64_t> getMostIterations(scf::ForOp loop);

/// The number of iterations of `loop`: ceil((ub - lb) / step); 0 or less if ub
/// <= lb. The difference is taken as unsigned, so it does not overflow.
OpFoldResult buildTripCount(OpBuilder &builder, scf::ForOp loop);

/// For how many iterations to make room. Where the number is known, it is not
/// 0: what has no elements has no parts to be written to.
OpFoldResult buildCapacity(OpBuilder &builder, scf::ForOp loop);

/// The number of the iteration with the given induction variable.
Value buildIterationNumber(OpBuilder &builder, scf::ForOp loop);

/// The induction variable of the iteration with the given number. `mapping`
/// tells what stands for the bounds of `loop` there.
Value buildInductionVariable(OpBuilder &builder, scf::ForOp loop,
                             const IRMapping &mapping, Value number);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_ITERATIONS_H
