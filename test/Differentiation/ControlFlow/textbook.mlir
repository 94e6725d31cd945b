// Two examples of every introduction to differentiation of programs:
//
//     b = 2a; while norm(b) < 1000: b = 2b; c = b if sum(b) > 0 else 100 b
//
// whose result is a multiple of a, so that the gradient is c / a: to the bit where only powers of two are multiplied;
// and g(x) = x² if x > 1 else 3x, whose slope at 2 is 4.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @scalar(%a: tensor<f64>) -> tensor<f64> {
  %two = atled.constant dense<2.0> : tensor<f64>
  %limit = arith.constant 1000.0 : f64
  %b0 = atled.mul %two, %a : tensor<f64>
  %b = scf.while (%b = %b0) : (tensor<f64>) -> tensor<f64> {
    %norm = atled.abs %b : tensor<f64>
    %n = tensor.extract %norm[] : tensor<f64>
    %go = arith.cmpf olt, %n, %limit : f64
    scf.condition(%go) %b : tensor<f64>
  } do {
  ^bb0(%b: tensor<f64>):
    %next = atled.mul %two, %b : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  %s = tensor.extract %b[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %s, %zero : f64
  %c = scf.if %positive -> tensor<f64> {
    scf.yield %b : tensor<f64>
  } else {
    %hundred = atled.constant dense<100.0> : tensor<f64>
    %m = atled.mul %hundred, %b : tensor<f64>
    scf.yield %m : tensor<f64>
  }
  return %c : tensor<f64>
}

func.func private @vector(%a: tensor<3xf64>) -> tensor<3xf64> {
  %two = atled.constant dense<2.0> : tensor<3xf64>
  %limit = arith.constant 1000.0 : f64
  %b0 = atled.mul %two, %a : tensor<3xf64>
  %b = scf.while (%b = %b0) : (tensor<3xf64>) -> tensor<3xf64> {
    %square = atled.dot %b, %b : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
    %norm = atled.sqrt %square : tensor<f64>
    %n = tensor.extract %norm[] : tensor<f64>
    %go = arith.cmpf olt, %n, %limit : f64
    scf.condition(%go) %b : tensor<3xf64>
  } do {
  ^bb0(%b: tensor<3xf64>):
    %next = atled.mul %two, %b : tensor<3xf64>
    scf.yield %next : tensor<3xf64>
  }
  %sum = atled.reduce_sum %b dimensions = [0] : tensor<3xf64> -> tensor<f64>
  %s = tensor.extract %sum[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %s, %zero : f64
  %c = scf.if %positive -> tensor<3xf64> {
    scf.yield %b : tensor<3xf64>
  } else {
    %hundred = atled.constant dense<100.0> : tensor<3xf64>
    %m = atled.mul %hundred, %b : tensor<3xf64>
    scf.yield %m : tensor<3xf64>
  }
  return %c : tensor<3xf64>
}

func.func private @matrix(%a: tensor<2x2xf64>) -> tensor<2x2xf64> {
  %two = atled.constant dense<2.0> : tensor<2x2xf64>
  %limit = arith.constant 1000.0 : f64
  %b0 = atled.mul %two, %a : tensor<2x2xf64>
  %b = scf.while (%b = %b0) : (tensor<2x2xf64>) -> tensor<2x2xf64> {
    %squares = atled.mul %b, %b : tensor<2x2xf64>
    %square = atled.reduce_sum %squares dimensions = [0, 1] : tensor<2x2xf64> -> tensor<f64>
    %norm = atled.sqrt %square : tensor<f64>
    %n = tensor.extract %norm[] : tensor<f64>
    %go = arith.cmpf olt, %n, %limit : f64
    scf.condition(%go) %b : tensor<2x2xf64>
  } do {
  ^bb0(%b: tensor<2x2xf64>):
    %next = atled.mul %two, %b : tensor<2x2xf64>
    scf.yield %next : tensor<2x2xf64>
  }
  %sum = atled.reduce_sum %b dimensions = [0, 1] : tensor<2x2xf64> -> tensor<f64>
  %s = tensor.extract %sum[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %s, %zero : f64
  %c = scf.if %positive -> tensor<2x2xf64> {
    scf.yield %b : tensor<2x2xf64>
  } else {
    %hundred = atled.constant dense<100.0> : tensor<2x2xf64>
    %m = atled.mul %hundred, %b : tensor<2x2xf64>
    scf.yield %m : tensor<2x2xf64>
  }
  return %c : tensor<2x2xf64>
}

// The values and the gradients for several inputs.
func.func private @each_scalar(%as: tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 6 : index
  %one = atled.constant dense<1.0> : tensor<f64>
  %r:2 = scf.for %k = %c0 to %n step %c1 iter_args(%cs = %as, %ds = %as) -> (tensor<6xf64>, tensor<6xf64>) {
    %a = tensor.extract_slice %as[%k] [1] [1] : tensor<6xf64> to tensor<f64>
    %v:2 = ad.vjp @scalar(%a) seed(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
    %c = tensor.insert_slice %v#0 into %cs[%k] [1] [1] : tensor<f64> into tensor<6xf64>
    %d = tensor.insert_slice %v#1 into %ds[%k] [1] [1] : tensor<f64> into tensor<6xf64>
    scf.yield %c, %d : tensor<6xf64>, tensor<6xf64>
  }
  return %r#0, %r#1 : tensor<6xf64>, tensor<6xf64>
}

// The values and the gradients for several inputs.
func.func private @each_vector(%as: tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<3x3xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 3 : index
  %one = atled.constant dense<1.0> : tensor<3xf64>
  %r:2 = scf.for %k = %c0 to %n step %c1 iter_args(%cs = %as, %ds = %as) -> (tensor<3x3xf64>, tensor<3x3xf64>) {
    %a = tensor.extract_slice %as[%k, 0] [1, 3] [1, 1] : tensor<3x3xf64> to tensor<3xf64>
    %v:2 = ad.vjp @vector(%a) seed(%one) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
    %c = tensor.insert_slice %v#0 into %cs[%k, 0] [1, 3] [1, 1] : tensor<3xf64> into tensor<3x3xf64>
    %d = tensor.insert_slice %v#1 into %ds[%k, 0] [1, 3] [1, 1] : tensor<3xf64> into tensor<3x3xf64>
    scf.yield %c, %d : tensor<3x3xf64>, tensor<3x3xf64>
  }
  return %r#0, %r#1 : tensor<3x3xf64>, tensor<3x3xf64>
}

// The values and the gradients for several inputs.
func.func private @each_matrix(%as: tensor<2x2x2xf64>) -> (tensor<2x2x2xf64>, tensor<2x2x2xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 2 : index
  %one = atled.constant dense<1.0> : tensor<2x2xf64>
  %r:2 = scf.for %k = %c0 to %n step %c1 iter_args(%cs = %as, %ds = %as) -> (tensor<2x2x2xf64>, tensor<2x2x2xf64>) {
    %a = tensor.extract_slice %as[%k, 0, 0] [1, 2, 2] [1, 1, 1] : tensor<2x2x2xf64> to tensor<2x2xf64>
    %v:2 = ad.vjp @matrix(%a) seed(%one) wrt = [0] : (tensor<2x2xf64>, tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>)
    %c = tensor.insert_slice %v#0 into %cs[%k, 0, 0] [1, 2, 2] [1, 1, 1] : tensor<2x2xf64> into tensor<2x2x2xf64>
    %d = tensor.insert_slice %v#1 into %ds[%k, 0, 0] [1, 2, 2] [1, 1, 1] : tensor<2x2xf64> into tensor<2x2x2xf64>
    scf.yield %c, %d : tensor<2x2x2xf64>, tensor<2x2x2xf64>
  }
  return %r#0, %r#1 : tensor<2x2x2xf64>, tensor<2x2x2xf64>
}

func.func @scalars() {
  // c = b.
  %a = atled.constant dense<[1.5, 0.3, 499.9, 500.0, 1.0e5, 1.0e-300]> : tensor<6xf64>
  %r:2 = call @each_scalar(%a) : (tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  %e = atled.div %r#0, %a : tensor<6xf64>
  check.expect_eq %r#1, %e : tensor<6xf64>
  // c = 100 b.
  %m = atled.constant dense<[-1.5, -1.7, -499.9, -500.0, -1.0e5, -1.0e-300]> : tensor<6xf64>
  %s:2 = call @each_scalar(%m) : (tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  %f = atled.div %s#0, %m : tensor<6xf64>
  check.expect_close %s#1, %f within ulps = 2 : tensor<6xf64>
  // 1.5 is doubled ten times.
  %one = atled.constant dense<1.5> : tensor<f64>
  %d = ad.grad @scalar(%one) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %d0 = atled.constant dense<1024.0> : tensor<f64>
  check.expect_eq %d, %d0 : tensor<f64>
  return
}
func.func @vectors() {
  %a = atled.constant dense<[[0.3, -0.2, 1.7], [-3.0, 4.0, -0.99], [700.0, 700.0, -200.0]]> : tensor<3x3xf64>
  %r:2 = call @each_vector(%a) : (tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<3x3xf64>)
  %e = atled.div %r#0, %a : tensor<3x3xf64>
  check.expect_eq %r#1, %e : tensor<3x3xf64>
  %m = atled.neg %a : tensor<3x3xf64>
  %s:2 = call @each_vector(%m) : (tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<3x3xf64>)
  %f = atled.div %s#0, %m : tensor<3x3xf64>
  check.expect_close %s#1, %f within ulps = 2 : tensor<3x3xf64>
  %v = atled.constant dense<[0.3, -0.2, 1.7]> : tensor<3xf64>
  check.gradients @vector at (%v) order = 2 : tensor<3xf64>
  return
}
func.func @matrices() {
  %a = atled.constant dense<[[[0.3, -0.2], [1.7, 0.9]], [[-5.0, 11.0], [0.1, -3.0]]]> : tensor<2x2x2xf64>
  %r:2 = call @each_matrix(%a) : (tensor<2x2x2xf64>) -> (tensor<2x2x2xf64>, tensor<2x2x2xf64>)
  %e = atled.div %r#0, %a : tensor<2x2x2xf64>
  check.expect_eq %r#1, %e : tensor<2x2x2xf64>
  %m = atled.neg %a : tensor<2x2x2xf64>
  %s:2 = call @each_matrix(%m) : (tensor<2x2x2xf64>) -> (tensor<2x2x2xf64>, tensor<2x2x2xf64>)
  %f = atled.div %s#0, %m : tensor<2x2x2xf64>
  check.expect_close %s#1, %f within ulps = 2 : tensor<2x2x2xf64>
  %x = atled.constant dense<[[0.3, -0.2], [1.7, 0.9]]> : tensor<2x2xf64>
  check.gradients @matrix at (%x) : tensor<2x2xf64>
  return
}

// g(x) = x² if x > 1 else 3x, by a branch.
func.func private @g(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %one = arith.constant 1.0 : f64
  %p = arith.cmpf ogt, %v, %one : f64
  %r = scf.if %p -> tensor<f64> {
    %y = atled.mul %x, %x : tensor<f64>
    scf.yield %y : tensor<f64>
  } else {
    %three = atled.constant dense<3.0> : tensor<f64>
    %y = atled.mul %x, %three : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}

// g(x) = x² if x > 1 else 3x of each element, by a branch for each.
func.func private @g_by_branches(%x: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%r = %x) -> (tensor<4xf64>) {
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<4xf64> to tensor<f64>
    %y = func.call @g(%e) : (tensor<f64>) -> tensor<f64>
    %next = tensor.insert_slice %y into %r[%i] [1] [1] : tensor<f64> into tensor<4xf64>
    scf.yield %next : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// The same by a selection.
func.func private @g_of_each(%x: tensor<4xf64>) -> tensor<4xf64> {
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %three = atled.constant dense<3.0> : tensor<4xf64>
  %p = atled.compare gt, %x, %one : tensor<4xf64>
  %a = atled.mul %x, %x : tensor<4xf64>
  %b = atled.mul %x, %three : tensor<4xf64>
  %r = atled.select %p, %a, %b : tensor<4xi1>, tensor<4xf64>
  return %r : tensor<4xf64>
}
func.func @piecewise() {
  %two = atled.constant dense<2.0> : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<f64>
  %a = ad.grad @g(%two) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %four = atled.constant dense<4.0> : tensor<f64>
  check.expect_eq %a, %four : tensor<f64>
  %b = ad.grad @g(%half) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %three = atled.constant dense<3.0> : tensor<f64>
  check.expect_eq %b, %three : tensor<f64>
  check.gradients @g at (%two) order = 3 : tensor<f64>
  check.gradients @g at (%half) order = 3 : tensor<f64>

  // At 1 itself, 3x.
  %x = atled.constant dense<[2.0, 0.5, -1.0, 1.0]> : tensor<4xf64>
  %ones = atled.constant dense<1.0> : tensor<4xf64>
  %e = atled.constant dense<[4.0, 3.0, 3.0, 3.0]> : tensor<4xf64>
  %c:2 = ad.vjp @g_of_each(%x) seed(%ones) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %c#1, %e : tensor<4xf64>
  %d:2 = ad.vjp @g_by_branches(%x) seed(%ones) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %d#1, %e : tensor<4xf64>
  %f:2 = ad.jvp @g_by_branches(%x) tangent(%ones) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %f#1, %e : tensor<4xf64>
  return
}
