// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.erfc %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.erfc %[[X]]
// CHECK-NEXT: %[[K:.*]] = atled.constant dense<1.128379{{.*}}>
// CHECK-NEXT: %[[Q:.*]] = atled.mul %[[X]], %[[X]]
// CHECK-NEXT: %[[N:.*]] = atled.neg %[[Q]]
// CHECK-NEXT: %[[E:.*]] = atled.exp %[[N]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[K]], %[[E]]
// CHECK-NEXT: %[[M:.*]] = atled.neg %[[S]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[DX]], %[[M]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.erfc %[[X]]
// CHECK-NEXT: %[[K:.*]] = atled.constant dense<1.128379{{.*}}>
// CHECK-NEXT: %[[Q:.*]] = atled.mul %[[X]], %[[X]]
// CHECK-NEXT: %[[N:.*]] = atled.neg %[[Q]]
// CHECK-NEXT: %[[E:.*]] = atled.exp %[[N]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[K]], %[[E]]
// CHECK-NEXT: %[[M:.*]] = atled.neg %[[S]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[M]]
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

// -2/√π at 0, nothing far out.
func.func @edges() {
  %x = atled.constant dense<[0.0, -0.0, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0xBFF20DD750429B6D, 0xBFF20DD750429B6D, -0.0, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}
