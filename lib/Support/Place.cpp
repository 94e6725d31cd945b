//===- Place.cpp - Where in a program something is ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Place.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Path.h"

using namespace atled;

std::string atled::formatPlace(Location location) {
  auto place = location->findInstanceOf<FileLineColLoc>();
  if (!place)
    return "";
  std::string text =
      (place.getFilename().getValue() + ":" + Twine(place.getLine())).str();
  if (place.getColumn())
    text += ":" + std::to_string(place.getColumn());
  return text;
}

std::string atled::formatPlaceInFile(Location location) {
  return llvm::sys::path::filename(formatPlace(location)).str();
}
