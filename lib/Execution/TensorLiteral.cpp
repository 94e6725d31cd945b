//===- TensorLiteral.cpp - Tensors written on a command line --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/HostTensor.h"
#include "atled/Execution/RandomTensor.h"
#include "llvm/ADT/StringExtras.h"
#include <cstdlib>

using namespace atled;

bool atled::isTensorLiteral(StringRef text) {
  size_t equals = text.find('=');
  if (equals == StringRef::npos)
    return false;
  llvm::Expected<TensorSignature> signature =
      TensorSignature::parse(text.take_front(equals));
  if (signature)
    return true;
  llvm::consumeError(signature.takeError());
  return false;
}

/// As C reads it, and so the programs that are made of objects.
static llvm::Error parseFloat(HostTensor &tensor, int64_t index,
                              StringRef text) {
  std::string digits = text.str();
  char *end = nullptr;
  double value = std::strtod(digits.c_str(), &end);
  if (text.empty() || end != digits.c_str() + digits.size())
    return llvm::createStringError("'" + text + "' is not a number");
  tensor.setFloat(index, value);
  return llvm::Error::success();
}

static llvm::Error parseInteger(HostTensor &tensor, int64_t index,
                                StringRef text) {
  ElementKind kind = tensor.getKind();
  if (kind == ElementKind::I1 && (text == "true" || text == "false")) {
    tensor.setInteger(index, text == "true");
    return llvm::Error::success();
  }
  StringRef digits = text;
  bool isNegative = digits.consume_front("-");
  APInt magnitude;
  if (!digits.empty() && !llvm::isDigit(digits.front()))
    digits = "";
  if (digits.getAsInteger(10, magnitude))
    return llvm::createStringError("'" + text + "' is not an integer");

  unsigned bits = kind == ElementKind::I1 ? 1 : getByteWidth(kind) * 8;
  // One more bit than either needs, so that the negation is exact.
  APInt value = magnitude.zext(std::max(magnitude.getBitWidth(), bits) + 1);
  if (isNegative)
    value.negate();
  bool fits = isUnsigned(kind) ? !value.isNegative() && value.isIntN(bits)
                               : value.isSignedIntN(bits);
  if (!fits)
    return llvm::createStringError("'" + text + "' does not fit " +
                                   getName(kind));
  tensor.setInteger(index, value.sextOrTrunc(64).getSExtValue());
  return llvm::Error::success();
}

static llvm::Error parseElement(HostTensor &tensor, int64_t index,
                                StringRef text) {
  text = text.trim();
  return isFloat(tensor.getKind()) ? parseFloat(tensor, index, text)
                                   : parseInteger(tensor, index, text);
}

/// Reads `random` and `random:7`; nothing where `text` is neither.
static std::optional<uint64_t> parseRandomSeed(StringRef text) {
  uint64_t seed = 0;
  if (!text.consume_front("random"))
    return std::nullopt;
  if (text.empty())
    return seed;
  if (!text.consume_front(":") || text.getAsInteger(10, seed))
    return std::nullopt;
  return seed;
}

static llvm::Error fill(HostTensor &tensor, StringRef text) {
  if (std::optional<uint64_t> seed = parseRandomSeed(text)) {
    if (!isFloat(tensor.getKind()))
      return llvm::createStringError(
          "random numbers are normally distributed, and " +
          getName(tensor.getKind()) + " is no floating-point type");
    fillWithNormal(tensor, *seed);
    return llvm::Error::success();
  }

  SmallVector<StringRef> elements;
  if (!text.trim().empty())
    text.split(elements, ',');
  int64_t count = tensor.getNumElements();
  bool isSplat = elements.size() == 1;
  if (!isSplat && static_cast<int64_t>(elements.size()) != count)
    return llvm::createStringError("a tensor of type " +
                                   tensor.getSignature().str() + " has " +
                                   llvm::Twine(count) + " elements, and " +
                                   llvm::Twine(elements.size()) + " are given");
  for (int64_t index = 0; index < count; ++index)
    if (llvm::Error error =
            parseElement(tensor, index, elements[isSplat ? 0 : index]))
      return error;
  return llvm::Error::success();
}

llvm::Expected<HostTensor> atled::parseTensorLiteral(StringRef text) {
  auto [type, elements] = text.split('=');
  llvm::Expected<TensorSignature> signature = TensorSignature::parse(type);
  if (!signature)
    return signature.takeError();
  llvm::Expected<HostTensor> tensor = HostTensor::create(std::move(*signature));
  if (!tensor)
    return tensor.takeError();
  if (llvm::Error error = fill(*tensor, elements))
    return error;
  return tensor;
}
