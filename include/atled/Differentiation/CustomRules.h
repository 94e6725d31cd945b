//===- CustomRules.h - Derivatives that are given --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_CUSTOMRULES_H
#define ATLED_DIFFERENTIATION_CUSTOMRULES_H

#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atled {

/// The custom rules that stand in a module, by the function they are for.
class CustomRules {
public:
  explicit CustomRules(ModuleOp module);

  /// The rule of `function` for a mode, or null.
  ad::CustomVjpOp getVjp(func::FuncOp function) const {
    return vjps.lookup(function.getNameAttr());
  }
  ad::CustomJvpOp getJvp(func::FuncOp function) const {
    return jvps.lookup(function.getNameAttr());
  }
  /// Whether `function` has a rule: then no derivative looks into its body.
  bool contains(func::FuncOp function) const {
    return getVjp(function) || getJvp(function);
  }

  /// The rules of `function`, and the functions that they consist of.
  SmallVector<std::pair<Operation *, FlatSymbolRefAttr>>
  getParts(func::FuncOp function) const;

private:
  DenseMap<StringAttr, ad::CustomVjpOp> vjps;
  DenseMap<StringAttr, ad::CustomJvpOp> jvps;
};

} // namespace atled

#endif // ATLED_DIFFERENTIATION_CUSTOMRULES_H
