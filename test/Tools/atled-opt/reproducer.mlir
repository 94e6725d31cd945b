// A pass that fails leaves a file with which it fails again.

// RUN: rm -rf %t && mkdir %t
// RUN: not atled-opt %s --ad-differentiate --mlir-pass-pipeline-crash-reproducer=%t/opt.mlir 2>&1 | FileCheck %s
// RUN: FileCheck %s --check-prefix=FILE < %t/opt.mlir
// RUN: not atled-opt --run-reproducer %t/opt.mlir 2>&1 | FileCheck %s

// So do the tools that compile.
// RUN: not atled-compile %s --entry=ask -o %t/model.o --mlir-pass-pipeline-crash-reproducer=%t/compile.mlir 2>&1 | FileCheck %s
// RUN: not atled-opt --run-reproducer %t/compile.mlir 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=ask --input=4xf32=1 --mlir-pass-pipeline-crash-reproducer=%t/run.mlir 2>&1 | FileCheck %s
// RUN: not atled-opt --run-reproducer %t/run.mlir 2>&1 | FileCheck %s

// CHECK: error: 'math.atan' op has no derivative rule

// FILE: math.atan
// FILE: mlir_reproducer: {
// FILE: pipeline: "builtin.module(ad-differentiate{{.*}})"

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = math.atan %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @f(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
