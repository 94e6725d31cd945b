//===- Schedule.h - Where to keep the next snapshot -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_SCHEDULE_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_SCHEDULE_H

#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// The function that says how many of the next `%length` iterations to run
/// before the next snapshot, if there is room for `%room` more: at least one,
/// and fewer than `%length`, which is at least 2.
///
///   func private @ad.snapshot_distance(%length: index, %room: index) -> index
func::FuncOp getSnapshotDistance(DerivedFunctions &functions);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_SCHEDULE_H
