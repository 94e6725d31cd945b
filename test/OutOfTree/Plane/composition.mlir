// Derivatives of programs of more than one operation: calls, derivatives of derivatives, detach, and the
// corners of a function's boundary.

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

func.func private @square(%x: !plane.real) -> !plane.real {
  %y = plane.mul %x, %x : !plane.real
  return %y : !plane.real
}
// exp(x²)², by two calls of one function and one of another.
func.func private @exp_square(%x: !plane.real) -> !plane.real {
  %s = call @square(%x) : (!plane.real) -> !plane.real
  %e = plane.exp %s : !plane.real
  %r = call @square(%e) : (!plane.real) -> !plane.real
  return %r : !plane.real
}
// EXPECT @calls: [exp(2 * 1.5**2)], [4 * 1.5 * exp(2 * 1.5**2)], [7 * 4 * 1.5 * exp(2 * 1.5**2)]
func.func @calls() -> (!plane.real, !plane.real, !plane.real) {
  %x = plane.constant [1.5] : !plane.real
  %t = plane.constant [7.0] : !plane.real
  %b:2 = ad.value_and_grad @exp_square(%x) wrt = [0] : (!plane.real) -> (!plane.real, !plane.real)
  %f:2 = ad.jvp @exp_square(%x) tangent(%t) wrt = [0] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %b#0, %b#1, %f#1 : !plane.real, !plane.real, !plane.real
}

// A callee that returns an argument as it is, one result twice, ignores an argument, and passes an index.
func.func private @shuffle(%x: !plane.vec, %unused: !plane.vec, %n: index)
    -> (!plane.vec, !plane.vec, index, !plane.vec) {
  %y = plane.scale %x, %n : !plane.vec
  return %y, %x, %n, %y : !plane.vec, !plane.vec, index, !plane.vec
}
// 2x * x + 2x * 3 = 2x² + 6x, in each coordinate
func.func private @shuffled(%x: !plane.vec, %y: !plane.vec, %n: index) -> !plane.vec {
  %three = plane.constant [3.0, 3.0] : !plane.vec
  %r:4 = call @shuffle(%x, %y, %n) : (!plane.vec, !plane.vec, index) -> (!plane.vec, !plane.vec, index, !plane.vec)
  %a = plane.mul %r#0, %r#1 : !plane.vec
  %b = plane.mul %r#3, %three : !plane.vec
  %s = plane.sum %a, %b : !plane.vec
  return %s : !plane.vec
}
// EXPECT @boundary: [2*5**2 + 6*5, 2*7**2 + 6*7], [4*5 + 6, 10 * (4*7 + 6)], [0, 0], [4*5 + 6, 10 * (4*7 + 6)]
func.func @boundary() -> (!plane.vec, !plane.vec, !plane.vec, !plane.vec) {
  %x = plane.constant [5.0, 7.0] : !plane.vec
  %v = plane.constant [1.0, 10.0] : !plane.vec
  %n = arith.constant 2 : index
  %b:3 = ad.vjp @shuffled(%x, %x, %n) seed(%v) wrt = [0, 1]
      : (!plane.vec, !plane.vec, index, !plane.vec) -> (!plane.vec, !plane.vec, !plane.vec)
  %f:2 = ad.jvp @shuffled(%x, %x, %n) tangent(%v, %v) wrt = [0, 1]
      : (!plane.vec, !plane.vec, index, !plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %b#0, %b#1, %b#2, %f#1 : !plane.vec, !plane.vec, !plane.vec, !plane.vec
}

// The boundary of the differentiated function itself: an argument returned, a result returned twice, a
// constant returned, an argument unused.
func.func private @corners(%x: !plane.vec, %unused: !plane.vec) -> (!plane.vec, !plane.vec, !plane.vec, !plane.vec) {
  %e = plane.exp %x : !plane.vec
  %c = plane.constant [8.0, 9.0] : !plane.vec
  return %x, %e, %e, %c : !plane.vec, !plane.vec, !plane.vec, !plane.vec
}
// EXPECT @corners_backward: [1, 2], [8, 9], [1 + (2 + 3) * exp(1), 1 + (2 + 3) * exp(2)], [0, 0]
func.func @corners_backward() -> (!plane.vec, !plane.vec, !plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %s1 = plane.constant [1.0, 1.0] : !plane.vec
  %s2 = plane.constant [2.0, 2.0] : !plane.vec
  %s3 = plane.constant [3.0, 3.0] : !plane.vec
  %r:6 = ad.vjp @corners(%x, %x) seed(%s1, %s2, %s3, %s3) wrt = [0, 1]
      : (!plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec)
      -> (!plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec)
  return %r#0, %r#3, %r#4, %r#5 : !plane.vec, !plane.vec, !plane.vec, !plane.vec
}
// EXPECT @corners_forward: [3, 3], [3 * exp(1), 3 * exp(2)], [3 * exp(1), 3 * exp(2)], [0, 0]
func.func @corners_forward() -> (!plane.vec, !plane.vec, !plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %t = plane.constant [3.0, 3.0] : !plane.vec
  %r:8 = ad.jvp @corners(%x, %x) tangent(%t) wrt = [0]
      : (!plane.vec, !plane.vec, !plane.vec)
      -> (!plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec, !plane.vec)
  return %r#4, %r#5, %r#6, %r#7 : !plane.vec, !plane.vec, !plane.vec, !plane.vec
}

// A callee of which only some results and arguments matter: x * y, and exp(y).
func.func private @two(%x: !plane.real, %y: !plane.real) -> (!plane.real, !plane.real) {
  %p = plane.mul %x, %y : !plane.real
  %e = plane.exp %y : !plane.real
  return %p, %e : !plane.real, !plane.real
}
func.func private @one_of_two(%x: !plane.real, %y: !plane.real) -> !plane.real {
  %r:2 = call @two(%x, %y) : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %r#1 : !plane.real
}
func.func private @both_of_two(%x: !plane.real, %y: !plane.real) -> !plane.real {
  %r:2 = call @two(%x, %y) : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  %s = plane.sum %r#0, %r#1 : !plane.real
  return %s : !plane.real
}
// EXPECT @parts: [0], [exp(3)], [3], [2 + exp(3)], [2 + exp(3)]
func.func @parts() -> (!plane.real, !plane.real, !plane.real, !plane.real, !plane.real) {
  %x = plane.constant [2.0] : !plane.real
  %y = plane.constant [3.0] : !plane.real
  %one = plane.constant [1.0] : !plane.real
  %a:2 = ad.grad @one_of_two(%x, %y) wrt = [0, 1] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  %b:2 = ad.grad @both_of_two(%x, %y) wrt = [0, 1] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  %f:2 = ad.jvp @both_of_two(%x, %y) tangent(%one) wrt = [1]
      : (!plane.real, !plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %a#0, %a#1, %b#0, %b#1, %f#1 : !plane.real, !plane.real, !plane.real, !plane.real, !plane.real
}

//===----------------------------------------------------------------------===//
// Derivatives of derivatives
//===----------------------------------------------------------------------===//

func.func private @sin(%x: !plane.real) -> !plane.real {
  %y = plane.sin %x : !plane.real
  return %y : !plane.real
}
func.func private @first(%x: !plane.real) -> !plane.real {
  %d = ad.grad @sin(%x) wrt = [0] : (!plane.real) -> !plane.real
  return %d : !plane.real
}
func.func private @second(%x: !plane.real) -> !plane.real {
  %d = ad.grad @first(%x) wrt = [0] : (!plane.real) -> !plane.real
  return %d : !plane.real
}
// Reverse over reverse over reverse, and forward over both.
// EXPECT @orders: [cos(.7)], [-sin(.7)], [-cos(.7)], [-cos(.7)]
func.func @orders() -> (!plane.real, !plane.real, !plane.real, !plane.real) {
  %x = plane.constant [0.7] : !plane.real
  %one = plane.constant [1.0] : !plane.real
  %1 = ad.grad @sin(%x) wrt = [0] : (!plane.real) -> !plane.real
  %2 = ad.grad @first(%x) wrt = [0] : (!plane.real) -> !plane.real
  %3 = ad.grad @second(%x) wrt = [0] : (!plane.real) -> !plane.real
  %4:2 = ad.jvp @second(%x) tangent(%one) wrt = [0] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %1, %2, %3, %4#1 : !plane.real, !plane.real, !plane.real, !plane.real
}

// The Hessian of f(x) = |x|⁴ / 4 is |x|² I + 2 x xᵀ; times v, in three ways. The function calls another.
func.func private @quarter(%x: !plane.vec) -> !plane.real {
  %q = plane.constant [0.25] : !plane.real
  %s = plane.dot %x, %x
  %p = call @square(%s) : (!plane.real) -> !plane.real
  %r = plane.mul %q, %p : !plane.real
  return %r : !plane.real
}
func.func private @gradient(%x: !plane.vec) -> !plane.vec {
  %d = ad.grad @quarter(%x) wrt = [0] : (!plane.vec) -> !plane.vec
  return %d : !plane.vec
}
func.func private @directional(%x: !plane.vec, %v: !plane.vec) -> !plane.real {
  %r:2 = ad.jvp @quarter(%x) tangent(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.real, !plane.real)
  return %r#1 : !plane.real
}
// EXPECT @hessian: [25*10 + 2*3*(30+80), 25*20 + 2*4*(30+80)], [25*10 + 2*3*(30+80), 25*20 + 2*4*(30+80)], [25*10 + 2*3*(30+80), 25*20 + 2*4*(30+80)]
func.func @hessian() -> (!plane.vec, !plane.vec, !plane.vec) {
  %x = plane.constant [3.0, 4.0] : !plane.vec
  %v = plane.constant [10.0, 20.0] : !plane.vec
  %rr:2 = ad.vjp @gradient(%x) seed(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  %fr:2 = ad.jvp @gradient(%x) tangent(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  %rf = ad.grad @directional(%x, %v) wrt = [0] : (!plane.vec, !plane.vec) -> !plane.vec
  return %rr#1, %fr#1, %rf : !plane.vec, !plane.vec, !plane.vec
}

// The same function asked for twice, with respect to different arguments, in one function.
// EXPECT @again: [1/3], [-2/9], [1/3], [-2/9]
func.func private @ratio(%x: !plane.real, %y: !plane.real) -> !plane.real {
  %q = plane.div %x, %y : !plane.real
  return %q : !plane.real
}
func.func @again() -> (!plane.real, !plane.real, !plane.real, !plane.real) {
  %x = plane.constant [2.0] : !plane.real
  %y = plane.constant [3.0] : !plane.real
  %0 = ad.grad @ratio(%x, %y) wrt = [0] : (!plane.real, !plane.real) -> !plane.real
  %1 = ad.grad @ratio(%x, %y) wrt = [1] : (!plane.real, !plane.real) -> !plane.real
  %2:2 = ad.grad @ratio(%x, %y) wrt = [0, 1] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %0, %1, %2#0, %2#1 : !plane.real, !plane.real, !plane.real, !plane.real
}

//===----------------------------------------------------------------------===//
// Detach
//===----------------------------------------------------------------------===//

// u = detach(x²), z = u x has derivative u, not 3x²; and the operation without a rule that only a detached
// value passes through is no obstacle.
func.func private @detached(%x: !plane.real) -> !plane.real {
  %s = plane.mul %x, %x : !plane.real
  %d = ad.detach %s : !plane.real
  %f = plane.floor %d : !plane.real
  %z = plane.mul %f, %x : !plane.real
  return %z : !plane.real
}
// EXPECT @detach: [9], [9]
func.func @detach() -> (!plane.real, !plane.real) {
  %x = plane.constant [3.0] : !plane.real
  %one = plane.constant [1.0] : !plane.real
  %b = ad.grad @detached(%x) wrt = [0] : (!plane.real) -> !plane.real
  %f:2 = ad.jvp @detached(%x) tangent(%one) wrt = [0] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %b, %f#1 : !plane.real, !plane.real
}

// Detached in the callee.
func.func private @stop(%x: !plane.real) -> !plane.real {
  %d = ad.detach %x : !plane.real
  return %d : !plane.real
}
func.func private @stopped(%x: !plane.real) -> !plane.real {
  %d = call @stop(%x) : (!plane.real) -> !plane.real
  %z = plane.mul %d, %x : !plane.real
  return %z : !plane.real
}
// EXPECT @detach_in_callee: [3], [3]
func.func @detach_in_callee() -> (!plane.real, !plane.real) {
  %x = plane.constant [3.0] : !plane.real
  %one = plane.constant [1.0] : !plane.real
  %b = ad.grad @stopped(%x) wrt = [0] : (!plane.real) -> !plane.real
  %f:2 = ad.jvp @stopped(%x) tangent(%one) wrt = [0] : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %b, %f#1 : !plane.real, !plane.real
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

// exp(x)² if the predicate holds, else 3x.
func.func private @either(%p: i1, %x: !plane.real) -> !plane.real {
  %y = scf.if %p -> (!plane.real) {
    %e = plane.exp %x : !plane.real
    %s = plane.mul %e, %e : !plane.real
    scf.yield %s : !plane.real
  } else {
    %three = plane.constant [3.0] : !plane.real
    %t = plane.mul %x, %three : !plane.real
    scf.yield %t : !plane.real
  }
  return %y : !plane.real
}
// EXPECT @branches: [2 * exp(1.4)], [3], [2 * exp(1.4)], [3]
func.func @branches() -> (!plane.real, !plane.real, !plane.real, !plane.real) {
  %true = arith.constant true
  %false = arith.constant false
  %x = plane.constant [0.7] : !plane.real
  %one = plane.constant [1.0] : !plane.real
  %a = ad.grad @either(%true, %x) wrt = [1] : (i1, !plane.real) -> !plane.real
  %b = ad.grad @either(%false, %x) wrt = [1] : (i1, !plane.real) -> !plane.real
  %c:2 = ad.jvp @either(%true, %x) tangent(%one) wrt = [1] : (i1, !plane.real, !plane.real) -> (!plane.real, !plane.real)
  %d:2 = ad.jvp @either(%false, %x) tangent(%one) wrt = [1] : (i1, !plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %a, %b, %c#1, %d#1 : !plane.real, !plane.real, !plane.real, !plane.real
}

//===----------------------------------------------------------------------===//
// Names that are taken
//===----------------------------------------------------------------------===//

func.func private @"sin.vjp.0"(%x: !plane.real, %seed: !plane.real) -> (!plane.real, !plane.real) {
  return %x, %x : !plane.real, !plane.real
}
// EXPECT @taken: [.7], [-sin(.7)]
func.func @taken() -> (!plane.real, !plane.real) {
  %x = plane.constant [0.7] : !plane.real
  %u:2 = call @"sin.vjp.0"(%x, %x) : (!plane.real, !plane.real) -> (!plane.real, !plane.real)
  %d = ad.grad @first(%x) wrt = [0] : (!plane.real) -> !plane.real
  return %u#1, %d : !plane.real, !plane.real
}
