//===- PrintTensor.cpp - Tensors as a person reads them -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/HostTensor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <charconv>
#include <cmath>

using namespace atled;

//===----------------------------------------------------------------------===//
// One element
//===----------------------------------------------------------------------===//

template <typename T>
static std::string formatShortest(T value) {
  char digits[32];
  std::to_chars_result end = std::to_chars(digits, std::end(digits), value);
  return std::string(digits, end.ptr);
}

/// The shortest decimal for a kind that C++ has no type for: the first number
/// of digits that reads back as the same element.
static std::string formatHalf(ElementKind kind, double value) {
  HostTensor probe = llvm::cantFail(HostTensor::create({kind, {}}));
  for (int digits = 1;; ++digits) {
    char text[32];
    std::to_chars_result end = std::to_chars(
        text, std::end(text), value, std::chars_format::general, digits);
    double back;
    std::from_chars(text, end.ptr, back);
    probe.setFloat(0, back);
    if (probe.getFloat(0) == value)
      return std::string(text, end.ptr);
  }
}

std::string atled::formatElement(const HostTensor &tensor, int64_t index) {
  ElementKind kind = tensor.getKind();
  if (kind == ElementKind::I1)
    return tensor.getInteger(index) ? "true" : "false";
  if (kind == ElementKind::UI64)
    return std::to_string(static_cast<uint64_t>(tensor.getInteger(index)));
  if (!isFloat(kind))
    return std::to_string(tensor.getInteger(index));

  double value = tensor.getFloat(index);
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  std::string text;
  if (kind == ElementKind::F64)
    text = formatShortest(value);
  else if (kind == ElementKind::F32)
    text = formatShortest(static_cast<float>(value));
  else
    text = formatHalf(kind, value);
  // A floating-point number shows that it is one.
  if (StringRef(text).find_first_of(".e") == StringRef::npos)
    text += ".0";
  return text;
}

//===----------------------------------------------------------------------===//
// A tensor
//===----------------------------------------------------------------------===//

namespace {
class TensorPrinter {
public:
  TensorPrinter(llvm::raw_ostream &os, const HostTensor &tensor)
      : os(os), tensor(tensor), shape(tensor.getShape()),
        elides(tensor.getNumElements() > mostElements) {
    visit(0, 0, [&](int64_t index) {
      width = std::max(width, formatElement(tensor, index).size());
    });
  }

  void print() { print(0, 0); }

private:
  static constexpr int64_t mostElements = 1000;
  static constexpr int64_t edge = 3;
  static constexpr size_t lineWidth = 100;

  bool elidesAt(size_t dim) const { return elides && shape[dim] > 2 * edge; }

  /// The coordinates shown along `dim`.
  SmallVector<int64_t> getShown(size_t dim) const {
    if (!elidesAt(dim))
      return llvm::to_vector(llvm::seq<int64_t>(shape[dim]));
    SmallVector<int64_t> shown = llvm::to_vector(llvm::seq<int64_t>(edge));
    llvm::append_range(shown,
                       llvm::seq<int64_t>(shape[dim] - edge, shape[dim]));
    return shown;
  }

  /// Calls `function` on each element that is shown.
  void visit(size_t dim, int64_t offset,
             llvm::function_ref<void(int64_t)> function) {
    if (tensor.getNumElements() == 0)
      return;
    if (dim == shape.size())
      return function(offset);
    for (int64_t coordinate : getShown(dim))
      visit(dim + 1, offset * shape[dim] + coordinate, function);
  }

  void printElement(int64_t offset) {
    os << llvm::right_justify(formatElement(tensor, offset),
                              shape.empty() ? 0 : width);
  }

  /// One row: broken where it would grow longer than a line.
  void printRow(size_t dim, int64_t offset) {
    size_t perLine =
        std::max<size_t>(1, (lineWidth - shape.size()) / (width + 2));
    size_t onLine = 0;
    for (auto [position, coordinate] : llvm::enumerate(getShown(dim))) {
      if (position) {
        os << ",";
        if (onLine == perLine) {
          os << "\n" << std::string(dim + 1, ' ');
          onLine = 0;
        } else {
          os << " ";
        }
      }
      if (elidesAt(dim) && position == edge)
        os << "..., ";
      printElement(offset * shape[dim] + coordinate);
      ++onLine;
    }
  }

  void print(size_t dim, int64_t offset) {
    if (dim == shape.size())
      return printElement(offset);
    os << "[";
    if (dim + 1 == shape.size()) {
      printRow(dim, offset);
      os << "]";
      return;
    }
    // Rows stand on lines of their own; matrices are set apart by empty lines.
    std::string separator = "," + std::string(shape.size() - dim - 1, '\n') +
                            std::string(dim + 1, ' ');
    for (auto [position, coordinate] : llvm::enumerate(getShown(dim))) {
      if (position)
        os << separator;
      if (elidesAt(dim) && position == edge)
        os << "..." << separator;
      print(dim + 1, offset * shape[dim] + coordinate);
    }
    os << "]";
  }

  llvm::raw_ostream &os;
  const HostTensor &tensor;
  ArrayRef<int64_t> shape;
  bool elides;
  size_t width = 0;
};
} // namespace

void atled::printTensor(llvm::raw_ostream &os, const HostTensor &tensor) {
  if (tensor.getNumElements() == 0) {
    os << "[]";
    return;
  }
  TensorPrinter(os, tensor).print();
}
