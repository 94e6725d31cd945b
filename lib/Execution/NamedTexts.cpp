//===- NamedTexts.cpp - Inputs and outputs on a command line --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/NamedTexts.h"
#include "atled/Execution/HostTensor.h"
#include "atled/Support/NearestName.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

NamedText atled::splitName(StringRef text) {
  auto [name, rest] = text.split('=');
  bool isName =
      name.size() < text.size() && !name.empty() &&
      !llvm::isDigit(name.front()) &&
      llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
  return isName && !isTensorLiteral(text) ? NamedText{name, rest}
                                          : NamedText{"", text};
}

static llvm::Expected<unsigned> findTensor(ArrayRef<EntryTensor> tensors,
                                           StringRef name, StringRef kind,
                                           StringRef function) {
  SmallVector<StringRef> names;
  for (auto [index, tensor] : llvm::enumerate(tensors)) {
    if (tensor.name == name)
      return index;
    names.push_back(tensor.name);
  }
  return llvm::createStringError("@" + function + " has no " + kind + " '" +
                                 name + "'" + suggestNearestName(name, names));
}

llvm::Expected<SmallVector<StringRef>>
atled::assignTexts(ArrayRef<std::string> texts, ArrayRef<EntryTensor> tensors,
                   StringRef kind, StringRef function) {
  SmallVector<StringRef> assigned(tensors.size());
  SmallVector<StringRef> unnamed;
  for (StringRef given : texts) {
    auto [name, text] = splitName(given);
    if (text.empty())
      return llvm::createStringError(kind + " '" + name + "' lacks a value");
    if (name.empty()) {
      unnamed.push_back(text);
      continue;
    }
    llvm::Expected<unsigned> index = findTensor(tensors, name, kind, function);
    if (!index)
      return index.takeError();
    if (!assigned[*index].empty())
      return llvm::createStringError(kind + " '" + name + "' is given twice");
    assigned[*index] = text;
  }
  auto next = assigned.begin();
  for (StringRef text : unnamed) {
    next = std::find(next, assigned.end(), "");
    if (next == assigned.end())
      break;
    *next = text;
  }
  return assigned;
}
