// RUN: atled-opt %s -ad-differentiate -split-input-file -verify-diagnostics

// An operation without a rule.
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+3 {{'math.atan' op has no derivative rule, and the requested gradient passes through it}}
  // expected-note@+2 {{'atled.atan' has a derivative rule}}
  // expected-note@+1 {{'ad.detach' on its results makes it count as a constant}}
  %y = math.atan %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r:2 = ad.vjp @f(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// An operation without a rule, in a callee: the way there is told.
func.func @inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+3 {{'math.atan' op has no derivative rule, and the requested gradient passes through it}}
  // expected-note@+2 {{'atled.atan' has a derivative rule}}
  // expected-note@+1 {{'ad.detach' on its results makes it count as a constant}}
  %y = math.atan %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{called here, with respect to argument 0 of @inner}}
  %y = call @inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @outer}}
  %r:2 = ad.jvp @outer(%x) tangent(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// A scalar float is no vector space.
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+3 {{'tensor.extract' op has no derivative rule, and the requested gradient passes through it}}
  // expected-note@+2 {{a scalar float carries no derivative; compute with a 0-d tensor instead}}
  // expected-note@+1 {{'ad.detach' on its results makes it count as a constant}}
  %s = tensor.extract %x[] : tensor<f32>
  %y = tensor.from_elements %s : tensor<f32>
  return %y : tensor<f32>
}
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// expected-note@+2 {{the pass --ad-unroll-recursion makes a function of each depth}}
// expected-error@+1 {{'func.func' op is recursive, and recursion cannot be differentiated}}
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{called here, with respect to argument 0 of @f}}
  %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// expected-error@+1 {{'func.func' op has no body, so it cannot be differentiated}}
func.func private @f(tensor<f32>) -> tensor<f32>
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// expected-error@+2 {{'func.func' op has unstructured control flow, which cannot be differentiated}}
// expected-note@+1 {{the pass --lift-cf-to-scf turns branches between blocks into scf operations}}
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  cf.br ^next
^next:
  return %x : tensor<f32>
}
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @f(%x: tensor<f32>, %m: memref<f32>) -> tensor<f32> {
  // expected-error@+1 {{'memref.load' op has memory effects, which a differentiated function must not have}}
  %y = memref.load %m[] : memref<f32>
  return %x : tensor<f32>
}
func.func @ask(%x: tensor<f32>, %m: memref<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x, %m) wrt = [0] : (tensor<f32>, memref<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// expected-note@+1 {{@f is defined here}}
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.grad' op asks for a derivative of a function that contains this very request}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+2 {{'ad.detach' on its results makes it count as a constant}}
  // expected-error@+1 {{'atled.polygamma' op has no derivative: its order is the greatest}}
  %y = atled.polygamma %x order = 32 : tensor<f32>
  return %y : tensor<f32>
}
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// Another dialect's function.
ml_program.func private @f(%x: tensor<f32>) -> tensor<f32> {
  ml_program.return %x : tensor<f32>
}
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.grad' op can only differentiate a 'func.func', and @f is none}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// A stack has room for values of one size, which sizes of arguments tell.
func.func @f(%x: tensor<?xf32>, %k: index) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %p = tensor.extract_slice %x[0] [%k] [1] : tensor<?xf32> to tensor<?xf32>
  // expected-error@+2 {{'scf.for' op has to keep a value of type 'tensor<?xf32>' of each iteration for the way back, and cannot}}
  // expected-note@+1 {{its size is not known before the loop runs; give it a static shape}}
  %y = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %p) -> (tensor<?xf32>) {
    %s = atled.sin %h : tensor<?xf32>
    scf.yield %s : tensor<?xf32>
  }
  return %y : tensor<?xf32>
}
func.func @ask(%x: tensor<?xf32>, %k: index, %s: tensor<?xf32>) -> tensor<?xf32> {
  %r:2 = ad.vjp @f(%x, %k) seed(%s) wrt = [0] : (tensor<?xf32>, index, tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>)
  return %r#1 : tensor<?xf32>
}

// -----

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 1152921504606846977 : index
  // expected-error@+1 {{'scf.for' op has to keep a value of type 'tensor<4xf32>' of each of 1152921504606846977 iterations for the way back, which is 2^63 bytes or more}}
  %r = scf.for %k = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    // expected-note@+1 {{this is what would be kept}}
    %t = atled.tanh %a : tensor<4xf32>
    scf.yield %t : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}
func.func @ask(%x: tensor<4xf32>, %s: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @f(%x) seed(%s) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// expected-note@+1 {{'ad.detach' on the operand makes it count as a constant}}
func.func private @reads_bits(%x: tensor<4xf16>) -> tensor<4xbf16> {
  // expected-error@+1 {{'atled.bitcast' op has no derivative in operand 0, and the requested gradient passes through it}}
  %y = atled.bitcast %x : tensor<4xf16> to tensor<4xbf16>
  return %y : tensor<4xbf16>
}

func.func @derivative_of_bits(%x: tensor<4xf16>, %dx: tensor<4xf16>) -> tensor<4xbf16> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @reads_bits}}
  %r:2 = ad.jvp @reads_bits(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf16>, tensor<4xf16>) -> (tensor<4xbf16>, tensor<4xbf16>)
  return %r#1 : tensor<4xbf16>
}
