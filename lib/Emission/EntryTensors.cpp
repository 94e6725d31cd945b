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
#include "atled/atled.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

/// No buffer is that large, and sums of two such sizes do not overflow.
static constexpr int64_t mostBytes = int64_t(1) << 62;

/// An i1 takes a byte, and an index 8 on all targets there are.
static int64_t getElementBytes(Type type) {
  return type.isIndex() ? 8 : llvm::divideCeil(type.getIntOrFloatBitWidth(), 8);
}

int64_t EntryTensor::getElementBytes() const {
  return ::getElementBytes(type.getElementType());
}

int64_t EntryTensor::getAlignment() const {
  return residualOffsets ? ATLED_WORKSPACE_ALIGN : getElementBytes();
}

int64_t EntryTensor::getBytes() const {
  return type.getNumElements() * getElementBytes();
}

LogicalResult EntryTensors::addResidual(RankedTensorType type,
                                        Location location) {
  EntryTensor &buffer = tensors[*residuals];
  int64_t begin = buffer.type.getDimSize(0);
  int64_t bytes = getElementBytes(type.getElementType());
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(bytes, extent, bytes) || bytes > mostBytes)
      bytes = mostBytes;
  if (bytes + begin >= mostBytes)
    return emitError(location) << "the residuals of entry '" << entry
                               << "' have 2^62 bytes or more";
  buffer.residualOffsets->push_back(begin);
  buffer.type = buffer.type.clone(
      {int64_t(llvm::alignTo(begin + bytes, ATLED_WORKSPACE_ALIGN))});
  return success();
}

LogicalResult EntryTensors::add(unsigned index, RankedTensorType type,
                                DictionaryAttr attributes, Location location) {
  Builder builder(type.getContext());
  if (!isResidual(attributes)) {
    tensors.push_back({"", type, std::nullopt});
    auto name = attributes ? attributes.getAs<StringAttr>(tensorNameAttrName)
                           : StringAttr();
    sources.push_back({index, name, location});
    return success();
  }
  if (!residuals) {
    residuals = tensors.size();
    tensors.push_back({"", RankedTensorType::get({0}, builder.getI8Type()),
                       std::vector<int64_t>()});
    sources.push_back({index, builder.getStringAttr("residuals"), location});
  }
  return addResidual(type, location);
}

FailureOr<SmallVector<EntryTensor>> EntryTensors::take() {
  llvm::StringMap<const Source *> used;
  for (auto [tensor, source] : llvm::zip_equal(tensors, sources)) {
    std::string name = source.name ? source.name.str()
                                   : (kind == "argument" ? "in" : "out") +
                                         Twine(source.index).str();
    if (!isCIdentifier(name))
      return emitError(source.location)
             << kind << " " << source.index << " is named '" << name
             << "', which is no C identifier";
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
