//===- NumpyFile.cpp - Tensors in .npy files ------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/NumpyFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include <cstring>

using namespace atled;
namespace fs = llvm::sys::fs;

static constexpr StringLiteral magic("\x93NUMPY");

static StringRef getDescription(ElementKind kind) {
  switch (kind) {
  case ElementKind::I1:
    return "|b1";
  case ElementKind::I8:
    return "|i1";
  case ElementKind::I16:
    return "<i2";
  case ElementKind::I32:
    return "<i4";
  case ElementKind::I64:
    return "<i8";
  case ElementKind::UI8:
    return "|u1";
  case ElementKind::UI16:
    return "<u2";
  case ElementKind::UI32:
    return "<u4";
  case ElementKind::UI64:
    return "<u8";
  case ElementKind::F16:
    return "<f2";
  case ElementKind::BF16:
    return "<V2";
  case ElementKind::F32:
    return "<f4";
  case ElementKind::F64:
    return "<f8";
  }
  llvm_unreachable("every kind has a description");
}

static llvm::Expected<ElementKind> parseDescription(StringRef text) {
  if (text.starts_with(">"))
    return llvm::createStringError("the array is big-endian ('" + text +
                                   "'); save x.astype(x.dtype.newbyteorder("
                                   "'<'))");
  // The order of bytes says nothing about one byte, or about opaque bytes.
  StringRef name = text;
  if (!name.consume_front("<") && !name.consume_front("|"))
    name.consume_front("=");
  auto kind = llvm::StringSwitch<std::optional<ElementKind>>(name)
                  .Case("b1", ElementKind::I1)
                  .Case("i1", ElementKind::I8)
                  .Case("i2", ElementKind::I16)
                  .Case("i4", ElementKind::I32)
                  .Case("i8", ElementKind::I64)
                  .Case("u1", ElementKind::UI8)
                  .Case("u2", ElementKind::UI16)
                  .Case("u4", ElementKind::UI32)
                  .Case("u8", ElementKind::UI64)
                  .Case("f2", ElementKind::F16)
                  .Case("V2", ElementKind::BF16)
                  .Case("f4", ElementKind::F32)
                  .Case("f8", ElementKind::F64)
                  .Default(std::nullopt);
  if (!kind)
    return llvm::createStringError("arrays of type '" + text +
                                   "' are not supported");
  return *kind;
}

//===----------------------------------------------------------------------===//
// The header: a Python dictionary with three keys
//===----------------------------------------------------------------------===//

namespace {
struct Header {
  TensorSignature signature;
  /// The first index is the fastest: a transposed array.
  bool isColumnMajor;
};

/// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, with
/// the keys in any order.
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : rest(text) {}

  llvm::Expected<Header> parse() {
    if (llvm::Error error = parseDictionary())
      return error;
    if (!description || !isFortranOrder || !shape)
      return malformed();
    llvm::Expected<ElementKind> kind = parseDescription(*description);
    if (!kind)
      return kind.takeError();
    return Header{{*kind, std::move(*shape)}, *isFortranOrder};
  }

private:
  static llvm::Error malformed() {
    return llvm::createStringError("the header is not that of an .npy file: "
                                   "expected a dictionary with 'descr', "
                                   "'fortran_order' and 'shape'");
  }

  bool consume(StringRef token) {
    rest = rest.ltrim();
    return rest.consume_front(token);
  }

  std::optional<StringRef> parseString() {
    rest = rest.ltrim();
    if (rest.empty() || (rest.front() != '\'' && rest.front() != '"'))
      return std::nullopt;
    size_t end = rest.find(rest.front(), 1);
    if (end == StringRef::npos)
      return std::nullopt;
    StringRef text = rest.slice(1, end);
    rest = rest.drop_front(end + 1);
    return text;
  }

  llvm::Error parseDictionary() {
    if (!consume("{"))
      return malformed();
    while (!consume("}")) {
      std::optional<StringRef> key = parseString();
      if (!key || !consume(":"))
        return malformed();
      if (llvm::Error error = parseValue(*key))
        return error;
      if (!consume(",") && !rest.ltrim().starts_with("}"))
        return malformed();
    }
    return rest.trim().empty() ? llvm::Error::success() : malformed();
  }

  llvm::Error parseValue(StringRef key) {
    if (key == "descr") {
      // A list describes a record.
      if (rest.ltrim().starts_with("["))
        return llvm::createStringError("arrays of records are not supported");
      description = parseString();
      return description ? llvm::Error::success() : malformed();
    }
    if (key == "fortran_order") {
      if (consume("True"))
        isFortranOrder = true;
      else if (consume("False"))
        isFortranOrder = false;
      return isFortranOrder ? llvm::Error::success() : malformed();
    }
    return key == "shape" ? parseShape() : malformed();
  }

  llvm::Error parseShape() {
    if (!consume("("))
      return malformed();
    shape.emplace();
    while (!consume(")")) {
      rest = rest.ltrim();
      StringRef text =
          rest.take_while([](char c) { return c == '-' || llvm::isDigit(c); });
      APInt number;
      if (text.ltrim('-').getAsInteger(10, number))
        return malformed();
      if (text.starts_with("-") || number.getActiveBits() > 63)
        return llvm::createStringError("the shape has the extent " + text +
                                       ", which no array has");
      rest = rest.drop_front(text.size());
      shape->push_back(number.getZExtValue());
      if (!consume(",") && !rest.ltrim().starts_with(")"))
        return malformed();
    }
    return llvm::Error::success();
  }

  StringRef rest;
  std::optional<StringRef> description;
  std::optional<bool> isFortranOrder;
  std::optional<SmallVector<int64_t>> shape;
};
} // namespace

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Takes the magic number, the version and the header off `content`.
static llvm::Expected<StringRef> takeHeader(StringRef &content) {
  if (!content.consume_front(magic))
    return llvm::createStringError("this is not an .npy file");
  auto truncated = [] {
    return llvm::createStringError("the file ends within its header");
  };
  if (content.size() < 2)
    return truncated();
  unsigned major = static_cast<unsigned char>(content[0]);
  if (major < 1 || major > 3)
    return llvm::createStringError("version " + llvm::Twine(major) +
                                   " of the .npy format is not supported");
  content = content.drop_front(2);

  size_t lengthBytes = major == 1 ? 2 : 4;
  if (content.size() < lengthBytes)
    return truncated();
  size_t length = major == 1 ? llvm::support::endian::read16le(content.data())
                             : llvm::support::endian::read32le(content.data());
  content = content.drop_front(lengthBytes);
  if (content.size() < length)
    return truncated();
  StringRef header = content.take_front(length);
  content = content.drop_front(length);
  return header;
}

/// Copies elements of which the first index is the fastest.
static void copyColumns(StringRef content, HostTensor &tensor) {
  if (content.empty())
    return;
  ArrayRef<int64_t> shape = tensor.getShape();
  int64_t width = getByteWidth(tensor.getKind());
  SmallVector<int64_t> strides, indices(shape.size(), 0);
  int64_t stride = width;
  for (int64_t extent : shape) {
    strides.push_back(stride);
    stride *= extent;
  }
  const char *source = content.data();
  char *target = tensor.getBytes().data(),
       *end = target + tensor.getBytes().size();
  for (; target != end; target += width) {
    std::memcpy(target, source, width);
    for (size_t i = shape.size(); i-- > 0;) {
      source += strides[i];
      if (++indices[i] < shape[i])
        break;
      source -= strides[i] * shape[i];
      indices[i] = 0;
    }
  }
}

llvm::Expected<HostTensor> atled::parseNumpy(StringRef content) {
  llvm::Expected<StringRef> text = takeHeader(content);
  if (!text)
    return text.takeError();
  llvm::Expected<Header> header = HeaderParser(*text).parse();
  if (!header)
    return header.takeError();

  // Compared before anything is allocated: a hostile shape costs nothing.
  const TensorSignature &signature = header->signature;
  std::optional<int64_t> count = signature.countElements();
  if (!count || static_cast<int64_t>(content.size()) !=
                    *count * getByteWidth(signature.kind))
    return llvm::createStringError(
        "the header promises an array of type " + signature.str() + ", and " +
        llvm::Twine(content.size()) + " bytes of data follow");
  llvm::Expected<HostTensor> tensor =
      HostTensor::create(std::move(header->signature));
  if (!tensor)
    return tensor.takeError();
  if (header->isColumnMajor)
    copyColumns(content, *tensor);
  else
    llvm::copy(content, tensor->getBytes().begin());
  // Compiled code relies on 0 and 1.
  if (tensor->getKind() == ElementKind::I1)
    for (char &byte : tensor->getBytes())
      byte = byte != 0;
  return tensor;
}

/// Appends what is left of `file`, up to as many bytes as the magic number has.
static llvm::Error readMagic(fs::file_t file, SmallVectorImpl<char> &content) {
  while (content.size() < magic.size()) {
    char buffer[magic.size()];
    llvm::Expected<size_t> count = fs::readNativeFile(
        file, MutableArrayRef(buffer, magic.size() - content.size()));
    if (!count)
      return count.takeError();
    if (*count == 0)
      break;
    content.append(buffer, buffer + *count);
  }
  return llvm::Error::success();
}

/// What a pipe or a device gives. It may never end: nobody waits for that
/// unless it begins as an .npy file.
static llvm::Error readStream(StringRef path, SmallVectorImpl<char> &content) {
  llvm::Expected<fs::file_t> file = fs::openNativeFileForRead(path);
  if (!file)
    return file.takeError();
  llvm::Error error = readMagic(*file, content);
  if (!error && StringRef(content.data(), content.size()) == magic)
    error = fs::readNativeFileToEOF(*file, content);
  std::error_code closing = fs::closeFile(*file);
  return error ? std::move(error) : llvm::errorCodeToError(closing);
}

static llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
readContent(StringRef path) {
  if (fs::exists(path) && !fs::is_regular_file(path)) {
    SmallString<0> content;
    if (llvm::Error error = readStream(path, content))
      return error;
    return std::make_unique<llvm::SmallVectorMemoryBuffer>(
        std::move(content), /*RequiresNullTerminator=*/false);
  }
  return llvm::errorOrToExpected(
      llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                  /*RequiresNullTerminator=*/false));
}

llvm::Expected<HostTensor> atled::readNumpyFile(StringRef path) {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> file = readContent(path);
  if (!file)
    return llvm::createStringError("cannot read '" + path +
                                   "': " + llvm::toString(file.takeError()));
  llvm::Expected<HostTensor> tensor = parseNumpy((*file)->getBuffer());
  if (!tensor)
    return llvm::createStringError("'" + path +
                                   "': " + llvm::toString(tensor.takeError()));
  return tensor;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void atled::writeNumpy(llvm::raw_ostream &os, const HostTensor &tensor) {
  std::string header = ("{'descr': '" + getDescription(tensor.getKind()) +
                        "', 'fortran_order': False, 'shape': (")
                           .str();
  for (int64_t extent : tensor.getShape())
    header += std::to_string(extent) + ",";
  header += "), }";

  // Version 2 differs only in that it has room for longer headers.
  constexpr size_t alignment = 64;
  bool isLong = header.size() + alignment > UINT16_MAX;
  size_t preamble = magic.size() + 2 + (isLong ? 4 : 2);
  header.resize(llvm::alignTo(preamble + header.size() + 1, alignment) -
                    preamble - 1,
                ' ');
  header += '\n';

  os << magic << static_cast<char>(isLong ? 2 : 1) << '\0';
  llvm::support::endian::Writer writer(os, llvm::endianness::little);
  if (isLong)
    writer.write<uint32_t>(header.size());
  else
    writer.write<uint16_t>(header.size());
  os << header;
  ArrayRef<char> bytes = tensor.getBytes();
  os.write(bytes.data(), bytes.size());
}
