// A choice does not keep NaN out of a derivative: the 0 that goes back through what is not chosen meets an infinite
// slope. A remark tells, and strong zeros stay 0.

// RUN: atled-opt %s --ad-differentiate --remarks-filter='ad-differentiate' -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: strong-zeros.mlir:[[#@LINE+17]]:8: remark: [Analysis] select | Category:ad-differentiate | Reason="where the other operand is chosen, the 0 that goes back meets the derivative of 'atled.log' at {{.*}}strong-zeros.mlir:[[#@LINE+15]]:10, which may be infinite: then it is NaN", Suggestion="choose what goes into it instead of what comes out, or use strong-zeros"
// REMARK-NOT: remark:

// RUN: atled-run %s --grad=loss --input=3xf64=0,1,2 | FileCheck %s --check-prefix=IEEE
// IEEE: [nan, 1.0, 0.5]
// RUN: atled-run %s --grad=loss --input=3xf64=0,1,2 --strong-zeros | FileCheck %s --check-prefix=STRONG
// STRONG: [0.0, 1.0, 0.5]
// RUN: atled-run %s --grad=loss --input=3xf64=-1,0,4 --strong-zeros -O0 | FileCheck %s --check-prefix=BELOW
// BELOW: [ 0.0, 0.0, 0.25]
// RUN: atled-run %s --grad=safe --input=3xf64=0,1,2 | FileCheck %s --check-prefix=STRONG

func.func @loss(%x: tensor<3xf64>) -> tensor<f64> {
  %zero = arith.constant dense<0.0> : tensor<3xf64>
  %positive = atled.compare gt, %x, %zero : tensor<3xf64>
  // Through another operation.
  %log = atled.log %x : tensor<3xf64>
  %twice = atled.add %log, %zero : tensor<3xf64>
  %y = atled.select %positive, %twice, %zero : tensor<3xi1>, tensor<3xf64>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<3xf64> -> tensor<f64>
  return %sum : tensor<f64>
}

// The choice of what goes in needs neither.
func.func @safe(%x: tensor<3xf64>) -> tensor<f64> {
  %zero = arith.constant dense<0.0> : tensor<3xf64>
  %one = arith.constant dense<1.0> : tensor<3xf64>
  %positive = atled.compare gt, %x, %zero : tensor<3xf64>
  %inside = atled.select %positive, %x, %one : tensor<3xi1>, tensor<3xf64>
  %y = atled.log %inside : tensor<3xf64>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<3xf64> -> tensor<f64>
  return %sum : tensor<f64>
}

func.func @gradients(%x: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %g = ad.grad @loss(%x) wrt = [0] : (tensor<3xf64>) -> tensor<3xf64>
  %h = ad.grad @safe(%x) wrt = [0] : (tensor<3xf64>) -> tensor<3xf64>
  return %g, %h : tensor<3xf64>, tensor<3xf64>
}

// RUN: atled-opt %s --ad-differentiate=strong-zeros | FileCheck %s
// CHECK-LABEL: func.func private @loss.vjp.0
// CHECK: %[[PARTIAL:.*]] = atled.div %[[SEED:.*]], %{{.*}}
// CHECK: %[[IS_ZERO:.*]] = atled.compare eq, %[[SEED]], %[[ZERO:.*]] :
// CHECK: atled.select %[[IS_ZERO]], %{{.*}}, %[[PARTIAL]]
