// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.acosh %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.acosh %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.sub %[[X]], %[[ONE]]
// CHECK-NEXT: %[[B:.*]] = atled.sqrt %[[A]]
// CHECK-NEXT: %[[C:.*]] = atled.div %[[DX]], %[[B]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[D:.*]] = atled.add %[[X]], %[[ONE2]]
// CHECK-NEXT: %[[E:.*]] = atled.sqrt %[[D]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[C]], %[[E]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.acosh %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.sub %[[X]], %[[ONE]]
// CHECK-NEXT: %[[B:.*]] = atled.sqrt %[[A]]
// CHECK-NEXT: %[[C:.*]] = atled.div %[[SEED]], %[[B]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[D:.*]] = atled.add %[[X]], %[[ONE2]]
// CHECK-NEXT: %[[E:.*]] = atled.sqrt %[[D]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[C]], %[[E]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[1.5, 2.25, 1.07, 12.0]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// +inf at the end of the domain, NaN outside of it, 2^-600 at 2^600.
func.func @edges() {
  %x = atled.constant dense<[1.0, 0x7FF0000000000000, 0.5, 0x6570000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0x7FF0000000000000, 0.0, 0x7FF8000000000000, 0x1A70000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}
