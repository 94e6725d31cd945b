//===- NumpyArchiveTest.cpp - Tests of .npz files -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/NumpyArchive.h"
#include "atled/Execution/CompareTensors.h"
#include "gtest/gtest.h"

using namespace atled;

static NamedTensors makeTensors() {
  NamedTensors tensors;
  tensors.emplace_back("w", cantFail(parseTensorLiteral("2x3xf32=random:1")));
  tensors.emplace_back("step", cantFail(parseTensorLiteral("i64=7")));
  tensors.emplace_back("none", cantFail(parseTensorLiteral("0x3xf16=")));
  return tensors;
}

static std::string write(const NamedTensors &tensors) {
  std::string content;
  llvm::raw_string_ostream os(content);
  writeNumpyArchive(os, tensors);
  return content;
}

/// The names in a file, or what is wrong with it.
static std::string read(StringRef content) {
  llvm::Expected<NamedTensors> tensors = parseNumpyArchive(content);
  if (!tensors)
    return toString(tensors.takeError());
  std::string names;
  for (const auto &[name, tensor] : *tensors)
    names += name + ":" + tensor.getSignature().str() + " ";
  return names;
}

static const char *const damaged =
    "this is not an .npz file, or one that is damaged";

TEST(NumpyArchive, reads_what_it_writes) {
  NamedTensors tensors = makeTensors();
  NamedTensors back = cantFail(parseNumpyArchive(write(tensors)));
  ASSERT_EQ(back.size(), tensors.size());
  for (size_t i = 0; i < back.size(); ++i) {
    EXPECT_EQ(back[i].first, tensors[i].first);
    EXPECT_EQ(back[i].second.getSignature(), tensors[i].second.getSignature());
    EXPECT_FALSE(compareEqual(back[i].second, tensors[i].second));
  }
  EXPECT_EQ(read(write({})), "");
}

TEST(NumpyArchive, writes_the_same_bytes_behind_anything) {
  std::string file = "in front";
  llvm::raw_string_ostream os(file);
  writeNumpyArchive(os, makeTensors());
  EXPECT_EQ(StringRef(file).drop_front(8), write(makeTensors()));
  EXPECT_TRUE(isNumpyArchive(write(makeTensors())));
}

TEST(NumpyArchive, refuses_two_of_one_name) {
  NamedTensors tensors = makeTensors();
  tensors[1].first = "w";
  EXPECT_EQ(read(write(tensors)), "array 'w': the file has two of that name");
}

/// The file with another number of 16 bits where the directory, at the first
/// member, or that member's own header, has one.
static std::string patch(std::string file, size_t where, uint16_t number) {
  size_t directory = file.find("PK\x01\x02");
  file[directory + where] = static_cast<char>(number);
  file[directory + where + 1] = static_cast<char>(number >> 8);
  return file;
}

TEST(NumpyArchive, says_what_it_does_not_read) {
  std::string file = write(makeTensors());
  EXPECT_EQ(read(patch(file, 8, 1)), "array 'w': it is encrypted");
  EXPECT_EQ(read(patch(file, 10, 12)),
            "array 'w': it is packed by a method that is neither 'stored' nor "
            "'deflated'");
  EXPECT_EQ(read(patch(file, 16, 0)),
            "array 'w': its checksum is wrong: the file is damaged");
  EXPECT_EQ(read(patch(file, 10, 8)), std::string("array 'w': ") + damaged);
  EXPECT_EQ(read(""), damaged);
  EXPECT_EQ(read("PK"), damaged);
}

TEST(NumpyArchive, survives_truncation_and_mutation) {
  std::string file = write(makeTensors()), whole = read(file);
  for (size_t length = 0; length < file.size(); ++length)
    EXPECT_NE(read(file.substr(0, length)), whole);
  for (size_t position = 0; position < file.size(); ++position)
    for (int byte : {0, 1, 8, 127, 255}) {
      std::string mutated = file;
      mutated[position] = static_cast<char>(byte);
      read(mutated);
    }
}
