//===- NumpyFileTest.cpp - Tests of .npy files ----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/NumpyFile.h"
#include "atled/Execution/CompareTensors.h"
#include "gtest/gtest.h"

using namespace atled;

/// A file of version 1 with this header and this data.
static std::string makeFile(StringRef header, StringRef data = "") {
  std::string file = "\x93NUMPY";
  file += '\1';
  file += '\0';
  file += static_cast<char>(header.size() & 0xff);
  file += static_cast<char>(header.size() >> 8);
  return file + header.str() + data.str();
}

static std::string read(StringRef content) {
  llvm::Expected<HostTensor> tensor = parseNumpy(content);
  if (!tensor)
    return toString(tensor.takeError());
  std::string printed = tensor->getSignature().str() + " ";
  llvm::raw_string_ostream os(printed);
  printTensor(os, *tensor);
  return printed;
}

static std::string write(const HostTensor &tensor) {
  std::string content;
  llvm::raw_string_ostream os(content);
  writeNumpy(os, tensor);
  return content;
}

TEST(NumpyFile, reads_what_it_writes) {
  for (const char *literal :
       {"2x3xf32=1,2,3,4,5,6", "f64=3", "0x3xf16=", "3xbf16=1,nan,-inf",
        "2xi1=true,false", "2xi8=-1,1", "2xi16=-1,1", "2xi32=-1,1",
        "2xi64=-1,1", "2xui8=1,255", "2xui16=1,2", "2xui32=1,2",
        "2xui64=1,2"}) {
    HostTensor tensor = cantFail(parseTensorLiteral(literal));
    HostTensor back = cantFail(parseNumpy(write(tensor)));
    EXPECT_EQ(back.getSignature().str(), tensor.getSignature().str());
    EXPECT_FALSE(compareEqual(back, tensor)) << literal;
  }
}

TEST(NumpyFile, writes_what_numpy_writes) {
  // numpy.save of numpy.array([1, 2], dtype='<u2').
  std::string expected =
      makeFile("{'descr': '<u2', 'fortran_order': False, 'shape': (2,), }" +
                   std::string(60, ' ') + "\n",
               StringRef("\1\0\2\0", 4));
  EXPECT_EQ(write(cantFail(parseTensorLiteral("2xui16=1,2"))), expected);
}

TEST(NumpyFile, writes_long_headers) {
  HostTensor tensor = cantFail(
      HostTensor::create({ElementKind::I8, SmallVector<int64_t>(40000, 1)}));
  EXPECT_EQ(cantFail(parseNumpy(write(tensor))).getShape().size(), 40000u);
}

TEST(NumpyFile, reads_keys_in_any_order) {
  EXPECT_EQ(read(makeFile("{\"shape\": (2,1), 'descr':'|u1','fortran_order' : "
                          "False}",
                          "\5\6")),
            "2x1xui8 [[5],\n [6]]");
}

TEST(NumpyFile, reads_booleans_as_zero_and_one) {
  HostTensor tensor = cantFail(parseNumpy(makeFile(
      "{'descr': '|b1', 'fortran_order': False, 'shape': (1,)}", "\7")));
  EXPECT_EQ(tensor.getInteger(0), 1);
}

TEST(NumpyFile, reads_columns) {
  // numpy.save of numpy.arange(6, dtype='u1').reshape(3, 2).T, and of one
  // in three dimensions.
  EXPECT_EQ(read(makeFile("{'descr': '|u1', 'fortran_order': True, 'shape': "
                          "(2, 3), }",
                          StringRef("\0\1\2\3\4\5", 6))),
            "2x3xui8 [[0, 2, 4],\n [1, 3, 5]]");
  EXPECT_EQ(read(makeFile("{'descr': '<u2', 'fortran_order': True, 'shape': "
                          "(2, 1, 2), }",
                          StringRef("\1\0\2\0\3\0\4\0", 8))),
            "2x1x2xui16 [[[1, 3]],\n\n [[2, 4]]]");
  EXPECT_EQ(read(makeFile("{'descr': '|u1', 'fortran_order': True, 'shape': "
                          "(4611686018427387904, 4611686018427387904, 0), }")),
            "4611686018427387904x4611686018427387904x0xui8 []");
}

TEST(NumpyFile, tells_how_to_save_what_it_does_not_read) {
  EXPECT_EQ(read(makeFile("{'descr': '>f4', 'fortran_order': False, 'shape': "
                          "(1,), }",
                          "1234")),
            "the array is big-endian ('>f4'); save "
            "x.astype(x.dtype.newbyteorder('<'))");
  EXPECT_EQ(read(makeFile("{'descr': '<c8', 'fortran_order': False, 'shape': "
                          "(), }")),
            "arrays of type '<c8' are not supported");
  EXPECT_EQ(read(makeFile("{'descr': [('x', '<f4')], 'fortran_order': False, "
                          "'shape': (), }")),
            "arrays of records are not supported");
}

TEST(NumpyFile, compares_the_header_with_the_data) {
  StringRef header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  EXPECT_EQ(read(makeFile(header, "1234")),
            "the header promises an array of type 2xf32, and 4 bytes of data "
            "follow");
  EXPECT_EQ(read(makeFile(header, "123456789")),
            "the header promises an array of type 2xf32, and 9 bytes of data "
            "follow");
  EXPECT_EQ(read(makeFile("{'descr': '<f4', 'fortran_order': False, 'shape': "
                          "(4611686018427387904,4611686018427387904), }")),
            "the header promises an array of type "
            "4611686018427387904x4611686018427387904xf32, and 0 bytes of data "
            "follow");
}

TEST(NumpyFile, refuses_what_is_no_such_file) {
  EXPECT_EQ(read(""), "this is not an .npy file");
  EXPECT_EQ(read("PK\3\4"), "this is not an .npy file");
  EXPECT_EQ(read(StringRef("\x93NUMPY\4\0", 8)),
            "version 4 of the .npy format is not supported");
}

TEST(NumpyFile, says_where_the_header_is_not_one) {
  std::string malformed = "the header is not that of an .npy file: expected a "
                          "dictionary with 'descr', 'fortran_order' and "
                          "'shape'";
  EXPECT_EQ(read(makeFile("[]")), malformed);
  EXPECT_EQ(read(makeFile("{'descr': '<f4', 'shape': (2,), }")), malformed);
  EXPECT_EQ(read(makeFile("{'descr': '<f4', 'fortran_order': 0, 'shape': ()}")),
            malformed);
  EXPECT_EQ(read(StringRef("\x93NUMPY\1\0\12{", 10)),
            "the file ends within its header");
}

TEST(NumpyFile, names_extents_that_no_array_has) {
  auto readShape = [](StringRef shape) {
    return read(makeFile(
        ("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}")
            .str()));
  };
  EXPECT_EQ(readShape("(2, -3)"),
            "the shape has the extent -3, which no array has");
  EXPECT_EQ(readShape("(9223372036854775808,)"),
            "the shape has the extent 9223372036854775808, which no array has");
  EXPECT_EQ(readShape("(9223372036854775807,)"),
            "the header promises an array of type 9223372036854775807xf32, and "
            "0 bytes of data follow");
  for (const char *shape : {"(-)", "(2-3,)", "(x,)"})
    EXPECT_TRUE(StringRef(readShape(shape)).starts_with("the header is not"));
}

TEST(NumpyFile, survives_truncation_and_mutation) {
  std::string file = write(cantFail(parseTensorLiteral("3xf32=1,2,3")));
  for (size_t length = 0; length < file.size(); ++length)
    EXPECT_FALSE(StringRef(read(file.substr(0, length))).starts_with("3xf32"));
  for (size_t position = 0; position < 128; ++position)
    for (int byte = 0; byte < 256; ++byte) {
      std::string mutated = file;
      mutated[position] = static_cast<char>(byte);
      EXPECT_FALSE(read(mutated).empty());
    }
}

TEST(NumpyFile, names_the_file) {
  EXPECT_EQ(toString(readNumpyFile("/nowhere/x.npy").takeError()),
            "cannot read '/nowhere/x.npy': No such file or directory");
}
