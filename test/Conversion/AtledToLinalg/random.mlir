// RUN: atled-opt %s --atled-to-linalg --canonicalize --cse | FileCheck %s

// The key is read once; each element follows from its number.
// CHECK-LABEL: func.func @uniform(
// CHECK-SAME: %[[KEY:.*]]: tensor<2xi32>
// CHECK-DAG: %[[FIRST:.*]] = tensor.extract %[[KEY]][%c0]
// CHECK-DAG: %[[SECOND:.*]] = tensor.extract %[[KEY]][%c1]
// CHECK: linalg.generic
// CHECK-NOT: tensor.extract
// CHECK-COUNT-2: linalg.index
// CHECK: arith.addi %{{.*}}, %[[FIRST]] : i32
// CHECK: arith.addi %{{.*}}, %[[SECOND]] : i32
// CHECK-COUNT-20: arith.shli
// CHECK: arith.uitofp
// CHECK-NEXT: arith.mulf
func.func @uniform(%key: tensor<2xui32>) -> tensor<4x8xf32> {
  %u = atled.random_uniform %key : tensor<2xui32> -> tensor<4x8xf32>
  return %u : tensor<4x8xf32>
}

// All formats are rounded from f64.
// CHECK-LABEL: func.func @normal(
// CHECK: math.log %{{.*}} : f64
// CHECK: math.cos %{{.*}} : f64
// CHECK: arith.truncf %{{.*}} : f64 to f16
func.func @normal(%key: tensor<2xui32>) -> tensor<8xf16> {
  %z = atled.random_normal %key : tensor<2xui32> -> tensor<8xf16>
  return %z : tensor<8xf16>
}
