// RUN: atled-opt %s | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @sin
func.func @sin(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // CHECK: atled.sin %{{.*}} : tensor<?x4xf32>
  %0 = atled.sin %x : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}
