//===- SpecialDialect.cpp - Functions that upstream's math lacks ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Special/IR/Special.h"

using namespace atled;

#include "atled/Dialect/Special/IR/SpecialDialect.cpp.inc"

#define GET_OP_CLASSES
#include "atled/Dialect/Special/IR/SpecialOps.cpp.inc"

void special::SpecialDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "atled/Dialect/Special/IR/SpecialOps.cpp.inc"
      >();
}
