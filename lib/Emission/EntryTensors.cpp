//===- EntryTensors.cpp - What an entry takes, or returns -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How many residuals a function has, and what they are, is no affair of its
// caller, who gets one buffer for all: each lies at an aligned offset of it.
//
//===----------------------------------------------------------------------===//

#include "EntryTensors.h"
#include "CNames.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/ByteSize.h"
#include "atled/atled.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

int64_t EntryTensor::getElementBytes() const {
  return atled::getElementBytes(type.getElementType());
}

int64_t EntryTensor::getAlignment() const {
  return residuals ? ATLED_WORKSPACE_ALIGN : getElementBytes();
}

int64_t EntryTensor::getBytes() const {
  return type.getNumElements() * getElementBytes();
}

int64_t atled::getResidualBytes(RankedTensorType type) {
  int64_t bytes = getElementBytes(type.getElementType());
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(bytes, extent, bytes) || bytes > kMostResidualBytes)
      bytes = kMostResidualBytes;
  return bytes;
}

void EntryTensors::add(unsigned index, RankedTensorType type,
                       DictionaryAttr attributes, Location location) {
  Builder builder(type.getContext());
  if (!isResidual(attributes)) {
    tensors.push_back({"", type, std::nullopt});
    auto name = attributes ? attributes.getAs<StringAttr>(tensorNameAttrName)
                           : StringAttr();
    sources.push_back({index, name, location});
    return;
  }
  if (!residuals) {
    residuals = tensors.size();
    tensors.push_back({"", RankedTensorType::get({0}, builder.getI8Type()),
                       std::vector<RankedTensorType>()});
    sources.push_back({index, builder.getStringAttr("residuals"), location});
  }
  tensors[*residuals].residuals->push_back(type);
}

FailureOr<SmallVector<EntryTensor>> EntryTensors::take() {
  llvm::StringMap<const Source *> used;
  for (auto [tensor, source] : llvm::zip_equal(tensors, sources)) {
    std::string name = source.name ? source.name.str()
                                   : (kind == "argument" ? "in" : "out") +
                                         Twine(source.index).str();
    if (!isCIdentifier(name)) {
      InFlightDiagnostic diagnostic = emitError(source.location)
                                      << kind << " " << source.index
                                      << " is named '" << name
                                      << "', which is no C identifier";
      diagnostic.attachNote(source.location)
          << "'atled.name' is what C calls it, which named() says in C++";
      return diagnostic;
    }
    if (isReservedInC(name))
      name += "_";
    auto [previous, isNew] = used.try_emplace(name, &source);
    if (!isNew) {
      InFlightDiagnostic diagnostic =
          emitError(source.location)
          << kind << " " << source.index << " is named '" << name
          << "' in C, and so is " << kind << " " << previous->second->index;
      diagnostic.attachNote(previous->second->location)
          << "the other one is here";
      return diagnostic;
    }
    tensor.name = std::move(name);
  }
  return std::move(tensors);
}
