// The whole way, by one name: what atled-compile shows after a phase, too.

// RUN: rm -rf %t && mkdir %t
// RUN: for phase in program derivatives linalg loops llvm; do \
// RUN:   atled-opt %s --atled-pipeline="to=$phase" -o %t/opt.mlir && \
// RUN:   atled-compile %s --compile-to=$phase -o %t/compile.mlir && \
// RUN:   diff -B %t/opt.mlir %t/compile.mlir || exit 1; \
// RUN: done

// RUN: atled-opt %s --atled-pipeline | FileCheck %s
// CHECK: llvm.func @f(

// RUN: atled-opt %s --atled-pipeline="symbol-prefix=my_ fma=true vector-bytes=32" --dump-pass-pipeline 2>&1 >/dev/null | FileCheck %s --check-prefix=OPTIONS
// OPTIONS: atled-check-entries{places=false symbol-prefix=my_}
// OPTIONS: atled-vectorize{vector-bytes=32}
// OPTIONS: atled-expand-math{fma=true}
// OPTIONS: atled-wrap-entries{hidden=false size-bits=64 symbol-prefix=my_}

// RUN: not atled-opt %s --atled-pipeline="to=nowhere" 2>&1 | FileCheck %s --check-prefix=PHASE
// PHASE: Cannot find option named 'nowhere'

// As for atled-compile, tests are no part of the program.
func.func @test() {
  %x = atled.constant dense<3.0> : tensor<f32>
  check.gradients @square at (%x) : tensor<f32>
  return
}

func.func private @square(%x: tensor<f32>) -> tensor<f32> {
  %y = atled.mul %x, %x : tensor<f32>
  return %y : tensor<f32>
}

func.func @f(%x: tensor<f32>) -> tensor<f32> {
  %y = ad.grad @square(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
