//===- DerivativeLocation.h - Which derivative it belongs to ---*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a rule builds is where the operation is whose derivative it is. Its
// location says so, so that one can tell the two later, whatever became of
// them.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_DERIVATIVELOCATION_H
#define ATLED_DIFFERENTIATION_DERIVATIVELOCATION_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include <optional>
#include <string>

namespace atled {

/// While it lives, what is built belongs to the derivative of `primal`.
class DerivativeScope : private OpBuilder::Listener {
public:
  DerivativeScope(OpBuilder &builder, Operation *primal);
  ~DerivativeScope() override;

private:
  void notifyOperationInserted(Operation *op,
                               OpBuilder::InsertPoint previous) override;

  OpBuilder &builder;
  OpBuilder::Listener *outer;
  StringAttr name;
};

/// "the derivative of 'atled.sqrt'" for what belongs to one, nothing for what
/// the program itself computes.
std::optional<std::string> describeDerivative(Location location);

} // namespace atled

#endif // ATLED_DIFFERENTIATION_DERIVATIVELOCATION_H
