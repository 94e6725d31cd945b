//===- Plugin.cpp - The dialect, for tools that load plug-ins -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plane.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"

static void registerDialects(mlir::DialectRegistry *registry) {
  registry->insert<plane::PlaneDialect>();
}

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Plane", "0.1", registerDialects};
}
