//===- LoopSlice.h - What runs again of a loop ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_LOOPSLICE_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_LOOPSLICE_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

namespace atled {

/// Some of what a loop carries, and what of its body that takes.
struct LoopSlice {
  /// The whole loop.
  explicit LoopSlice(scf::ForOp loop);
  /// What computes `values` of the body, in every iteration.
  LoopSlice(scf::ForOp loop, ValueRange values);

  /// Those of `values`, one for each that the loop carries, that the slice
  /// carries.
  SmallVector<Value> select(ValueRange values) const;
  bool isWhole() const {
    scf::ForOp loop = this->loop;
    return carried.size() == loop.getNumResults();
  }

  /// Builds a loop that runs the iterations with the numbers from `first` to
  /// the one before `last`, on what the slice carries before them. `mapping`
  /// tells what stands for values from outside, and gets what stands for those
  /// of the body. The induction variable is the number.
  scf::ForOp build(OpBuilder &builder, IRMapping &mapping, Value first,
                   Value last, ValueRange carried) const;

  scf::ForOp loop;
  /// The positions of what is carried.
  SmallVector<unsigned> carried;

private:
  llvm::SmallPtrSet<Operation *, 16> operations;
};

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_LOOPSLICE_H
