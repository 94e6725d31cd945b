// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The adjoints are convolutions: of the image, with the kernel in reverse, strides and gaps exchanged; of the kernel, with
// the cotangent as a kernel whose elements are as far apart as the strides.
func.func private @f(%x: tensor<2x3x7xf64>, %w: tensor<4x3x3xf64>) -> tensor<2x4x4xf64> {
  %result = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [2] low = [1] high = [1]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x7xf64>, tensor<4x3x3xf64>) -> tensor<2x4x4xf64>
  return %result : tensor<2x4x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x7xf64>, %[[W:.*]]: tensor<4x3x3xf64>, %[[DX:.*]]: tensor<2x3x7xf64>, %[[DW:.*]]: tensor<4x3x3xf64>) ->
// CHECK-DAG: atled.convolution %[[DX]], %[[W]] "bi0" x "oi0" -> "bo0" strides = [2] low = [1] high = [1]
// CHECK-DAG: atled.convolution %[[X]], %[[DW]] "bi0" x "oi0" -> "bo0" strides = [2] low = [1] high = [1]
func.func @forward(%x: tensor<2x3x7xf64>, %w: tensor<4x3x3xf64>, %dx: tensor<2x3x7xf64>, %dw: tensor<4x3x3xf64>)
    -> (tensor<2x4x4xf64>, tensor<2x4x4xf64>) {
  %r:2 = ad.jvp @f(%x, %w) tangent(%dx, %dw) wrt = [0, 1]
      : (tensor<2x3x7xf64>, tensor<4x3x3xf64>, tensor<2x3x7xf64>, tensor<4x3x3xf64>)
      -> (tensor<2x4x4xf64>, tensor<2x4x4xf64>)
  return %r#0, %r#1 : tensor<2x4x4xf64>, tensor<2x4x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x7xf64>, %[[W:.*]]: tensor<4x3x3xf64>, %[[SEED:.*]]: tensor<2x4x4xf64>) ->
// CHECK-DAG: %[[BACK:.*]] = atled.reverse %[[W]] dimensions = [2]
// CHECK-DAG: atled.convolution %[[SEED]], %[[BACK]] "bo0" x "oi0" -> "bi0" strides = [1] low = [1] high = [1] lhs_dilation = [2] rhs_dilation = [1]
// CHECK-DAG: atled.convolution %[[X]], %[[SEED]] "bi0" x "bo0" -> "oi0" strides = [1] low = [1] high = [1] lhs_dilation = [1] rhs_dilation = [2]
func.func @reverse(%x: tensor<2x3x7xf64>, %w: tensor<4x3x3xf64>, %seed: tensor<2x4x4xf64>)
    -> (tensor<2x4x4xf64>, tensor<2x3x7xf64>, tensor<4x3x3xf64>) {
  %r:3 = ad.vjp @f(%x, %w) seed(%seed) wrt = [0, 1]
      : (tensor<2x3x7xf64>, tensor<4x3x3xf64>, tensor<2x4x4xf64>)
      -> (tensor<2x4x4xf64>, tensor<2x3x7xf64>, tensor<4x3x3xf64>)
  return %r#0, %r#1, %r#2 : tensor<2x4x4xf64>, tensor<2x3x7xf64>, tensor<4x3x3xf64>
}

// With everything at once, by the pairing identity and by differences.
func.func private @grouped(%x: tensor<1x2x2x4x3xf64>, %w: tensor<2x2x1x2x2xf64>) -> tensor<1x2x1x3x5xf64> {
  %result = atled.convolution %x, %w "bgi01" x "gio01" -> "bgo01" strides = [3, 1] low = [2, -1] high = [1, 2]
      lhs_dilation = [2, 2] rhs_dilation = [3, 1]
      : (tensor<1x2x2x4x3xf64>, tensor<2x2x1x2x2xf64>) -> tensor<1x2x1x3x5xf64>
  return %result : tensor<1x2x1x3x5xf64>
}
func.func @derivatives() {
  %n = atled.iota dimension = 0 : tensor<48xf64>
  %s = atled.sin %n : tensor<48xf64>
  %x = atled.reshape %s : tensor<48xf64> -> tensor<1x2x2x4x3xf64>
  %m = atled.iota dimension = 0 : tensor<16xf64>
  %c = atled.cos %m : tensor<16xf64>
  %w = atled.reshape %c : tensor<16xf64> -> tensor<2x2x1x2x2xf64>
  check.gradients @grouped at (%x, %w) order = 2 : tensor<1x2x2x4x3xf64>, tensor<2x2x1x2x2xf64>
  return
}

// A kernel with more elements than there are places for it: the adjoint moves the cotangent over the kernel.
// CHECK-LABEL: func.func private @large.vjp.0(
// CHECK: %[[BACK:.*]] = atled.reverse %{{.*}} dimensions = [3, 4] : tensor<2x3x2x2x3xf64>
// CHECK: atled.convolution %{{.*}}, %[[BACK]] "goi01" x "bgo01" -> "bgi01" strides = [1, 2] low = [2, 5] high = [5, 9] lhs_dilation = [1, 2] rhs_dilation = [3, 4]
func.func private @large(%x: tensor<2x3x2x9x7xf64>, %w: tensor<3x2x2x5x4xf64>) -> tensor<2x3x2x2x3xf64> {
  %result = atled.convolution %x, %w "bgi01" x "goi01" -> "bgo01" strides = [3, 4] low = [1, 3] high = [-1, 0]
      lhs_dilation = [1, 2] rhs_dilation = [1, 2]
      : (tensor<2x3x2x9x7xf64>, tensor<3x2x2x5x4xf64>) -> tensor<2x3x2x2x3xf64>
  return %result : tensor<2x3x2x2x3xf64>
}
func.func @large_kernel(%x: tensor<2x3x2x9x7xf64>, %w: tensor<3x2x2x5x4xf64>, %seed: tensor<2x3x2x2x3xf64>)
    -> tensor<2x3x2x9x7xf64> {
  %r:2 = ad.vjp @large(%x, %w) seed(%seed) wrt = [0]
      : (tensor<2x3x2x9x7xf64>, tensor<3x2x2x5x4xf64>, tensor<2x3x2x2x3xf64>)
      -> (tensor<2x3x2x2x3xf64>, tensor<2x3x2x9x7xf64>)
  return %r#1 : tensor<2x3x2x9x7xf64>
}
func.func @derivatives_large() {
  %n = atled.iota dimension = 0 : tensor<756xf64>
  %s = atled.sin %n : tensor<756xf64>
  %x = atled.reshape %s : tensor<756xf64> -> tensor<2x3x2x9x7xf64>
  %m = atled.iota dimension = 0 : tensor<240xf64>
  %c = atled.cos %m : tensor<240xf64>
  %w = atled.reshape %c : tensor<240xf64> -> tensor<3x2x2x5x4xf64>
  check.gradients @large at (%x, %w) order = 2 : tensor<2x3x2x9x7xf64>, tensor<3x2x2x5x4xf64>
  return
}
