//===- Parsing.cpp - The parts of the syntax written by hand --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Parsing.h"
#include "Diagnostics.h"
#include "mlir/IR/Builders.h"

using namespace atled;

ParseResult atled::parseSameType(OpAsmParser &parser, Type &lhs, Type &rhs) {
  if (parser.parseType(lhs))
    return failure();
  rhs = lhs;
  return success();
}

void atled::printSameType(OpAsmPrinter &printer, Operation *op, Type lhs,
                          Type rhs) {
  printer << lhs;
}

/// Parses a number, or `?` for a dynamic extent.
static ParseResult parseExtent(OpAsmParser &parser, int64_t &extent) {
  if (succeeded(parser.parseOptionalQuestion())) {
    extent = ShapedType::kDynamic;
    return success();
  }
  return parser.parseInteger(extent);
}

ParseResult atled::parseExtents(OpAsmParser &parser,
                                DenseI64ArrayAttr &extents) {
  SmallVector<int64_t> values;
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, [&] {
        return parseExtent(parser, values.emplace_back());
      }))
    return failure();
  extents = parser.getBuilder().getDenseI64ArrayAttr(values);
  return success();
}

void atled::printExtents(OpAsmPrinter &printer, Operation *op,
                         DenseI64ArrayAttr extents) {
  printer << '[';
  llvm::interleaveComma(extents.asArrayRef(), printer,
                        [&](int64_t value) { printer << formatExtent(value); });
  printer << ']';
}

ParseResult atled::parseRanges(OpAsmParser &parser, DenseI64ArrayAttr &starts,
                               DenseI64ArrayAttr &limits,
                               DenseI64ArrayAttr &strides) {
  SmallVector<int64_t> startValues, limitValues, strideValues;
  auto parseRange = [&]() -> ParseResult {
    strideValues.push_back(1);
    if (parser.parseInteger(startValues.emplace_back()) ||
        parser.parseColon() || parseExtent(parser, limitValues.emplace_back()))
      return failure();
    if (failed(parser.parseOptionalColon()))
      return success();
    return parser.parseInteger(strideValues.back());
  };
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square,
                                     parseRange))
    return failure();
  Builder &builder = parser.getBuilder();
  starts = builder.getDenseI64ArrayAttr(startValues);
  limits = builder.getDenseI64ArrayAttr(limitValues);
  strides = builder.getDenseI64ArrayAttr(strideValues);
  return success();
}

void atled::printRanges(OpAsmPrinter &printer, Operation *op,
                        DenseI64ArrayAttr starts, DenseI64ArrayAttr limits,
                        DenseI64ArrayAttr strides) {
  printer << '[';
  llvm::interleaveComma(
      llvm::zip(starts.asArrayRef(), limits.asArrayRef(), strides.asArrayRef()),
      printer, [&](auto range) {
        auto [start, limit, stride] = range;
        printer << start << ':' << formatExtent(limit);
        if (stride != 1)
          printer << ':' << stride;
      });
  printer << ']';
}
