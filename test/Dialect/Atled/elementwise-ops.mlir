// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @unary_operations
func.func @unary_operations(%x: tensor<?x4xf32>) {
  // CHECK: atled.abs %{{.*}} : tensor<?x4xf32>
  %0 = atled.abs %x : tensor<?x4xf32>
  // CHECK: atled.neg %{{.*}} : tensor<?x4xf32>
  %1 = atled.neg %x : tensor<?x4xf32>
  // CHECK: atled.sign %{{.*}} : tensor<?x4xf32>
  %2 = atled.sign %x : tensor<?x4xf32>
  // CHECK: atled.exp %{{.*}} : tensor<?x4xf32>
  %3 = atled.exp %x : tensor<?x4xf32>
  // CHECK: atled.expm1 %{{.*}} : tensor<?x4xf32>
  %4 = atled.expm1 %x : tensor<?x4xf32>
  // CHECK: atled.log %{{.*}} : tensor<?x4xf32>
  %5 = atled.log %x : tensor<?x4xf32>
  // CHECK: atled.log1p %{{.*}} : tensor<?x4xf32>
  %6 = atled.log1p %x : tensor<?x4xf32>
  // CHECK: atled.sqrt %{{.*}} : tensor<?x4xf32>
  %7 = atled.sqrt %x : tensor<?x4xf32>
  // CHECK: atled.rsqrt %{{.*}} : tensor<?x4xf32>
  %8 = atled.rsqrt %x : tensor<?x4xf32>
  // CHECK: atled.sin %{{.*}} : tensor<?x4xf32>
  %9 = atled.sin %x : tensor<?x4xf32>
  // CHECK: atled.cos %{{.*}} : tensor<?x4xf32>
  %10 = atled.cos %x : tensor<?x4xf32>
  // CHECK: atled.tanh %{{.*}} : tensor<?x4xf32>
  %11 = atled.tanh %x : tensor<?x4xf32>
  // CHECK: atled.logistic %{{.*}} : tensor<?x4xf32>
  %12 = atled.logistic %x : tensor<?x4xf32>
  // CHECK: atled.relu %{{.*}} : tensor<?x4xf32>
  %13 = atled.relu %x : tensor<?x4xf32>
  return
}

// CHECK-LABEL: func.func @binary_operations
func.func @binary_operations(%x: tensor<4xbf16>, %y: tensor<4xbf16>) {
  // CHECK: atled.add %{{.*}}, %{{.*}} : tensor<4xbf16>
  %0 = atled.add %x, %y : tensor<4xbf16>
  // CHECK: atled.sub %{{.*}}, %{{.*}} : tensor<4xbf16>
  %1 = atled.sub %x, %y : tensor<4xbf16>
  // CHECK: atled.mul %{{.*}}, %{{.*}} : tensor<4xbf16>
  %2 = atled.mul %x, %y : tensor<4xbf16>
  // CHECK: atled.div %{{.*}}, %{{.*}} : tensor<4xbf16>
  %3 = atled.div %x, %y : tensor<4xbf16>
  // CHECK: atled.pow %{{.*}}, %{{.*}} : tensor<4xbf16>
  %4 = atled.pow %x, %y : tensor<4xbf16>
  // CHECK: atled.maximum %{{.*}}, %{{.*}} : tensor<4xbf16>
  %5 = atled.maximum %x, %y : tensor<4xbf16>
  // CHECK: atled.minimum %{{.*}}, %{{.*}} : tensor<4xbf16>
  %6 = atled.minimum %x, %y : tensor<4xbf16>
  return
}

// CHECK-LABEL: func.func @ties_of_maximum_and_minimum
func.func @ties_of_maximum_and_minimum(%x: tensor<4xf64>, %y: tensor<4xf64>) {
  // The default is not written.
  // CHECK: atled.maximum %{{.*}}, %{{.*}} : tensor<4xf64>
  %0 = atled.maximum %x, %y tie = split : tensor<4xf64>
  // CHECK: atled.maximum %{{.*}}, %{{.*}} tie = first : tensor<4xf64>
  %1 = atled.maximum %x, %y tie = first : tensor<4xf64>
  // CHECK: atled.minimum %{{.*}}, %{{.*}} tie = zero : tensor<4xf64>
  %2 = atled.minimum %x, %y tie = zero : tensor<4xf64>
  // CHECK: atled.minimum %{{.*}}, %{{.*}} tie = one : tensor<4xf64>
  %3 = atled.minimum %x, %y tie = one : tensor<4xf64>
  return
}

// CHECK-LABEL: func.func @arithmetic_on_integers
func.func @arithmetic_on_integers(%x: tensor<3xi8>, %y: tensor<3xui64>) {
  // CHECK: atled.neg %{{.*}} : tensor<3xi8>
  %0 = atled.neg %x : tensor<3xi8>
  // CHECK: atled.div %{{.*}}, %{{.*}} : tensor<3xui64>
  %1 = atled.div %y, %y : tensor<3xui64>
  // CHECK: atled.relu %{{.*}} : tensor<3xi8>
  %2 = atled.relu %x : tensor<3xi8>
  return
}

// CHECK-LABEL: func.func @comparisons
func.func @comparisons(%x: tensor<?xf16>, %p: tensor<2xi1>) {
  // CHECK: %[[EQ:.*]] = atled.compare eq, %{{.*}}, %{{.*}} : tensor<?xf16>
  %0 = atled.compare eq, %x, %x : tensor<?xf16>
  // CHECK: atled.compare ne, %{{.*}}, %{{.*}} : tensor<?xf16>
  %1 = atled.compare ne, %x, %x : tensor<?xf16>
  // CHECK: atled.compare lt, %{{.*}}, %{{.*}} : tensor<?xf16>
  %2 = atled.compare lt, %x, %x : tensor<?xf16>
  // CHECK: atled.compare le, %{{.*}}, %{{.*}} : tensor<?xf16>
  %3 = atled.compare le, %x, %x : tensor<?xf16>
  // CHECK: atled.compare gt, %{{.*}}, %{{.*}} : tensor<?xf16>
  %4 = atled.compare gt, %x, %x : tensor<?xf16>
  // CHECK: atled.compare ge, %{{.*}}, %{{.*}} : tensor<?xf16>
  %5 = atled.compare ge, %x, %x : tensor<?xf16>
  // CHECK: atled.compare eq, %{{.*}}, %{{.*}} : tensor<2xi1>
  %6 = atled.compare eq, %p, %p : tensor<2xi1>
  // CHECK: atled.select %[[EQ]], %{{.*}}, %{{.*}} : tensor<?xi1>, tensor<?xf16>
  %7 = atled.select %0, %x, %x : tensor<?xi1>, tensor<?xf16>
  return
}

// CHECK-LABEL: func.func @conversions
func.func @conversions(%x: tensor<?x2xf32>) {
  // CHECK: atled.convert %{{.*}} : tensor<?x2xf32> to tensor<?x2xbf16>
  %0 = atled.convert %x : tensor<?x2xf32> to tensor<?x2xbf16>
  // CHECK: atled.convert %{{.*}} : tensor<?x2xbf16> to tensor<?x2xui8>
  %1 = atled.convert %0 : tensor<?x2xbf16> to tensor<?x2xui8>
  // CHECK: atled.convert %{{.*}} : tensor<?x2xui8> to tensor<?x2xi1>
  %2 = atled.convert %1 : tensor<?x2xui8> to tensor<?x2xi1>
  return
}

// CHECK-LABEL: func.func @rounding
func.func @rounding(%x: tensor<?xf16>) {
  // CHECK: atled.ceil %{{.*}} : tensor<?xf16>
  %0 = atled.ceil %x : tensor<?xf16>
  // CHECK: atled.floor %{{.*}} : tensor<?xf16>
  %1 = atled.floor %x : tensor<?xf16>
  // CHECK: atled.trunc %{{.*}} : tensor<?xf16>
  %2 = atled.trunc %x : tensor<?xf16>
  // The default is not written.
  // CHECK: atled.round %{{.*}} : tensor<?xf16>
  %3 = atled.round %x halfway = even : tensor<?xf16>
  // CHECK: atled.round %{{.*}} halfway = away : tensor<?xf16>
  %4 = atled.round %x halfway = away : tensor<?xf16>
  return
}

// CHECK-LABEL: func.func @more_arithmetic
func.func @more_arithmetic(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>, %i: tensor<3xui8>) {
  // CHECK: atled.reciprocal %{{.*}} : tensor<4xf64>
  %0 = atled.reciprocal %x : tensor<4xf64>
  // CHECK: atled.rem %{{.*}}, %{{.*}} : tensor<4xf64>
  %1 = atled.rem %x, %y : tensor<4xf64>
  // CHECK: atled.rem %{{.*}}, %{{.*}} : tensor<3xui8>
  %2 = atled.rem %i, %i : tensor<3xui8>
  // CHECK: atled.hypot %{{.*}}, %{{.*}} : tensor<4xf64>
  %3 = atled.hypot %x, %y : tensor<4xf64>
  // CHECK: atled.copysign %{{.*}}, %{{.*}} : tensor<4xf64>
  %4 = atled.copysign %x, %y : tensor<4xf64>
  // CHECK: atled.fma %{{.*}}, %{{.*}}, %{{.*}} : tensor<4xf64>
  %5 = atled.fma %x, %y, %z : tensor<4xf64>
  // CHECK: atled.clamp %{{.*}}, %{{.*}}, %{{.*}} : tensor<3xui8>
  %6 = atled.clamp %i, %i, %i : tensor<3xui8>
  // CHECK: atled.is_finite %{{.*}} : tensor<4xf64>
  %7 = atled.is_finite %x : tensor<4xf64>
  // CHECK: atled.is_nan %{{.*}} : tensor<4xf64>
  %8 = atled.is_nan %x : tensor<4xf64>
  return
}
