// The derivative of each operation, backward and forward, against mathematics: one function per kind of
// rule. Folding on constants turns every derivative into numbers.

// Partials.
func.func @exp(%x: !plane.vec) -> !plane.vec {
  %y = plane.exp %x : !plane.vec
  return %y : !plane.vec
}
// EXPECT @exp_backward: [exp(1), exp(2)], [3 * exp(1), 5 * exp(2)]
func.func @exp_backward() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %seed = plane.constant [3.0, 5.0] : !plane.vec
  %r:2 = ad.vjp @exp(%x) seed(%seed) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %r#0, %r#1 : !plane.vec, !plane.vec
}
// EXPECT @exp_forward: [exp(1), exp(2)], [3 * exp(1), 5 * exp(2)]
func.func @exp_forward() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %t = plane.constant [3.0, 5.0] : !plane.vec
  %r:2 = ad.jvp @exp(%x) tangent(%t) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %r#0, %r#1 : !plane.vec, !plane.vec
}

// Partials in $tangent.
func.func @div(%x: !plane.real, %y: !plane.real) -> !plane.real {
  %q = plane.div %x, %y : !plane.real
  return %q : !plane.real
}
// EXPECT @div_backward: [3/4], [1/4], [-3/16]
func.func @div_backward() -> (!plane.real, !plane.real, !plane.real) {
  %x = plane.constant [3.0] : !plane.real
  %y = plane.constant [4.0] : !plane.real
  %r:3 = ad.value_and_grad @div(%x, %y) wrt = [0, 1]
      : (!plane.real, !plane.real) -> (!plane.real, !plane.real, !plane.real)
  return %r#0, %r#1, %r#2 : !plane.real, !plane.real, !plane.real
}
// EXPECT @div_forward: [3/4], [5/4 - 7 * 3/16]
func.func @div_forward() -> (!plane.real, !plane.real) {
  %x = plane.constant [3.0] : !plane.real
  %y = plane.constant [4.0] : !plane.real
  %tx = plane.constant [5.0] : !plane.real
  %ty = plane.constant [7.0] : !plane.real
  %r:2 = ad.jvp @div(%x, %y) tangent(%tx, %ty) wrt = [0, 1]
      : (!plane.real, !plane.real, !plane.real, !plane.real) -> (!plane.real, !plane.real)
  return %r#0, %r#1 : !plane.real, !plane.real
}

// Linear, with any number of operands; only some of them active.
func.func @sum(%x: !plane.vec, %y: !plane.vec) -> !plane.vec {
  %s = plane.sum %x, %y, %x : !plane.vec
  return %s : !plane.vec
}
// EXPECT @sum_backward: [14, 24], [6, 8], [3, 4]
func.func @sum_backward() -> (!plane.vec, !plane.vec, !plane.vec) {
  %x = plane.constant [2.0, 7.0] : !plane.vec
  %y = plane.constant [10.0, 10.0] : !plane.vec
  %seed = plane.constant [3.0, 4.0] : !plane.vec
  %r:3 = ad.vjp @sum(%x, %y) seed(%seed) wrt = [0, 1]
      : (!plane.vec, !plane.vec, !plane.vec) -> (!plane.vec, !plane.vec, !plane.vec)
  return %r#0, %r#1, %r#2 : !plane.vec, !plane.vec, !plane.vec
}
// EXPECT @sum_forward: [6, 8]
func.func @sum_forward() -> !plane.vec {
  %x = plane.constant [2.0, 7.0] : !plane.vec
  %t = plane.constant [3.0, 4.0] : !plane.vec
  %r:2 = ad.jvp @sum(%x, %x) tangent(%t) wrt = [0]
      : (!plane.vec, !plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %r#1 : !plane.vec
}

// Linear, with an operand that has no derivative.
func.func @scale(%x: !plane.vec, %n: index) -> !plane.vec {
  %y = plane.scale %x, %n : !plane.vec
  return %y : !plane.vec
}
// EXPECT @scale_both: [9, 12], [3, 6]
func.func @scale_both() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %v = plane.constant [3.0, 4.0] : !plane.vec
  %n = arith.constant 3 : index
  %b:2 = ad.vjp @scale(%x, %n) seed(%v) wrt = [0]
      : (!plane.vec, index, !plane.vec) -> (!plane.vec, !plane.vec)
  %f:2 = ad.jvp @scale(%x, %n) tangent(%x) wrt = [0]
      : (!plane.vec, index, !plane.vec) -> (!plane.vec, !plane.vec)
  return %b#1, %f#1 : !plane.vec, !plane.vec
}

// Linear, with an attribute that C++ computes.
func.func @rotate(%x: !plane.vec) -> !plane.vec {
  %y = plane.rotate %x by 0.5
  return %y : !plane.vec
}
// EXPECT @rotate_both: [3*cos(.5) + 4*sin(.5), -3*sin(.5) + 4*cos(.5)], [3*cos(.5) - 4*sin(.5), 3*sin(.5) + 4*cos(.5)]
func.func @rotate_both() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %v = plane.constant [3.0, 4.0] : !plane.vec
  %b:2 = ad.vjp @rotate(%x) seed(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  %f:2 = ad.jvp @rotate(%x) tangent(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %b#1, %f#1 : !plane.vec, !plane.vec
}

// Linear, with entries that C++ computes.
func.func @pair(%a: !plane.real, %b: !plane.real) -> !plane.vec {
  %v = plane.pair %b, %a
  return %v : !plane.vec
}
// EXPECT @pair_backward: [4], [3]
func.func @pair_backward() -> (!plane.real, !plane.real) {
  %x = plane.constant [1.0] : !plane.real
  %v = plane.constant [3.0, 4.0] : !plane.vec
  %r:3 = ad.vjp @pair(%x, %x) seed(%v) wrt = [0, 1]
      : (!plane.real, !plane.real, !plane.vec) -> (!plane.vec, !plane.real, !plane.real)
  return %r#1, %r#2 : !plane.real, !plane.real
}
// The tangent of the other operand is zero.
// EXPECT @pair_forward: [0, 5]
func.func @pair_forward() -> !plane.vec {
  %x = plane.constant [1.0] : !plane.real
  %t = plane.constant [5.0] : !plane.real
  %r:2 = ad.jvp @pair(%x, %x) tangent(%t) wrt = [0]
      : (!plane.real, !plane.real, !plane.real) -> (!plane.vec, !plane.vec)
  return %r#1 : !plane.vec
}

// Multilinear.
func.func @mul(%x: !plane.vec, %y: !plane.vec) -> !plane.vec {
  %z = plane.mul %x, %y : !plane.vec
  return %z : !plane.vec
}
// EXPECT @mul_backward: [15, 28], [3, 8]
func.func @mul_backward() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %y = plane.constant [5.0, 7.0] : !plane.vec
  %seed = plane.constant [3.0, 4.0] : !plane.vec
  %r:3 = ad.vjp @mul(%x, %y) seed(%seed) wrt = [0, 1]
      : (!plane.vec, !plane.vec, !plane.vec) -> (!plane.vec, !plane.vec, !plane.vec)
  return %r#1, %r#2 : !plane.vec, !plane.vec
}
// EXPECT @mul_forward: [3*5 + 1*11, 4*7 + 2*13]
func.func @mul_forward() -> !plane.vec {
  %x = plane.constant [1.0, 2.0] : !plane.vec
  %y = plane.constant [5.0, 7.0] : !plane.vec
  %tx = plane.constant [3.0, 4.0] : !plane.vec
  %ty = plane.constant [11.0, 13.0] : !plane.vec
  %r:2 = ad.jvp @mul(%x, %y) tangent(%tx, %ty) wrt = [0, 1]
      : (!plane.vec, !plane.vec, !plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %r#1 : !plane.vec
}

// Multilinear, from one type to another; the same value twice.
func.func @square(%x: !plane.vec) -> !plane.real {
  %d = plane.dot %x, %x
  return %d : !plane.real
}
// EXPECT @square_both: [6, 8], [2 * (3*5 + 4*7)]
func.func @square_both() -> (!plane.vec, !plane.real) {
  %x = plane.constant [3.0, 4.0] : !plane.vec
  %t = plane.constant [5.0, 7.0] : !plane.vec
  %b = ad.grad @square(%x) wrt = [0] : (!plane.vec) -> !plane.vec
  %f:2 = ad.jvp @square(%x) tangent(%t) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.real, !plane.real)
  return %b, %f#1 : !plane.vec, !plane.real
}

// Coded.
func.func @norm(%x: !plane.vec) -> !plane.real {
  %n = plane.norm %x
  return %n : !plane.real
}
// EXPECT @norm_both: [5], [3/5, 4/5], [3/5 * 10 + 4/5 * 5]
func.func @norm_both() -> (!plane.real, !plane.vec, !plane.real) {
  %x = plane.constant [3.0, 4.0] : !plane.vec
  %t = plane.constant [10.0, 5.0] : !plane.vec
  %b:2 = ad.value_and_grad @norm(%x) wrt = [0] : (!plane.vec) -> (!plane.real, !plane.vec)
  %f:2 = ad.jvp @norm(%x) tangent(%t) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.real, !plane.real)
  return %b#0, %b#1, %f#1 : !plane.real, !plane.vec, !plane.real
}

// Coded, with two results, of which one has no cotangent: x0 * exp(x0).
func.func @split(%x: !plane.vec) -> !plane.real {
  %a, %b = plane.split %x
  %e = plane.exp %a : !plane.real
  %r = plane.mul %a, %e : !plane.real
  return %r : !plane.real
}
// EXPECT @split_both: [exp(2) + 2 * exp(2), 0], [7 * (exp(2) + 2 * exp(2))]
func.func @split_both() -> (!plane.vec, !plane.real) {
  %x = plane.constant [2.0, 4.0] : !plane.vec
  %t = plane.constant [7.0, 9.0] : !plane.vec
  %b = ad.grad @split(%x) wrt = [0] : (!plane.vec) -> !plane.vec
  %f:2 = ad.jvp @split(%x) tangent(%t) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.real, !plane.real)
  return %b, %f#1 : !plane.vec, !plane.real
}

// Zero: the derivative of step(x) * x is step(x).
func.func @step(%x: !plane.vec) -> !plane.vec {
  %s = plane.step %x : !plane.vec
  %y = plane.mul %s, %x : !plane.vec
  return %y : !plane.vec
}
// EXPECT @step_both: [0, 4], [0, 4]
func.func @step_both() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [-2.0, 2.0] : !plane.vec
  %v = plane.constant [3.0, 4.0] : !plane.vec
  %b:2 = ad.vjp @step(%x) seed(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  %f:2 = ad.jvp @step(%x) tangent(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %b#1, %f#1 : !plane.vec, !plane.vec
}

// Zero in one operand, of a value that is active by the other: relu.
func.func @gate(%x: !plane.vec) -> !plane.vec {
  %y = plane.gate %x, %x : !plane.vec
  return %y : !plane.vec
}
// EXPECT @gate_both: [0, 4], [0, 4]
func.func @gate_both() -> (!plane.vec, !plane.vec) {
  %x = plane.constant [-2.0, 2.0] : !plane.vec
  %v = plane.constant [3.0, 4.0] : !plane.vec
  %b:2 = ad.vjp @gate(%x) seed(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  %f:2 = ad.jvp @gate(%x) tangent(%v) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %b#1, %f#1 : !plane.vec, !plane.vec
}

// A type whose tangent is another: the square of the distance of p + v from q.
func.func @distance(%p: !plane.point, %q: !plane.point, %v: !plane.vec) -> !plane.real {
  %r = plane.translate %p, %v
  %d = plane.between %r, %q
  %s = plane.dot %d, %d
  return %s : !plane.real
}
// EXPECT @distance_backward: [-2, -4], [2, 4], [-2, -4]
func.func @distance_backward() -> (!plane.vec, !plane.vec, !plane.vec) {
  %p = plane.constant [1.0, 2.0] : !plane.point
  %q = plane.constant [3.0, 6.0] : !plane.point
  %v = plane.constant [1.0, 2.0] : !plane.vec
  %r:3 = ad.grad @distance(%p, %q, %v) wrt = [0, 1, 2]
      : (!plane.point, !plane.point, !plane.vec) -> (!plane.vec, !plane.vec, !plane.vec)
  return %r#0, %r#1, %r#2 : !plane.vec, !plane.vec, !plane.vec
}
// EXPECT @distance_forward: [5], [2 * (1*10 + 2*20)]
func.func @distance_forward() -> (!plane.real, !plane.real) {
  %p = plane.constant [1.0, 2.0] : !plane.point
  %q = plane.constant [3.0, 6.0] : !plane.point
  %v = plane.constant [1.0, 2.0] : !plane.vec
  %t = plane.constant [10.0, 20.0] : !plane.vec
  %r:2 = ad.jvp @distance(%p, %q, %v) tangent(%t) wrt = [1]
      : (!plane.point, !plane.point, !plane.vec, !plane.vec) -> (!plane.real, !plane.real)
  return %r#0, %r#1 : !plane.real, !plane.real
}
// A point that is not moved at all.
func.func @moved(%p: !plane.point, %v: !plane.vec) -> !plane.point {
  %d = ad.detach %p : !plane.point
  %r = plane.translate %d, %v
  return %r : !plane.point
}
// EXPECT @moved_backward: [2, 4], [0, 0], [10, 20]
func.func @moved_backward() -> (!plane.point, !plane.vec, !plane.vec) {
  %p = plane.constant [1.0, 2.0] : !plane.point
  %v = plane.constant [1.0, 2.0] : !plane.vec
  %seed = plane.constant [10.0, 20.0] : !plane.vec
  %r:3 = ad.vjp @moved(%p, %v) seed(%seed) wrt = [0, 1]
      : (!plane.point, !plane.vec, !plane.vec) -> (!plane.point, !plane.vec, !plane.vec)
  return %r#0, %r#1, %r#2 : !plane.point, !plane.vec, !plane.vec
}
