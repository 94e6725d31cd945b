// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.gelu %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.gelu %[[X]]
// CHECK: %[[L:.*]] = atled.clamp %{{.*}}, %[[X]], %{{.*}}
// CHECK: atled.erfc
// CHECK: %[[OUT:.*]] = atled.mul %[[DX]], %{{.*}}
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.gelu %[[X]]
// CHECK: %[[L:.*]] = atled.clamp %{{.*}}, %[[X]], %{{.*}}
// CHECK: atled.erfc
// CHECK: %[[OUT:.*]] = atled.mul %[[SEED]], %{{.*}}
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// One half at 0; its limits at infinities.
func.func @edges() {
  %x = atled.constant dense<[0.0, 0xFFF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.5, 0.0, 1.0, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

func.func private @with_tanh(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.gelu %x form = tanh : tensor<4xf64>
  return %result : tensor<4xf64>
}

func.func @derivatives_of_the_form_with_tanh() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  check.gradients @with_tanh at (%x) order = 2 : tensor<4xf64>
  return
}

// The same limits.
func.func @edges_of_the_form_with_tanh() {
  %x = atled.constant dense<[0.0, 0xFFF0000000000000, 0x7FF0000000000000, 1.0e200]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @with_tanh(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e = atled.constant dense<[0.5, 0.0, 1.0, 1.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e : tensor<4xf64>
  return
}

// Of f16, too, whose cube is beyond it from 41 on.
func.func private @narrow(%x: tensor<8xf16>) -> tensor<8xf16> {
  %result = atled.gelu %x form = tanh : tensor<8xf16>
  return %result : tensor<8xf16>
}
func.func @edges_of_f16() {
  %x = atled.constant dense<[68.0, -68.0, 100.0, -100.0, 6.0e4, -6.0e4, 0x7C00, 0xFC00]> : tensor<8xf16>
  %seed = atled.constant dense<1.0> : tensor<8xf16>
  %r:2 = ad.vjp @narrow(%x) seed(%seed) wrt = [0] : (tensor<8xf16>, tensor<8xf16>) -> (tensor<8xf16>, tensor<8xf16>)
  %e0 = atled.constant dense<[1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]> : tensor<8xf16>
  check.expect_close %r#1, %e0 within ulps = 0 : tensor<8xf16>
  return
}
