//===- Place.h - Where in a program something is ---------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_PLACE_H
#define ATLED_SUPPORT_PLACE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Location.h"
#include <string>

namespace atled {

/// "models/mlp.mlir:12:8" for a diagnostic. What was traced has no column, and
/// is in "mlp.cpp:12"; all of a program has no line. Empty where nothing is
/// known.
std::string formatPlace(Location location);

/// The same without the folder, "mlp.mlir:12:8", for what is emitted: the same
/// program gives the same bytes in every one.
std::string formatPlaceInFile(Location location);

} // namespace atled

#endif // ATLED_SUPPORT_PLACE_H
