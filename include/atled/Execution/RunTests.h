//===- RunTests.h - Running the tests of a program --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_RUNTESTS_H
#define ATLED_EXECUTION_RUNTESTS_H

#include "atled/Pipelines/Compile.h"

namespace atled {

/// Compiles and runs the tests in `module`, or the one called `name` where that
/// is not empty. Emits an error at each check that does not hold, and prints a
/// line that sums up. Fails where one did not hold, or none is there.
LogicalResult runTests(ModuleOp module, StringRef name,
                       const CompileOptions &options, raw_ostream &os);

} // namespace atled

#endif // ATLED_EXECUTION_RUNTESTS_H
