//===- SingularBranches.cpp - Choices do not keep NaN out -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SingularBranches.h"
#include "Diagnostics.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/SetVector.h"

using namespace atled;

/// The nearest operation behind `value` with a derivative that may be infinite.
static Operation *findSingular(Value value, const Activity &activity) {
  llvm::SetVector<Operation *> sources;
  auto add = [&](Value operand) {
    Operation *source = operand.getDefiningOp();
    if (source && activity.isActive(operand) &&
        source->hasTrait<OpTrait::Elementwise>())
      sources.insert(source);
  };
  add(value);
  for (size_t i = 0; i < sources.size(); ++i) {
    auto rule = dyn_cast<DifferentiableOpInterface>(sources[i]);
    if (rule && rule.isSingular())
      return sources[i];
    llvm::for_each(sources[i]->getOperands(), add);
  }
  return nullptr;
}

void atled::remarkSingularBranches(SelectLikeOpInterface select,
                                   const Activity &activity) {
  if (!select->getContext()->getRemarkEngine())
    return;
  for (Value branch : {select.getTrueValue(), select.getFalseValue()}) {
    Operation *singular = findSingular(branch, activity);
    if (!singular)
      continue;
    std::string place;
    llvm::raw_string_ostream os(place);
    printPlace(singular->getLoc(), os);
    remark::analysis(
        select.getLoc(),
        remark::RemarkOpts::name("select").category("ad-differentiate"))
        << remark::reason(
               "where the other operand is chosen, the 0 that goes back meets "
               "the derivative of '{0}' at {1}, which may be infinite: then it "
               "is NaN",
               singular->getName().getStringRef(), place)
        << remark::suggest(
               "choose what goes into it instead of what comes out, or "
               "use strong-zeros");
  }
}
