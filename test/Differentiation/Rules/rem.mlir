// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.rem %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.rem %[[X]], %[[Y]]
// CHECK: %[[D:.*]] = atled.sub %[[X]], %[[RESULT]]
// CHECK-NEXT: %[[Q:.*]] = atled.div %[[D]], %[[Y]]
// CHECK-NEXT: %[[N:.*]] = atled.round %[[Q]]
// CHECK-NEXT: %[[M:.*]] = atled.neg %[[N]]
// CHECK-NEXT: %[[P:.*]] = atled.mul %[[DY]], %[[M]]
// CHECK-NEXT: %[[OUT:.*]] = atled.add %[[DX]], %[[P]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.rem %[[X]], %[[Y]]
// CHECK-NEXT: %[[D:.*]] = atled.sub %[[X]], %[[RESULT]]
// CHECK-NEXT: %[[Q:.*]] = atled.div %[[D]], %[[Y]]
// CHECK-NEXT: %[[N:.*]] = atled.round %[[Q]]
// CHECK-NEXT: %[[M:.*]] = atled.neg %[[N]]
// CHECK-NEXT: %[[P:.*]] = atled.mul %[[SEED]], %[[M]]
// CHECK-NEXT: return %[[RESULT]], %[[SEED]], %[[P]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[5.5, -7.25, 0.7, 9.0]> : tensor<4xf64>
  %y = atled.constant dense<[2.0, 1.75, -3.0, -4.0]> : tensor<4xf64>
  check.gradients @f at (%x, %y) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// 1 and -trunc(x / y): also where the remainder is 0, and where x / y is rounded up to an integer,
// as 1 / 0.1 is: the number for 0.1 is greater than that.
func.func @jumps() {
  %x = atled.constant dense<[6.0, 1.0, 1.0, -7.0]> : tensor<4xf64>
  %y = atled.constant dense<[2.0, 0.1, 0x7FF0000000000000, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[1.0, 1.0, 1.0, 1.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[-3.0, -9.0, -0.0, 3.0]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  return
}

// A whole number, even where (x - result) / y is not: here it rounds to the number before 3.
func.func @whole() {
  %x = atled.constant dense<2.142857142857143> : tensor<4xf64>
  %y = atled.constant dense<0.7> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e = atled.constant dense<-3.0> : tensor<4xf64>
  check.expect_eq %r#2, %e : tensor<4xf64>
  return
}
