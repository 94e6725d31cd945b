//===- NumpyArchive.cpp - Tensors with names in .npz files ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A zip file is read from its end, where a directory says what there is: in
// numbers of 32 bits, or, where these do not suffice, of 64. Written are those
// of 64 always, as they hold for every size.
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/NumpyArchive.h"
#include "atled/Execution/NumpyFile.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/EndianStream.h"
#include <zlib.h>

using namespace atled;

//===----------------------------------------------------------------------===//
// The format
//===----------------------------------------------------------------------===//

static constexpr uint32_t memberSignature = 0x04034b50,
                          directorySignature = 0x02014b50,
                          endSignature = 0x06054b50,
                          wideEndSignature = 0x06064b50,
                          wideLocatorSignature = 0x07064b50;
static constexpr size_t directoryBytes = 46, wideEndBytes = 56,
                        wideLocatorBytes = 20;
/// Stands for a number that does not fit, or that is among those of 64 bits.
static constexpr uint32_t isWide = UINT32_MAX;
static constexpr uint16_t wideNumbers = 1, stored = 0, deflated = 8,
                          encrypted = 1;

namespace {
struct Member {
  StringRef name;
  uint16_t flags, method;
  uint32_t checksum;
  uint64_t packedBytes, bytes, offset;
};
struct Directory {
  uint64_t count, offset;
};
} // namespace

static llvm::Error malformed() {
  return llvm::createStringError("this is not an .npz file, or one that is "
                                 "damaged");
}

bool atled::isNumpyArchive(StringRef content) {
  return content.starts_with("PK");
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static uint32_t computeChecksum(StringRef bytes) {
  return crc32_z(0, bytes.bytes_begin(), bytes.size());
}

/// `count` bytes at `offset`, or none where the file has fewer.
static std::optional<StringRef> slice(StringRef content, uint64_t offset,
                                      uint64_t count) {
  if (offset > content.size() || count > content.size() - offset)
    return std::nullopt;
  return content.substr(offset, count);
}

namespace {
/// Little-endian numbers, one after the other. Where there are no more it gives
/// zeros and fails.
class Numbers {
public:
  explicit Numbers(StringRef bytes, uint64_t offset = 0)
      : extractor(bytes, /*IsLittleEndian=*/true, /*AddressSize=*/8),
        cursor(offset) {}
  ~Numbers() { llvm::consumeError(cursor.takeError()); }

  uint16_t take16() { return extractor.getU16(cursor); }
  uint32_t take32() { return extractor.getU32(cursor); }
  uint64_t take64() { return extractor.getU64(cursor); }
  void skip(uint64_t bytes) { extractor.skip(cursor, bytes); }
  explicit operator bool() { return static_cast<bool>(cursor); }
  uint64_t tell() const { return cursor.tell(); }

private:
  llvm::DataExtractor extractor;
  llvm::DataExtractor::Cursor cursor;
};
} // namespace

static llvm::Expected<Directory> findDirectory(StringRef content) {
  StringRef mark("PK\x05\x06", 4);
  size_t end = content.rfind(mark);
  if (end == StringRef::npos)
    return malformed();
  Numbers numbers(content, end + 10);
  Directory directory;
  directory.count = numbers.take16();
  numbers.skip(4);
  directory.offset = numbers.take32();
  uint16_t commentBytes = numbers.take16();
  if (!numbers || numbers.tell() + commentBytes != content.size())
    return malformed();
  if (end < wideLocatorBytes)
    return directory;
  Numbers locator(content, end - wideLocatorBytes);
  if (locator.take32() != wideLocatorSignature)
    return directory;
  locator.skip(4);
  Numbers wide(content, locator.take64());
  if (wide.take32() != wideEndSignature)
    return malformed();
  wide.skip(28);
  directory.count = wide.take64();
  wide.skip(8);
  directory.offset = wide.take64();
  if (!wide)
    return malformed();
  return directory;
}

/// Replaces the numbers that are marked by those in the member's extra fields.
static void widen(Member &member, StringRef extra) {
  Numbers fields(extra);
  while (fields) {
    uint16_t kind = fields.take16(), bytes = fields.take16();
    if (kind != wideNumbers) {
      fields.skip(bytes);
      continue;
    }
    for (uint64_t *number :
         {&member.bytes, &member.packedBytes, &member.offset})
      if (*number == isWide)
        *number = fields.take64();
    return;
  }
}

/// Reads a member of the directory, and goes behind it.
static llvm::Expected<Member> takeMember(StringRef content, uint64_t &offset) {
  Numbers numbers(content, offset);
  Member member;
  if (numbers.take32() != directorySignature)
    return malformed();
  numbers.skip(4);
  member.flags = numbers.take16();
  member.method = numbers.take16();
  numbers.skip(4);
  member.checksum = numbers.take32();
  member.packedBytes = numbers.take32();
  member.bytes = numbers.take32();
  uint64_t nameBytes = numbers.take16(), extraBytes = numbers.take16(),
           commentBytes = numbers.take16();
  numbers.skip(8);
  member.offset = numbers.take32();
  std::optional<StringRef> name =
      slice(content, offset + directoryBytes, nameBytes);
  std::optional<StringRef> extra =
      slice(content, offset + directoryBytes + nameBytes, extraBytes);
  if (!numbers || !name || !extra)
    return malformed();
  member.name = *name;
  widen(member, *extra);
  offset += directoryBytes + nameBytes + extraBytes + commentBytes;
  return member;
}

/// What a member holds before it is unpacked. Its own header repeats the
/// directory, but for the length of its fields.
static std::optional<StringRef> findPacked(StringRef content,
                                           const Member &member) {
  Numbers numbers(content, member.offset);
  if (numbers.take32() != memberSignature)
    return std::nullopt;
  numbers.skip(22);
  uint64_t nameBytes = numbers.take16(), extraBytes = numbers.take16();
  if (!numbers)
    return std::nullopt;
  return slice(content, numbers.tell() + nameBytes + extraBytes,
               member.packedBytes);
}

/// Gives zlib, whose numbers have 32 bits, the next part of what there is.
static void refill(uInt &available, uint64_t &rest) {
  if (available)
    return;
  available = std::min<uint64_t>(rest, UINT32_MAX);
  rest -= available;
}

/// Inflates exactly `bytes` bytes.
static std::optional<std::string> inflateBytes(StringRef packed,
                                               uint64_t bytes) {
  // No deflated byte stands for more: a hostile size costs nothing.
  constexpr uint64_t greatestRatio = 1032;
  if (bytes / greatestRatio > packed.size())
    return std::nullopt;
  std::string unpacked(bytes, '\0');
  z_stream stream = {};
  stream.next_in = const_cast<Bytef *>(packed.bytes_begin());
  stream.next_out = reinterpret_cast<Bytef *>(unpacked.data());
  // No header of zlib's is in front.
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return std::nullopt;
  uint64_t restIn = packed.size(), restOut = bytes;
  int status = Z_OK;
  while (status == Z_OK) {
    refill(stream.avail_in, restIn);
    refill(stream.avail_out, restOut);
    status = inflate(&stream, Z_NO_FLUSH);
  }
  bool isWhole = status == Z_STREAM_END && stream.total_out == bytes;
  inflateEnd(&stream);
  if (!isWhole)
    return std::nullopt;
  return unpacked;
}

static llvm::Expected<HostTensor> readMember(StringRef content,
                                             const Member &member) {
  if (member.flags & encrypted)
    return llvm::createStringError("it is encrypted");
  if (member.method != stored && member.method != deflated)
    return llvm::createStringError("it is packed by a method that is neither "
                                   "'stored' nor 'deflated'");
  std::optional<StringRef> packed = findPacked(content, member);
  if (!packed)
    return malformed();
  StringRef bytes = *packed;
  std::optional<std::string> unpacked;
  if (member.method == deflated) {
    unpacked = inflateBytes(*packed, member.bytes);
    if (!unpacked)
      return malformed();
    bytes = *unpacked;
  }
  if (computeChecksum(bytes) != member.checksum)
    return llvm::createStringError("its checksum is wrong: the file is "
                                   "damaged");
  return parseNumpy(bytes);
}

llvm::Expected<NamedTensors> atled::parseNumpyArchive(StringRef content) {
  llvm::Expected<Directory> directory = findDirectory(content);
  if (!directory)
    return directory.takeError();
  NamedTensors tensors;
  llvm::StringSet<> names;
  uint64_t offset = directory->offset;
  for (uint64_t i = 0; i < directory->count; ++i) {
    llvm::Expected<Member> member = takeMember(content, offset);
    if (!member)
      return member.takeError();
    StringRef name = member->name;
    name.consume_back(".npy");
    auto fail = [&](const llvm::Twine &message) {
      return llvm::createStringError("array '" + name + "': " + message);
    };
    if (!names.insert(name).second)
      return fail("the file has two of that name");
    llvm::Expected<HostTensor> tensor = readMember(content, *member);
    if (!tensor)
      return fail(llvm::toString(tensor.takeError()));
    tensors.emplace_back(name.str(), std::move(*tensor));
  }
  return tensors;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {
/// Appends numbers to a file in memory.
class ArchiveWriter {
public:
  explicit ArchiveWriter(llvm::raw_ostream &os)
      : os(os), start(os.tell()), writer(os, llvm::endianness::little) {}

  void write(const NamedTensors &tensors);

private:
  template <typename... T>
  void put(T... numbers) {
    (writer.write(numbers), ...);
  }
  uint64_t tell() const { return os.tell() - start; }

  /// What a member's own header and the directory have in common. The date is
  /// the first that there is.
  void putSummary(uint32_t checksum, StringRef file, uint16_t extraBytes) {
    constexpr uint16_t version = 45, firstDay = 1 << 5 | 1;
    put(version, uint16_t(0), stored, uint16_t(0), firstDay, checksum, isWide,
        isWide, static_cast<uint16_t>(file.size()), extraBytes);
  }

  llvm::raw_ostream &os;
  uint64_t start;
  llvm::support::endian::Writer writer;
};
} // namespace

void ArchiveWriter::write(const NamedTensors &tensors) {
  constexpr uint16_t version = 45, extraBytes = 20, directoryExtraBytes = 28,
                     isWideCount = UINT16_MAX;
  std::string directory;
  llvm::raw_string_ostream directoryStream(directory);
  ArchiveWriter entries(directoryStream);
  for (const auto &[name, tensor] : tensors) {
    std::string content, file = name + ".npy";
    llvm::raw_string_ostream contentStream(content);
    writeNumpy(contentStream, tensor);
    uint32_t checksum = computeChecksum(content);
    uint64_t offset = tell(), bytes = content.size();
    put(memberSignature);
    putSummary(checksum, file, extraBytes);
    os << file;
    put(wideNumbers, uint16_t(extraBytes - 4), bytes, bytes);
    os << content;

    entries.put(directorySignature, version);
    entries.putSummary(checksum, file, directoryExtraBytes);
    // No comment; on the first disk; no attributes.
    entries.put(uint16_t(0), uint16_t(0), uint16_t(0), uint32_t(0), isWide);
    entries.os << file;
    entries.put(wideNumbers, uint16_t(directoryExtraBytes - 4), bytes, bytes,
                offset);
  }
  // NumPy knows an archive by its first bytes: of none, the plain end.
  if (tensors.empty()) {
    put(endSignature, uint16_t(0), uint16_t(0), uint16_t(0), uint16_t(0),
        uint32_t(0), uint32_t(0), uint16_t(0));
    return;
  }
  uint64_t count = tensors.size(), offset = tell(), bytes = directory.size();
  os << directory;
  uint64_t end = tell();
  put(wideEndSignature, uint64_t(wideEndBytes - 12), version, version,
      uint32_t(0), uint32_t(0), count, count, bytes, offset);
  put(wideLocatorSignature, uint32_t(0), end, uint32_t(1));
  put(endSignature, uint16_t(0), uint16_t(0), isWideCount, isWideCount, isWide,
      isWide, uint16_t(0));
}

void atled::writeNumpyArchive(llvm::raw_ostream &os,
                              const NamedTensors &tensors) {
  ArchiveWriter(os).write(tensors);
}
