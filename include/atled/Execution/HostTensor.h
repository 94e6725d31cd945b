//===- HostTensor.h - Tensors on the host -----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tensor in the caller's memory: an element kind, a shape and bytes in
// row-major order, laid out as compiled functions take them (one byte for i1).
// Knows nothing of MLIR's types, so that it outlives the context that compiled
// the function it is given to.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_HOSTTENSOR_H
#define ATLED_EXECUTION_HOSTTENSOR_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>

namespace atled {

enum class ElementKind : uint8_t {
  I1,
  I8,
  I16,
  I32,
  I64,
  UI8,
  UI16,
  UI32,
  UI64,
  F16,
  BF16,
  F32,
  F64
};

/// The kind's name in MLIR's spelling: `f32`, `ui8`.
StringRef getName(ElementKind kind);
std::optional<ElementKind> getElementKindByName(StringRef name);
unsigned getByteWidth(ElementKind kind);
bool isFloat(ElementKind kind);
bool isUnsigned(ElementKind kind);
/// The distance from 1 to the next number of a floating-point kind.
double getEpsilon(ElementKind kind);

/// An element kind and a shape; prints as in MLIR: `2x3xf32`.
struct TensorSignature {
  ElementKind kind;
  SmallVector<int64_t> shape;

  /// The text between `tensor<` and `>`, every dimension a number.
  static llvm::Expected<TensorSignature> parse(StringRef text);

  std::string str() const;
  /// The number of elements; none where 64 bits do not hold the bytes.
  std::optional<int64_t> countElements() const;

  bool operator==(const TensorSignature &other) const {
    return kind == other.kind && shape == other.shape;
  }
  bool operator!=(const TensorSignature &other) const {
    return !(*this == other);
  }
};

class HostTensor {
public:
  /// A tensor of zeros; fails where there is not enough memory.
  static llvm::Expected<HostTensor> create(TensorSignature signature);
  llvm::Expected<HostTensor> clone() const;

  const TensorSignature &getSignature() const { return signature; }
  ElementKind getKind() const { return signature.kind; }
  ArrayRef<int64_t> getShape() const { return signature.shape; }
  int64_t getNumElements() const { return numElements; }

  ArrayRef<char> getBytes() const {
    return {static_cast<const char *>(memory.get()), getNumBytes()};
  }
  MutableArrayRef<char> getBytes() {
    return {static_cast<char *>(memory.get()), getNumBytes()};
  }

  /// Element `index` in row-major order, as a double. Exact for every kind but
  /// the 64-bit integers.
  double getFloat(int64_t index) const;
  /// Rounds to nearest, ties to even, where the kind is narrower than a double.
  void setFloat(int64_t index, double value);
  /// The bits of an integer element, sign-extended or zero-extended.
  int64_t getInteger(int64_t index) const;
  void setInteger(int64_t index, int64_t value);

  /// Sets every byte to 0xff: a NaN in every floating-point kind, so that a
  /// value which nobody wrote shows.
  void poison();

private:
  struct Free {
    void operator()(void *pointer) const { std::free(pointer); }
  };

  HostTensor(TensorSignature signature, int64_t numElements, void *memory)
      : signature(std::move(signature)), numElements(numElements),
        memory(memory) {}

  size_t getNumBytes() const {
    return numElements * getByteWidth(signature.kind);
  }

  TensorSignature signature;
  int64_t numElements;
  /// Aligned to 64 bytes.
  std::unique_ptr<void, Free> memory;
};

/// Memory for `bytes` bytes, aligned to 64, to be released by `std::free`; null
/// where there is none.
void *allocateAligned(uint64_t bytes);

/// The shortest decimal that reads back as element `index`.
std::string formatElement(const HostTensor &tensor, int64_t index);

/// Prints as NumPy does: nested brackets, columns aligned, and of a tensor with
/// more than a thousand elements only the first and the last three along each
/// dimension. Every number reads back as itself.
void printTensor(llvm::raw_ostream &os, const HostTensor &tensor);

/// The position of element `index` in row-major order: `[1, 0, 7]`.
std::string formatPosition(const TensorSignature &signature, int64_t index);

/// Reads what a user writes on a command line:
///   `4xf64=1,2,3,4`      the elements in row-major order,
///   `4x4xf32=0.5`        one value for all elements,
///   `f64=3`              a scalar,
///   `4x4xf32=random:7`  standard normal numbers by this seed, 0 by default.
llvm::Expected<HostTensor> parseTensorLiteral(StringRef text);

/// Whether `text` reads as a literal rather than as the name of a file: an
/// element kind, with or without dimensions, stands before its first `=`.
bool isTensorLiteral(StringRef text);

/// The tensors of a list, as functions take them.
SmallVector<const HostTensor *> getPointers(ArrayRef<HostTensor> tensors);

} // namespace atled

#endif // ATLED_EXECUTION_HOSTTENSOR_H
