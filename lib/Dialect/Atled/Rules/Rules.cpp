//===- Rules.cpp - Derivatives of the atled dialect -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rules themselves stand below the operations, in the .td files; here they
// are compiled and attached.
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/Rules/Rules.h"
#include "RuleFunctions.h"

using namespace atled;

#include "atled/Dialect/Atled/Rules/Rules.cpp.inc"

void atled::registerDerivativeRules(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, AtledDialect *) {
    attachTensorSpace(context);
    attachIndexingRules(context);
    attachSortingRules(context);
    attachReductionRules(context);
    attachStatisticsRules(context);
    attachScanRules(context);
    populateAtledDerivatives(context);
  });
}
