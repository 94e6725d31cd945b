//===- HostTensor.cpp - Tensors on the host -------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/HostTensor.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <cstring>

using namespace atled;

//===----------------------------------------------------------------------===//
// Element kinds
//===----------------------------------------------------------------------===//

namespace {
struct KindInfo {
  StringLiteral name;
  unsigned byteWidth;
  bool isFloat;
  bool isUnsigned;
};
} // namespace

// In the order of ElementKind.
static constexpr KindInfo kinds[] = {
    {"i1", 1, false, true},   {"i8", 1, false, false},
    {"i16", 2, false, false}, {"i32", 4, false, false},
    {"i64", 8, false, false}, {"ui8", 1, false, true},
    {"ui16", 2, false, true}, {"ui32", 4, false, true},
    {"ui64", 8, false, true}, {"f16", 2, true, false},
    {"bf16", 2, true, false}, {"f32", 4, true, false},
    {"f64", 8, true, false},
};

static const KindInfo &getInfo(ElementKind kind) {
  return kinds[static_cast<unsigned>(kind)];
}

static const llvm::fltSemantics &getSemantics(ElementKind kind) {
  switch (kind) {
  case ElementKind::F16:
    return APFloat::IEEEhalf();
  case ElementKind::BF16:
    return APFloat::BFloat();
  case ElementKind::F32:
    return APFloat::IEEEsingle();
  case ElementKind::F64:
    return APFloat::IEEEdouble();
  default:
    llvm_unreachable("not a floating-point kind");
  }
}

StringRef atled::getName(ElementKind kind) { return getInfo(kind).name; }
unsigned atled::getByteWidth(ElementKind kind) {
  return getInfo(kind).byteWidth;
}
bool atled::isFloat(ElementKind kind) { return getInfo(kind).isFloat; }
bool atled::isUnsigned(ElementKind kind) { return getInfo(kind).isUnsigned; }

double atled::getEpsilon(ElementKind kind) {
  return std::ldexp(1.0, 1 - static_cast<int>(APFloat::semanticsPrecision(
                                 getSemantics(kind))));
}

std::optional<ElementKind> atled::getElementKindByName(StringRef name) {
  for (auto [index, info] : llvm::enumerate(kinds))
    if (info.name == name)
      return static_cast<ElementKind>(index);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

llvm::Expected<TensorSignature> TensorSignature::parse(StringRef text) {
  TensorSignature signature;
  StringRef rest = text;
  while (!rest.empty() && llvm::isDigit(rest.front())) {
    int64_t extent;
    if (rest.consumeInteger(10, extent) || !rest.consume_front("x"))
      return llvm::createStringError("'" + text +
                                     "' is not a tensor's shape and type, such "
                                     "as 2x3xf32 or f64");
    signature.shape.push_back(extent);
  }
  std::optional<ElementKind> kind = getElementKindByName(rest);
  if (!kind)
    return llvm::createStringError(
        "'" + rest + "' is not an element type; these are: " +
        llvm::join(
            llvm::map_range(
                kinds, [](const KindInfo &info) { return info.name.str(); }),
            ", "));
  signature.kind = *kind;
  if (!signature.countElements())
    return llvm::createStringError("a tensor of type " + text +
                                   " is larger than any memory");
  return signature;
}

std::string TensorSignature::str() const {
  std::string text;
  for (int64_t extent : shape)
    text += std::to_string(extent) + "x";
  return text + getName(kind).str();
}

std::optional<int64_t> TensorSignature::countElements() const {
  if (llvm::is_contained(shape, 0))
    return 0;
  int64_t count = 1;
  for (int64_t extent : shape)
    if (llvm::MulOverflow(count, extent, count))
      return std::nullopt;
  int64_t bytes;
  if (llvm::MulOverflow<int64_t>(count, getByteWidth(kind), bytes))
    return std::nullopt;
  return count;
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

void *atled::allocateAligned(uint64_t bytes) {
  constexpr uint64_t alignment = 64;
  if (bytes > static_cast<uint64_t>(PTRDIFF_MAX) - alignment)
    return nullptr;
  return std::aligned_alloc(
      alignment, llvm::alignTo(std::max<uint64_t>(bytes, 1), alignment));
}

llvm::Expected<HostTensor> HostTensor::create(TensorSignature signature) {
  std::optional<int64_t> count = signature.countElements();
  void *memory = nullptr;
  if (count)
    memory = allocateAligned(*count * getByteWidth(signature.kind));
  if (!memory)
    return llvm::createStringError("there is not enough memory for a tensor "
                                   "of type " +
                                   signature.str());
  HostTensor tensor(std::move(signature), *count, memory);
  std::memset(memory, 0, tensor.getNumBytes());
  return tensor;
}

llvm::Expected<HostTensor> HostTensor::clone() const {
  llvm::Expected<HostTensor> copy = create(signature);
  if (copy)
    std::memcpy(copy->memory.get(), memory.get(), getNumBytes());
  return copy;
}

template <typename T>
static T load(ArrayRef<char> bytes, int64_t index) {
  T value;
  std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
  return value;
}

template <typename T>
static void store(MutableArrayRef<char> bytes, int64_t index, T value) {
  std::memcpy(bytes.data() + index * sizeof(T), &value, sizeof(T));
}

double HostTensor::getFloat(int64_t index) const {
  switch (getKind()) {
  case ElementKind::F64:
    return load<double>(getBytes(), index);
  case ElementKind::F32:
    return load<float>(getBytes(), index);
  case ElementKind::F16:
  case ElementKind::BF16: {
    APFloat value(getSemantics(getKind()),
                  APInt(16, load<uint16_t>(getBytes(), index)));
    bool losesInfo;
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
    return value.convertToDouble();
  }
  case ElementKind::UI64:
    return static_cast<uint64_t>(getInteger(index));
  default:
    return getInteger(index);
  }
}

void HostTensor::setFloat(int64_t index, double value) {
  switch (getKind()) {
  case ElementKind::F64:
    return store(getBytes(), index, value);
  case ElementKind::F32:
    return store(getBytes(), index, static_cast<float>(value));
  case ElementKind::F16:
  case ElementKind::BF16: {
    APFloat narrow(value);
    bool losesInfo;
    narrow.convert(getSemantics(getKind()), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return store<uint16_t>(getBytes(), index,
                           narrow.bitcastToAPInt().getZExtValue());
  }
  default:
    llvm_unreachable("an integer tensor holds no floating-point number");
  }
}

int64_t HostTensor::getInteger(int64_t index) const {
  switch (getKind()) {
  case ElementKind::I1:
  case ElementKind::UI8:
    return load<uint8_t>(getBytes(), index);
  case ElementKind::I8:
    return load<int8_t>(getBytes(), index);
  case ElementKind::I16:
    return load<int16_t>(getBytes(), index);
  case ElementKind::UI16:
    return load<uint16_t>(getBytes(), index);
  case ElementKind::I32:
    return load<int32_t>(getBytes(), index);
  case ElementKind::UI32:
    return load<uint32_t>(getBytes(), index);
  case ElementKind::I64:
  case ElementKind::UI64:
    return load<int64_t>(getBytes(), index);
  default:
    llvm_unreachable("not an integer kind");
  }
}

void HostTensor::setInteger(int64_t index, int64_t value) {
  switch (getByteWidth(getKind())) {
  case 1:
    return store<int8_t>(getBytes(), index, value);
  case 2:
    return store<int16_t>(getBytes(), index, value);
  case 4:
    return store<int32_t>(getBytes(), index, value);
  default:
    return store<int64_t>(getBytes(), index, value);
  }
}

void HostTensor::poison() { std::memset(memory.get(), 0xff, getNumBytes()); }

std::string atled::formatPosition(const TensorSignature &signature,
                                  int64_t index) {
  SmallVector<std::string> position;
  for (int64_t extent : llvm::reverse(signature.shape)) {
    position.push_back(std::to_string(index % extent));
    index /= extent;
  }
  return "[" + llvm::join(llvm::reverse(position), ", ") + "]";
}

SmallVector<const HostTensor *>
atled::getPointers(ArrayRef<HostTensor> tensors) {
  SmallVector<const HostTensor *> pointers;
  for (const HostTensor &tensor : tensors)
    pointers.push_back(&tensor);
  return pointers;
}
