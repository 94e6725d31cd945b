//===- AtledDialect.cpp - Registration of the atled dialect ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/Atled.h"

using namespace atled;

#include "atled/Dialect/Atled/IR/AtledDialect.cpp.inc"

void AtledDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "atled/Dialect/Atled/IR/AtledOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "atled/Dialect/Atled/IR/AtledOps.cpp.inc"
