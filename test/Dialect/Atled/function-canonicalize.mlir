// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

// That the compiled functions agree: test/Execution/Folding/identities.mlir.

// CHECK-LABEL: func.func @zeros_that_map_to_themselves
func.func @zeros_that_map_to_themselves() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %zero = atled.constant dense<-0.0> : tensor<2xf32>
  // CHECK: %[[ZERO:.*]] = atled.constant dense<-0.0{{.*}}>
  // CHECK: return %[[ZERO]], %[[ZERO]], %[[ZERO]]
  %0 = atled.sinh %zero : tensor<2xf32>
  %1 = atled.asin %zero : tensor<2xf32>
  %2 = atled.cbrt %zero : tensor<2xf32>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @points_with_exact_values
func.func @points_with_exact_values() -> (tensor<2xf32>, tensor<2xf32>) {
  %zero = atled.constant dense<0.0> : tensor<2xf32>
  %one = atled.constant dense<1.0> : tensor<2xf32>
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<0.0{{.*}}>
  // CHECK-DAG: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
  // CHECK: return %[[ONE]], %[[ZERO]]
  %0 = atled.cosh %zero : tensor<2xf32>
  %1 = atled.log10 %one : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// Elsewhere the bits are those of the compiled program.
// CHECK-LABEL: func.func @other_points
func.func @other_points() -> tensor<2xf32> {
  %one = atled.constant dense<1.0> : tensor<2xf32>
  // CHECK: atled.atan
  %0 = atled.atan %one : tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @no_sign
func.func @no_sign(%x: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: %[[Y:.*]] = atled.softplus
  // CHECK-NEXT: return %[[Y]]
  %0 = atled.softplus %x : tensor<2xf32>
  %1 = atled.abs %0 : tensor<2xf32>
  return %1 : tensor<2xf32>
}
