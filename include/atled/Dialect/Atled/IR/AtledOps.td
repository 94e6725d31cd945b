//===- AtledOps.td - All operations of the atled dialect -----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "atled/Dialect/Atled/IR/ElementwiseOps.td"
include "atled/Dialect/Atled/IR/ComparisonOps.td"
include "atled/Dialect/Atled/IR/BitwiseOps.td"
include "atled/Dialect/Atled/IR/FunctionOps.td"
include "atled/Dialect/Atled/IR/ShapeOps.td"
include "atled/Dialect/Atled/IR/IndexingOps.td"
include "atled/Dialect/Atled/IR/SortingOps.td"
include "atled/Dialect/Atled/IR/ReductionOps.td"
include "atled/Dialect/Atled/IR/StatisticsOps.td"
include "atled/Dialect/Atled/IR/ScanOps.td"
include "atled/Dialect/Atled/IR/WindowOps.td"
include "atled/Dialect/Atled/IR/ContractionOps.td"
include "atled/Dialect/Atled/IR/ConvolutionOps.td"
include "atled/Dialect/Atled/IR/RandomOps.td"
