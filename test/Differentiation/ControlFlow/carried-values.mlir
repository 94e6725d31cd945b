// Loops that carry several values: some are active, some are not, some are whole numbers, truth values or indices, some
// change places from one iteration to the next, some are given and never used.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// Carried side by side: what is active, what is not, and an integer; two that change places.
func.func private @company(%x: tensor<2xf64>, %y: tensor<2xf64>) -> (tensor<2xf64>, tensor<i32>, tensor<2xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %zero = atled.constant dense<0> : tensor<i32>
  %one = atled.constant dense<1> : tensor<i32>
  %k = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:4 = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %x, %b = %y, %n = %zero, %c = %k)
      -> (tensor<2xf64>, tensor<2xf64>, tensor<i32>, tensor<2xf64>) {
    %m = atled.add %n, %one : tensor<i32>
    %f = atled.convert %m : tensor<i32> to tensor<f64>
    %g = atled.broadcast %f dimensions = [] : tensor<f64> -> tensor<2xf64>
    %d = atled.sin %c : tensor<2xf64>
    %p = atled.mul %a, %g : tensor<2xf64>
    %q = atled.mul %p, %d : tensor<2xf64>
    %s = atled.cos %q : tensor<2xf64>
    scf.yield %b, %s, %m, %d : tensor<2xf64>, tensor<2xf64>, tensor<i32>, tensor<2xf64>
  }
  return %r#0, %r#2, %r#1 : tensor<2xf64>, tensor<i32>, tensor<2xf64>
}
func.func @several_values() {
  %x = atled.constant dense<[0.3, -0.2]> : tensor<2xf64>
  %y = atled.constant dense<[1.3, 0.7]> : tensor<2xf64>
  check.gradients @company at (%x, %y) order = 2 : tensor<2xf64>, tensor<2xf64>
  check.gradients @company at (%x, %y) wrt = [1] : tensor<2xf64>, tensor<2xf64>
  return
}

// Fibonacci's numbers as exponents: two values change places, and r = x^F₇ y^F₈ = x¹³ y²¹.
func.func private @fibonacci(%x: tensor<f64>, %y: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %r:2 = scf.for %i = %c0 to %c7 step %c1 iter_args(%a = %x, %b = %y) -> (tensor<f64>, tensor<f64>) {
    %c = atled.mul %a, %b : tensor<f64>
    scf.yield %b, %c : tensor<f64>, tensor<f64>
  }
  return %r#1 : tensor<f64>
}
func.func @change_of_places() {
  %one = atled.constant dense<1.0> : tensor<f64>
  %d:2 = ad.grad @fibonacci(%one, %one) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %n13 = atled.constant dense<13.0> : tensor<f64>
  %n21 = atled.constant dense<21.0> : tensor<f64>
  check.expect_eq %d#0, %n13 : tensor<f64>
  check.expect_eq %d#1, %n21 : tensor<f64>
  // 13 · 12, 13 · 21, 21 · 20.
  %h:4 = ad.hessian @fibonacci(%one, %one) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  %xx = atled.constant dense<156.0> : tensor<f64>
  %xy = atled.constant dense<273.0> : tensor<f64>
  %yy = atled.constant dense<420.0> : tensor<f64>
  check.expect_eq %h#0, %xx : tensor<f64>
  check.expect_eq %h#1, %xy : tensor<f64>
  check.expect_eq %h#2, %xy : tensor<f64>
  check.expect_eq %h#3, %yy : tensor<f64>
  // By one of them alone.
  %e = ad.grad @fibonacci(%one, %one) wrt = [1] : (tensor<f64>, tensor<f64>) -> tensor<f64>
  check.expect_eq %e, %n21 : tensor<f64>
  return
}

// A truth value, a tensor of them, an index and whole numbers of two widths decide what is computed: odd rounds square,
// even ones multiply by x, and a mask selects the elements that do.
func.func private @flags(%x: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xi8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %false = arith.constant false
  %true = arith.constant true
  %mask0 = atled.constant dense<[true, false]> : tensor<2xi1>
  %n0 = atled.constant dense<[1, 2]> : tensor<2xi8>
  %r:5 = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x, %odd = %false, %mask = %mask0, %n = %n0, %k = %c1)
      -> (tensor<2xf64>, i1, tensor<2xi1>, tensor<2xi8>, index) {
    %next = scf.if %odd -> (tensor<2xf64>) {
      %s = atled.mul %h, %h : tensor<2xf64>
      scf.yield %s : tensor<2xf64>
    } else {
      %s = atled.mul %h, %x : tensor<2xf64>
      scf.yield %s : tensor<2xf64>
    }
    %m = atled.select %mask, %next, %h : tensor<2xi1>, tensor<2xf64>
    %even = arith.xori %odd, %true : i1
    %two = atled.constant dense<2> : tensor<2xi8>
    %limit = atled.constant dense<3> : tensor<2xi8>
    %n2 = atled.mul %n, %two : tensor<2xi8>
    %other = atled.compare gt, %n2, %limit : tensor<2xi8>
    %k2 = arith.muli %k, %k : index
    scf.yield %m, %even, %other, %n2, %k2 : tensor<2xf64>, i1, tensor<2xi1>, tensor<2xi8>, index
  }
  return %r#0, %r#3 : tensor<2xf64>, tensor<2xi8>
}
func.func @whole_numbers() {
  // First element: x², then the mask is [2 > 3, 4 > 3], so nothing, then [4 > 3, 8 > 3]: x³. Second: x, x², x³.
  %x = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %s = atled.constant dense<1.0> : tensor<2xf64>
  %v:3 = ad.vjp @flags(%x) seed(%s) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xi8>, tensor<2xf64>)
  %y = atled.constant dense<[8.0, 27.0]> : tensor<2xf64>
  %n = atled.constant dense<[8, 16]> : tensor<2xi8>
  %d = atled.constant dense<[12.0, 27.0]> : tensor<2xf64>
  check.expect_eq %v#0, %y : tensor<2xf64>
  check.expect_eq %v#1, %n : tensor<2xi8>
  check.expect_eq %v#2, %d : tensor<2xf64>
  check.gradients @flags at (%x) order = 2 : tensor<2xf64>
  return
}

// What is only carried along, and a result that depends on nothing of interest.
func.func private @along(%x: tensor<f64>, %y: tensor<f64>, %z: tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r:3 = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x, %b = %y, %c = %z) -> (tensor<f64>, tensor<f64>, tensor<f64>) {
    %d = atled.add %b, %z : tensor<f64>
    %e = atled.sin %c : tensor<f64>
    scf.yield %a, %d, %e : tensor<f64>, tensor<f64>, tensor<f64>
  }
  return %r#0, %r#1, %r#2 : tensor<f64>, tensor<f64>, tensor<f64>
}
func.func @carried_along() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %y = atled.constant dense<3.0> : tensor<f64>
  %z = atled.constant dense<0.0> : tensor<f64>
  %s = atled.constant dense<7.0> : tensor<f64>
  // By x, y, z: 7, 7, 7 · 4 + 7 cos(0)⁴.
  %v:6 = ad.vjp @along(%x, %y, %z) seed(%s, %s, %s) wrt = [0, 1, 2]
    : (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
    -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  %dz = atled.constant dense<35.0> : tensor<f64>
  check.expect_eq %v#3, %s : tensor<f64>
  check.expect_eq %v#4, %s : tensor<f64>
  check.expect_eq %v#5, %dz : tensor<f64>
  %j:3 = ad.jacobian @along(%x, %y, %z) wrt = [1] : (tensor<f64>, tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>)
  %one = atled.constant dense<1.0> : tensor<f64>
  check.expect_eq %j#0, %z : tensor<f64>
  check.expect_eq %j#1, %one : tensor<f64>
  check.expect_eq %j#2, %z : tensor<f64>
  return
}

// The condition passes on what it has computed, in another order and of other types than what is carried.
func.func private @passes_on(%x: tensor<2xf64>) -> (tensor<f64>, tensor<2xf64>) {
  %limit = arith.constant 5.0 : f64
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %r:3 = scf.while (%h = %x, %i = %c0) : (tensor<2xf64>, i32) -> (i32, tensor<f64>, tensor<2xf64>) {
    %n = atled.dot %h, %x : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
    %e = atled.exp %h : tensor<2xf64>
    %v = tensor.extract %n[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    scf.condition(%go) %i, %n, %e : i32, tensor<f64>, tensor<2xf64>
  } do {
  ^bb0(%i: i32, %n: tensor<f64>, %e: tensor<2xf64>):
    %b = atled.broadcast %n dimensions = [] : tensor<f64> -> tensor<2xf64>
    %p = atled.mul %e, %b : tensor<2xf64>
    %j = arith.addi %i, %c1 : i32
    scf.yield %p, %j : tensor<2xf64>, i32
  }
  return %r#1, %r#2 : tensor<f64>, tensor<2xf64>
}
func.func @forwarded_values() {
  %x = atled.constant dense<[0.5, 0.7]> : tensor<2xf64>
  check.gradients @passes_on at (%x) order = 2 : tensor<2xf64>
  return
}

// One branch makes the carried tensor anew and the other changes an element of it, which was read in front of both.
func.func private @anew_or_changed(%x: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %j = arith.remui %i, %c2 : index
    %even = arith.cmpi eq, %j, %c0 : index
    %e = tensor.extract_slice %h[%j] [1] [1] : tensor<4xf64> to tensor<f64>
    %n = scf.if %even -> (tensor<4xf64>) {
      %m = atled.mul %h, %x : tensor<4xf64>
      scf.yield %m : tensor<4xf64>
    } else {
      %s = atled.sin %e : tensor<f64>
      %m = tensor.insert_slice %s into %h[%j] [1] [1] : tensor<f64> into tensor<4xf64>
      scf.yield %m : tensor<4xf64>
    }
    scf.yield %n : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @anew_or_changed_unrolled(%x: tensor<4xf64>) -> tensor<4xf64> {
  %h0 = atled.mul %x, %x : tensor<4xf64>
  %e1 = tensor.extract_slice %h0[1] [1] [1] : tensor<4xf64> to tensor<f64>
  %s1 = atled.sin %e1 : tensor<f64>
  %h1 = tensor.insert_slice %s1 into %h0[1] [1] [1] : tensor<f64> into tensor<4xf64>
  %h2 = atled.mul %h1, %x : tensor<4xf64>
  %e3 = tensor.extract_slice %h2[1] [1] [1] : tensor<4xf64> to tensor<f64>
  %s3 = atled.sin %e3 : tensor<f64>
  %h3 = tensor.insert_slice %s3 into %h2[1] [1] [1] : tensor<f64> into tensor<4xf64>
  %h4 = atled.mul %h3, %x : tensor<4xf64>
  return %h4 : tensor<4xf64>
}
func.func private @part_of_either(%x: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %j = arith.remui %i, %c2 : index
    %even = arith.cmpi eq, %j, %c0 : index
    %e = tensor.extract_slice %h[%j] [1] [1] : tensor<4xf64> to tensor<f64>
    %q:2 = scf.if %even -> (tensor<4xf64>, tensor<f64>) {
      %m = atled.sin %h : tensor<4xf64>
      scf.yield %m, %e : tensor<4xf64>, tensor<f64>
    } else {
      %s = atled.sin %e : tensor<f64>
      %m = tensor.insert_slice %s into %h[%c0] [1] [1] : tensor<f64> into tensor<4xf64>
      scf.yield %m, %s : tensor<4xf64>, tensor<f64>
    }
    %n = tensor.insert_slice %q#1 into %q#0[%c1] [1] [1] : tensor<f64> into tensor<4xf64>
    scf.yield %n : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @part_of_either_unrolled(%x: tensor<4xf64>) -> tensor<4xf64> {
  %e0 = tensor.extract_slice %x[0] [1] [1] : tensor<4xf64> to tensor<f64>
  %m0 = atled.sin %x : tensor<4xf64>
  %h0 = tensor.insert_slice %e0 into %m0[1] [1] [1] : tensor<f64> into tensor<4xf64>
  %e1 = tensor.extract_slice %h0[1] [1] [1] : tensor<4xf64> to tensor<f64>
  %s1 = atled.sin %e1 : tensor<f64>
  %m1 = tensor.insert_slice %s1 into %h0[0] [1] [1] : tensor<f64> into tensor<4xf64>
  %h1 = tensor.insert_slice %s1 into %m1[1] [1] [1] : tensor<f64> into tensor<4xf64>
  %e2 = tensor.extract_slice %h1[0] [1] [1] : tensor<4xf64> to tensor<f64>
  %m2 = atled.sin %h1 : tensor<4xf64>
  %h2 = tensor.insert_slice %e2 into %m2[1] [1] [1] : tensor<f64> into tensor<4xf64>
  %e3 = tensor.extract_slice %h2[1] [1] [1] : tensor<4xf64> to tensor<f64>
  %s3 = atled.sin %e3 : tensor<f64>
  %m3 = tensor.insert_slice %s3 into %h2[0] [1] [1] : tensor<f64> into tensor<4xf64>
  %h3 = tensor.insert_slice %s3 into %m3[1] [1] [1] : tensor<f64> into tensor<4xf64>
  %e4 = tensor.extract_slice %h3[0] [1] [1] : tensor<4xf64> to tensor<f64>
  %m4 = atled.sin %h3 : tensor<4xf64>
  %h4 = tensor.insert_slice %e4 into %m4[1] [1] [1] : tensor<f64> into tensor<4xf64>
  return %h4 : tensor<4xf64>
}
func.func @new_tensors_and_elements() {
  %x = atled.constant dense<[0.3, -0.2, 1.1, 0.7]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, -0.5, 0.25, 2.0]> : tensor<4xf64>
  %a0:2 = ad.vjp @anew_or_changed(%x) seed(%s) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %b0:2 = ad.vjp @anew_or_changed_unrolled(%x) seed(%s) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a0#0, %b0#0 : tensor<4xf64>
  check.expect_eq %a0#1, %b0#1 : tensor<4xf64>
  check.gradients @anew_or_changed at (%x) order = 2 : tensor<4xf64>
  %a1:2 = ad.vjp @part_of_either(%x) seed(%s) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %b1:2 = ad.vjp @part_of_either_unrolled(%x) seed(%s) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a1#0, %b1#0 : tensor<4xf64>
  check.expect_eq %a1#1, %b1#1 : tensor<4xf64>
  check.gradients @part_of_either at (%x) order = 2 : tensor<4xf64>
  return
}
