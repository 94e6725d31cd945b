// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

// Constants: test/Execution/Folding.

// CHECK-LABEL: func.func @conjunction
// CHECK-SAME: (%[[X:.*]]: tensor<4xi8>)
func.func @conjunction(%x: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi8>, tensor<4xi8>) {
  %zero = atled.constant dense<0> : tensor<4xi8>
  %ones = atled.constant dense<-1> : tensor<4xi8>
  // CHECK: %[[ZERO:.*]] = atled.constant dense<0>
  // CHECK: return %[[X]], %[[X]], %[[ZERO]]
  %0 = atled.and %x, %x : tensor<4xi8>
  %1 = atled.and %ones, %x : tensor<4xi8>
  %2 = atled.and %x, %zero : tensor<4xi8>
  return %0, %1, %2 : tensor<4xi8>, tensor<4xi8>, tensor<4xi8>
}

// CHECK-LABEL: func.func @disjunction
// CHECK-SAME: (%[[P:.*]]: tensor<4xi1>)
func.func @disjunction(%p: tensor<4xi1>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %false = atled.constant dense<false> : tensor<4xi1>
  %true = atled.constant dense<true> : tensor<4xi1>
  // CHECK: %[[TRUE:.*]] = atled.constant dense<true>
  // CHECK: return %[[P]], %[[P]], %[[TRUE]]
  %0 = atled.or %p, %p : tensor<4xi1>
  %1 = atled.or %p, %false : tensor<4xi1>
  %2 = atled.or %true, %p : tensor<4xi1>
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @negations
// CHECK-SAME: (%[[X:.*]]: tensor<4xui16>)
func.func @negations(%x: tensor<4xui16>) -> (tensor<4xui16>, tensor<4xui16>) {
  %zero = atled.constant dense<0> : tensor<4xui16>
  // CHECK: return %[[X]], %[[X]]
  %0 = atled.xor %zero, %x : tensor<4xui16>
  %1 = atled.not %x : tensor<4xui16>
  %2 = atled.not %1 : tensor<4xui16>
  return %0, %2 : tensor<4xui16>, tensor<4xui16>
}

// CHECK-LABEL: func.func @shifts_by_nothing
// CHECK-SAME: (%[[X:.*]]: tensor<4xi64>)
func.func @shifts_by_nothing(%x: tensor<4xi64>) -> (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) {
  %zero = atled.constant dense<0> : tensor<4xi64>
  // CHECK: return %[[X]], %[[X]], %[[X]]
  %0 = atled.shift_left %x, %zero : tensor<4xi64>
  %1 = atled.shift_right_arithmetic %x, %zero : tensor<4xi64>
  %2 = atled.shift_right_logical %x, %zero : tensor<4xi64>
  return %0, %1, %2 : tensor<4xi64>, tensor<4xi64>, tensor<4xi64>
}

// CHECK-LABEL: func.func @there_and_back
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>)
func.func @there_and_back(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: return %[[X]]
  %0 = atled.bitcast %x : tensor<?xf32> to tensor<?xui32>
  %1 = atled.bitcast %0 : tensor<?xui32> to tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func.func @bits_of_one
func.func @bits_of_one() -> tensor<2xi32> {
  %one = atled.constant dense<1.0> : tensor<2xf32>
  // CHECK: %[[BITS:.*]] = atled.constant dense<1065353216> : tensor<2xi32>
  // CHECK: return %[[BITS]]
  %0 = atled.bitcast %one : tensor<2xf32> to tensor<2xi32>
  return %0 : tensor<2xi32>
}
