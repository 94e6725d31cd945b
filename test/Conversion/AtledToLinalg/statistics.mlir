// RUN: atled-opt %s --atled-to-linalg --canonicalize --cse | FileCheck %s

// The greatest element is subtracted where it is finite. Narrow formats are widened before, and rounded once.
// CHECK-LABEL: func.func @softmax(
// CHECK-SAME: %[[X:.*]]: tensor<4x8xbf16>
// CHECK: arith.extf
// CHECK: arith.maximumf
// CHECK: math.exp
// CHECK: arith.addf
// CHECK: arith.divf
// CHECK: arith.truncf
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @softmax(%x: tensor<4x8xbf16>) -> tensor<4x8xbf16> {
  %y = atled.softmax %x dimensions = [1] : tensor<4x8xbf16>
  return %y : tensor<4x8xbf16>
}

// How many they are is known only when it runs.
// CHECK-LABEL: func.func @mean(
// CHECK-SAME: %[[X:.*]]: tensor<?x3xf32>
// CHECK: arith.addf
// CHECK: %[[N:.*]] = tensor.dim %[[X]], %{{.*}}
// CHECK: arith.index_cast
// CHECK: arith.sitofp
// CHECK: arith.divf
func.func @mean(%x: tensor<?x3xf32>) -> tensor<f32> {
  %y = atled.mean %x dimensions = [0, 1] : tensor<?x3xf32> -> tensor<f32>
  return %y : tensor<f32>
}
