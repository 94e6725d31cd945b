//===- CustomRules.cpp - The functions whose derivatives are given --------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Collects the custom rules of a module.
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/CustomRules.h"

using namespace atled;

CustomRules::CustomRules(ModuleOp module) {
  for (auto rule : module.getOps<ad::CustomVjpOp>())
    vjps[rule.getFunctionAttr().getAttr()] = rule;
  for (auto rule : module.getOps<ad::CustomJvpOp>())
    jvps[rule.getFunctionAttr().getAttr()] = rule;
}

SmallVector<std::pair<Operation *, FlatSymbolRefAttr>>
CustomRules::getParts(func::FuncOp function) const {
  SmallVector<std::pair<Operation *, FlatSymbolRefAttr>> parts;
  if (ad::CustomVjpOp rule = getVjp(function)) {
    parts.emplace_back(rule, rule.getForwardAttr());
    parts.emplace_back(rule, rule.getReverseAttr());
  }
  if (ad::CustomJvpOp rule = getJvp(function))
    parts.emplace_back(rule, rule.getRuleAttr());
  return parts;
}
