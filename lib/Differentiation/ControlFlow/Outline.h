//===- Outline.h - Parts of functions as functions --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_OUTLINE_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_OUTLINE_H

#include "LoopSlice.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"

namespace atled {

/// Replaces every `ad.checkpoint` in the module by a call, with the attribute
/// of that name, of a function that runs its region.
void outlineCheckpoints(ModuleOp module);

/// Some iterations of a loop, or of a slice of it, as a private function.
class LoopFunction {
public:
  LoopFunction(SymbolTable &symbols, const LoopSlice &slice);

  /// Runs the iterations with the numbers from `first` to the one before
  /// `last`, on what the slice carries before them. What the call returns is
  /// what it carries after them.
  func::CallOp call(OpBuilder &builder, Value first, Value last,
                    ValueRange carried);

private:
  func::FuncOp function;
  /// What the loop uses from outside.
  SmallVector<Value> captured;
};

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_OUTLINE_H
