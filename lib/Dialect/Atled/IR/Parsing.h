//===- Parsing.h - The parts of the syntax written by hand -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The `custom<...>` directives of the operations' assembly formats.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_PARSING_H
#define ATLED_LIB_DIALECT_ATLED_IR_PARSING_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpImplementation.h"

namespace atled {

/// One type for two operands: `tensor<4xf32>`.
ParseResult parseSameType(OpAsmParser &parser, Type &lhs, Type &rhs);
void printSameType(OpAsmPrinter &printer, Operation *op, Type lhs, Type rhs);

/// A list of extents, dynamic ones as `?`: `[1, ?, 8]`.
ParseResult parseExtents(OpAsmParser &parser, DenseI64ArrayAttr &extents);
void printExtents(OpAsmPrinter &printer, Operation *op,
                  DenseI64ArrayAttr extents);

/// For each dimension its start, limit and stride: `[0:4, 1:8:2, 0:?]`.
ParseResult parseRanges(OpAsmParser &parser, DenseI64ArrayAttr &starts,
                        DenseI64ArrayAttr &limits, DenseI64ArrayAttr &strides);
void printRanges(OpAsmPrinter &printer, Operation *op, DenseI64ArrayAttr starts,
                 DenseI64ArrayAttr limits, DenseI64ArrayAttr strides);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_IR_PARSING_H
