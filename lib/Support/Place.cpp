//===- Place.cpp - Where in a program something is ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Place.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/Path.h"

using namespace atled;

std::string atled::formatPlace(Location location) {
  auto place = location->findInstanceOf<FileLineColLoc>();
  if (!place)
    return "";
  std::string text = place.getFilename().str();
  for (unsigned number : {place.getLine(), place.getColumn()})
    if (number != 0)
      text += ":" + std::to_string(number);
  return text;
}

std::string atled::formatPlaceInFile(Location location) {
  return llvm::sys::path::filename(formatPlace(location)).str();
}
