//===- Patterns.h - The families of patterns to linalg -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_PATTERNS_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_PATTERNS_H

#include "atled/Support/LLVM.h"
#include "mlir/Transforms/DialectConversion.h"

namespace atled {

void populateElementwiseToLinalg(const TypeConverter &converter,
                                 RewritePatternSet &patterns);
void populateShapeToLinalg(const TypeConverter &converter,
                           RewritePatternSet &patterns);
void populateSlicingToLinalg(const TypeConverter &converter,
                             RewritePatternSet &patterns);
void populateIndexingToLinalg(const TypeConverter &converter,
                              RewritePatternSet &patterns);
void populatePaddingToLinalg(const TypeConverter &converter,
                             RewritePatternSet &patterns);
void populateSortingToLinalg(const TypeConverter &converter,
                             RewritePatternSet &patterns);
void populateReductionToLinalg(const TypeConverter &converter,
                               RewritePatternSet &patterns);
void populateStatisticsToLinalg(const TypeConverter &converter,
                                RewritePatternSet &patterns);
void populateScanToLinalg(const TypeConverter &converter,
                          RewritePatternSet &patterns);
void populateWindowToLinalg(const TypeConverter &converter,
                            RewritePatternSet &patterns);
void populateContractionToLinalg(const TypeConverter &converter,
                                 RewritePatternSet &patterns);
void populateConvolutionLayout(const TypeConverter &converter,
                               RewritePatternSet &patterns);
void populateConvolutionToLinalg(const TypeConverter &converter,
                                 RewritePatternSet &patterns);
void populateRandomToLinalg(const TypeConverter &converter,
                            RewritePatternSet &patterns);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_PATTERNS_H
