// What cannot be differentiated is an error at the operation, with notes at the request and at the cure.

func.func private @f(%x: !plane.vec) -> !plane.vec {
  %e = plane.exp %x : !plane.vec
  // expected-error @+2 {{'plane.floor' op has no derivative rule, and the requested gradient passes through it}}
  // expected-note @+1 {{'ad.detach' on its results makes it count as a constant}}
  %y = plane.floor %e : !plane.vec
  return %y : !plane.vec
}
func.func @missing_rule(%x: !plane.vec, %seed: !plane.vec) -> !plane.vec {
  // expected-note @+1 {{requested here, with respect to argument 0 of @f}}
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (!plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %r#1 : !plane.vec
}

// -----

func.func private @g(%x: !plane.vec) -> !plane.vec {
  // expected-error @+2 {{'plane.floor' op has no derivative rule}}
  // expected-note @+1 {{'ad.detach' on its results}}
  %y = plane.floor %x : !plane.vec
  return %y : !plane.vec
}
func.func private @f(%n: index, %x: !plane.vec) -> !plane.vec {
  // expected-note @+1 {{called here, with respect to argument 0 of @g}}
  %y = call @g(%x) : (!plane.vec) -> !plane.vec
  return %y : !plane.vec
}
func.func @missing_rule_forward(%n: index, %x: !plane.vec) -> !plane.vec {
  // expected-note @+1 {{requested here, with respect to argument 1 of @f}}
  %r:2 = ad.jvp @f(%n, %x) tangent(%x) wrt = [1] : (index, !plane.vec, !plane.vec) -> (!plane.vec, !plane.vec)
  return %r#1 : !plane.vec
}

// -----

// expected-note @+1 {{'ad.detach' on the operand makes it count as a constant}}
func.func private @f(%x: !plane.real, %y: !plane.real) -> !plane.real {
  // expected-error @+1 {{'plane.remainder' op has no derivative in operand 1, and the requested gradient passes through it}}
  %r = plane.remainder %x, %y : !plane.real
  return %r : !plane.real
}
func.func @open_operand(%x: !plane.real, %y: !plane.real) -> (!plane.real, !plane.real) {
  %0 = ad.grad @f(%x, %y) wrt = [0] : (!plane.real, !plane.real) -> !plane.real
  // expected-note @+1 {{requested here, with respect to argument 1 of @f}}
  %1 = ad.grad @f(%x, %y) wrt = [1] : (!plane.real, !plane.real) -> !plane.real
  return %0, %1 : !plane.real, !plane.real
}

// -----

// expected-note @+1 {{@f is defined here}}
func.func private @f(%x: !plane.real, %l: !plane.label) -> !plane.real {
  return %x : !plane.real
}
func.func @no_tangent(%x: !plane.real, %l: !plane.label) {
  // expected-error @+1 {{'ad.grad' op argument 1 of @f has no derivative: its type is '!plane.label'}}
  %r = ad.grad @f(%x, %l) wrt = [1] : (!plane.real, !plane.label) -> !plane.real
  return
}

// -----

// expected-note @+1 {{@f has type '(!plane.vec) -> !plane.vec'}}
func.func private @f(%x: !plane.vec) -> !plane.vec {
  return %x : !plane.vec
}
func.func @not_scalar(%x: !plane.vec) {
  // expected-error @+2 {{'ad.grad' op needs a function with one real number as its only result}}
  // expected-note @+1 {{'ad.vjp' differentiates any function, given a seed for each result}}
  %r = ad.grad @f(%x) wrt = [0] : (!plane.vec) -> !plane.vec
  return
}

// -----

// The seed of a point is a vector.
// expected-note @+1 {{@f has type}}
func.func private @f(%p: !plane.point) -> !plane.point {
  return %p : !plane.point
}
func.func @seed_of_point(%p: !plane.point) {
  // expected-error @+1 {{'ad.vjp' op expects seed 0 to be of type '!plane.vec', got '!plane.point'}}
  %r:2 = ad.vjp @f(%p) seed(%p) wrt = [0] : (!plane.point, !plane.point) -> (!plane.point, !plane.vec)
  return
}

// -----

// A loop keeps what its way back needs in stacks, and this type does not say how.
func.func private @f(%x: !plane.real) -> !plane.real {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  // expected-error @+2 {{'scf.for' op has to keep a value of type '!plane.real' of each iteration for the way back, and cannot}}
  // expected-note @+1 {{values of this type cannot be stacked}}
  %y = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (!plane.real) {
    %e = plane.exp %h : !plane.real
    scf.yield %e : !plane.real
  }
  return %y : !plane.real
}
func.func @cannot_be_stacked(%x: !plane.real) -> !plane.real {
  %r = ad.grad @f(%x) wrt = [0] : (!plane.real) -> !plane.real
  return %r : !plane.real
}
