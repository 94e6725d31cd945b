// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

// CHECK-LABEL: func.func @contract_that_has_a_short_form
// CHECK-SAME: (%[[X:.*]]: tensor<?x8xf32>, %[[Y:.*]]: tensor<8x3xf32>, %[[V:.*]]: tensor<?xf32>)
func.func @contract_that_has_a_short_form(%x: tensor<?x8xf32>, %y: tensor<8x3xf32>, %v: tensor<?xf32>)
    -> (tensor<?x3xf32>, tensor<f32>) {
  // CHECK: atled.matmul %[[X]], %[[Y]]
  %0 = atled.contract %x, %y batch = [] x [] contracting = [1] x [0]
      : (tensor<?x8xf32>, tensor<8x3xf32>) -> tensor<?x3xf32>
  // CHECK: atled.dot %[[V]], %[[V]]
  %1 = atled.contract %v, %v batch = [] x [] contracting = [0] x [0] : (tensor<?xf32>, tensor<?xf32>) -> tensor<f32>
  return %0, %1 : tensor<?x3xf32>, tensor<f32>
}

// CHECK-LABEL: func.func @contract_that_has_none
func.func @contract_that_has_none(%x: tensor<8x8xf32>, %v: tensor<8xf32>)
    -> (tensor<8x8xf32>, tensor<8xf32>, tensor<8xf32>) {
  // CHECK-COUNT-3: atled.contract
  %0 = atled.contract %x, %x batch = [] x [] contracting = [0] x [0] : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  %1 = atled.contract %x, %v batch = [] x [] contracting = [1] x [0] : (tensor<8x8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %2 = atled.contract %v, %v batch = [0] x [0] contracting = [] x [] : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %0, %1, %2 : tensor<8x8xf32>, tensor<8xf32>, tensor<8xf32>
}

// CHECK-LABEL: func.func @sums_of_no_products
func.func @sums_of_no_products(%x: tensor<4x0xf32>, %y: tensor<0x3xf32>, %v: tensor<0xf32>, %d: tensor<?x0xf32>)
    -> (tensor<4x3xf32>, tensor<f32>, tensor<4x2xf32>, tensor<?x3xf32>) {
  // CHECK-DAG: %[[MATMUL:.*]] = atled.constant dense<0.000000e+00> : tensor<4x3xf32>
  // CHECK-DAG: %[[DOT:.*]] = atled.constant dense<0.000000e+00> : tensor<f32>
  // CHECK-DAG: %[[CONTRACT:.*]] = atled.constant dense<0.000000e+00> : tensor<4x2xf32>
  // CHECK: %[[DYNAMIC:.*]] = atled.matmul
  // CHECK: return %[[MATMUL]], %[[DOT]], %[[CONTRACT]], %[[DYNAMIC]]
  %0 = atled.matmul %x, %y : (tensor<4x0xf32>, tensor<0x3xf32>) -> tensor<4x3xf32>
  %1 = atled.dot %v, %v : (tensor<0xf32>, tensor<0xf32>) -> tensor<f32>
  %z = atled.constant dense<> : tensor<2x0xf32>
  %2 = atled.contract %x, %z batch = [] x [] contracting = [1] x [1] : (tensor<4x0xf32>, tensor<2x0xf32>) -> tensor<4x2xf32>
  %3 = atled.matmul %d, %y : (tensor<?x0xf32>, tensor<0x3xf32>) -> tensor<?x3xf32>
  return %0, %1, %2, %3 : tensor<4x3xf32>, tensor<f32>, tensor<4x2xf32>, tensor<?x3xf32>
}

// CHECK-LABEL: func.func @products_of_integers_with_zero
func.func @products_of_integers_with_zero(%x: tensor<4x8xi32>, %y: tensor<4x8xf32>) -> (tensor<4x3xi32>, tensor<4x3xf32>) {
  // CHECK: %[[ZERO:.*]] = atled.constant dense<0> : tensor<4x3xi32>
  %zero = atled.constant dense<0> : tensor<8x3xi32>
  %0 = atled.matmul %x, %zero : (tensor<4x8xi32>, tensor<8x3xi32>) -> tensor<4x3xi32>
  // 0 * inf is NaN.
  // CHECK: %[[MATMUL:.*]] = atled.matmul
  %float = atled.constant dense<0.0> : tensor<8x3xf32>
  %1 = atled.matmul %y, %float : (tensor<4x8xf32>, tensor<8x3xf32>) -> tensor<4x3xf32>
  // CHECK: return %[[ZERO]], %[[MATMUL]]
  return %0, %1 : tensor<4x3xi32>, tensor<4x3xf32>
}
