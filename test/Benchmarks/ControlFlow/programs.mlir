// RUN: atled-opt %s -o /dev/null

// The programs that `bench.sh control-flow` times: each as it is, its gradient, and the product of its Hessian with a
// vector. Where a comment says so, it puts checkpoints, and times the gradients again.

// A loop of 1,000 steps.
func.func @scan(%x: tensor<64xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 1000 : index
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<64xf64>) {
    %s = atled.sin %h : tensor<64xf64>
    scf.yield %s : tensor<64xf64>
  } // {checkpoint}
  %r = atled.reduce_sum %y dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %r : tensor<f64>
}

// Steps until a norm is large: 695 for the x that is timed.
func.func @growth(%x: tensor<64xf64>) -> tensor<f64> {
  %limit = atled.constant dense<1.0e6> : tensor<f64>
  %factor = atled.constant dense<1.01> : tensor<64xf64>
  %y = scf.while (%h = %x) : (tensor<64xf64>) -> tensor<64xf64> {
    %hh = atled.mul %h, %h : tensor<64xf64>
    %norm = atled.reduce_sum %hh dimensions = [0] : tensor<64xf64> -> tensor<f64>
    %less = atled.compare lt, %norm, %limit : tensor<f64>
    %goes = tensor.extract %less[] : tensor<i1>
    scf.condition(%goes) %h : tensor<64xf64>
  } do {
  ^bb0(%h: tensor<64xf64>):
    %s = atled.sin %h : tensor<64xf64>
    %g = atled.mul %h, %factor : tensor<64xf64>
    %t = atled.mul %s, %s : tensor<64xf64>
    %next = atled.add %g, %t : tensor<64xf64>
    scf.yield %next : tensor<64xf64>
  } // attributes {checkpoint}
  %r = atled.reduce_sum %y dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %r : tensor<f64>
}

// Square roots by Newton's method, to the last digits.
func.func @newton(%x: tensor<64xf64>) -> tensor<f64> {
  %tolerance = atled.constant dense<1.0e-24> : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<64xf64>
  %y = scf.while (%h = %x) : (tensor<64xf64>) -> tensor<64xf64> {
    %hh = atled.mul %h, %h : tensor<64xf64>
    %error = atled.sub %hh, %x : tensor<64xf64>
    %errors = atled.mul %error, %error : tensor<64xf64>
    %sum = atled.reduce_sum %errors dimensions = [0] : tensor<64xf64> -> tensor<f64>
    %more = atled.compare gt, %sum, %tolerance : tensor<f64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<64xf64>
  } do {
  ^bb0(%h: tensor<64xf64>):
    %q = atled.div %x, %h : tensor<64xf64>
    %s = atled.add %h, %q : tensor<64xf64>
    %next = atled.mul %s, %half : tensor<64xf64>
    scf.yield %next : tensor<64xf64>
  } // attributes {checkpoint}
  %r = atled.reduce_sum %y dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %r : tensor<f64>
}

// A recurrent network over a sequence of 1,000: h = tanh(W h + x).
func.func @rnn(%w: tensor<32x32xf64>, %xs: tensor<1000x32xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 1000 : index
  %zero = atled.constant dense<0.0> : tensor<32x1xf64>
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%h = %zero) -> (tensor<32x1xf64>) {
    %row = tensor.extract_slice %xs[%i, 0] [1, 32] [1, 1] : tensor<1000x32xf64> to tensor<1x32xf64>
    %x = atled.reshape %row : tensor<1x32xf64> -> tensor<32x1xf64>
    %wh = atled.matmul %w, %h : (tensor<32x32xf64>, tensor<32x1xf64>) -> tensor<32x1xf64>
    %sum = atled.add %wh, %x : tensor<32x1xf64>
    %t = atled.tanh %sum : tensor<32x1xf64>
    scf.yield %t : tensor<32x1xf64>
  } // {checkpoint}
  %r = atled.reduce_sum %y dimensions = [0, 1] : tensor<32x1xf64> -> tensor<f64>
  return %r : tensor<f64>
}

// A function that calls itself 10 times.
func.func private @deep(%x: tensor<64xf64>, %n: tensor<i64>) -> tensor<64xf64> attributes {ad.max_depth = 11 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi sle, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<64xf64>) {
    scf.yield %x : tensor<64xf64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @deep(%x, %m) : (tensor<64xf64>, tensor<i64>) -> tensor<64xf64>
    %s = atled.sin %y : tensor<64xf64>
    scf.yield %s : tensor<64xf64>
  }
  return %r : tensor<64xf64>
}
func.func @recursion(%x: tensor<64xf64>) -> tensor<f64> {
  %n = atled.constant dense<10> : tensor<i64>
  %y = call @deep(%x, %n) : (tensor<64xf64>, tensor<i64>) -> tensor<64xf64>
  %r = atled.reduce_sum %y dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %r : tensor<f64>
}

func.func @scan_grad(%x: tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>) {
  %r:2 = ad.value_and_grad @scan(%x) wrt = [0] : (tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<64xf64>
}
func.func @scan_hvp(%x: tensor<64xf64>, %v: tensor<64xf64>) -> tensor<64xf64> {
  %r = ad.hvp @scan(%x) tangent(%v) wrt = [0] : (tensor<64xf64>, tensor<64xf64>) -> tensor<64xf64>
  return %r : tensor<64xf64>
}

func.func @growth_grad(%x: tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>) {
  %r:2 = ad.value_and_grad @growth(%x) wrt = [0] : (tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<64xf64>
}
func.func @growth_hvp(%x: tensor<64xf64>, %v: tensor<64xf64>) -> tensor<64xf64> {
  %r = ad.hvp @growth(%x) tangent(%v) wrt = [0] : (tensor<64xf64>, tensor<64xf64>) -> tensor<64xf64>
  return %r : tensor<64xf64>
}

func.func @newton_grad(%x: tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>) {
  %r:2 = ad.value_and_grad @newton(%x) wrt = [0] : (tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<64xf64>
}
func.func @newton_hvp(%x: tensor<64xf64>, %v: tensor<64xf64>) -> tensor<64xf64> {
  %r = ad.hvp @newton(%x) tangent(%v) wrt = [0] : (tensor<64xf64>, tensor<64xf64>) -> tensor<64xf64>
  return %r : tensor<64xf64>
}

func.func @recursion_grad(%x: tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>) {
  %r:2 = ad.value_and_grad @recursion(%x) wrt = [0] : (tensor<64xf64>) -> (tensor<f64>, tensor<64xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<64xf64>
}
func.func @recursion_hvp(%x: tensor<64xf64>, %v: tensor<64xf64>) -> tensor<64xf64> {
  %r = ad.hvp @recursion(%x) tangent(%v) wrt = [0] : (tensor<64xf64>, tensor<64xf64>) -> tensor<64xf64>
  return %r : tensor<64xf64>
}

func.func @rnn_grad(%w: tensor<32x32xf64>, %xs: tensor<1000x32xf64>) -> (tensor<f64>, tensor<32x32xf64>) {
  %r:2 = ad.value_and_grad @rnn(%w, %xs) wrt = [0]
      : (tensor<32x32xf64>, tensor<1000x32xf64>) -> (tensor<f64>, tensor<32x32xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<32x32xf64>
}
func.func @rnn_hvp(%w: tensor<32x32xf64>, %xs: tensor<1000x32xf64>, %v: tensor<32x32xf64>) -> tensor<32x32xf64> {
  %r = ad.hvp @rnn(%w, %xs) tangent(%v) wrt = [0]
      : (tensor<32x32xf64>, tensor<1000x32xf64>, tensor<32x32xf64>) -> tensor<32x32xf64>
  return %r : tensor<32x32xf64>
}

// Why reverse mode exists: a gradient of n numbers by one way back, and by n ways forth.
func.func private @chain4(%x: tensor<4xf64>) -> tensor<f64> {
  %a = atled.sin %x : tensor<4xf64>
  %b = atled.mul %a, %x : tensor<4xf64>
  %c = atled.exp %b : tensor<4xf64>
  %r = atled.reduce_sum %c dimensions = [0] : tensor<4xf64> -> tensor<f64>
  return %r : tensor<f64>
}
func.func @reverse4(%x: tensor<4xf64>) -> tensor<4xf64> {
  %r = ad.grad @chain4(%x) wrt = [0] : (tensor<4xf64>) -> tensor<4xf64>
  return %r : tensor<4xf64>
}
func.func @forward4(%x: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 4 : index
  %zero = atled.constant dense<0.0> : tensor<4xf64>
  %one = arith.constant 1.0 : f64
  %g = scf.for %i = %c0 to %n step %c1 iter_args(%g = %zero) -> (tensor<4xf64>) {
    %v = tensor.insert %one into %zero[%i] : tensor<4xf64>
    %r:2 = ad.jvp @chain4(%x) tangent(%v) wrt = [0]
        : (tensor<4xf64>, tensor<4xf64>) -> (tensor<f64>, tensor<f64>)
    %s = tensor.extract %r#1[] : tensor<f64>
    %h = tensor.insert %s into %g[%i] : tensor<4xf64>
    scf.yield %h : tensor<4xf64>
  }
  return %g : tensor<4xf64>
}
func.func private @chain64(%x: tensor<64xf64>) -> tensor<f64> {
  %a = atled.sin %x : tensor<64xf64>
  %b = atled.mul %a, %x : tensor<64xf64>
  %c = atled.exp %b : tensor<64xf64>
  %r = atled.reduce_sum %c dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %r : tensor<f64>
}
func.func @reverse64(%x: tensor<64xf64>) -> tensor<64xf64> {
  %r = ad.grad @chain64(%x) wrt = [0] : (tensor<64xf64>) -> tensor<64xf64>
  return %r : tensor<64xf64>
}
func.func @forward64(%x: tensor<64xf64>) -> tensor<64xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 64 : index
  %zero = atled.constant dense<0.0> : tensor<64xf64>
  %one = arith.constant 1.0 : f64
  %g = scf.for %i = %c0 to %n step %c1 iter_args(%g = %zero) -> (tensor<64xf64>) {
    %v = tensor.insert %one into %zero[%i] : tensor<64xf64>
    %r:2 = ad.jvp @chain64(%x) tangent(%v) wrt = [0]
        : (tensor<64xf64>, tensor<64xf64>) -> (tensor<f64>, tensor<f64>)
    %s = tensor.extract %r#1[] : tensor<f64>
    %h = tensor.insert %s into %g[%i] : tensor<64xf64>
    scf.yield %h : tensor<64xf64>
  }
  return %g : tensor<64xf64>
}
func.func private @chain1024(%x: tensor<1024xf64>) -> tensor<f64> {
  %a = atled.sin %x : tensor<1024xf64>
  %b = atled.mul %a, %x : tensor<1024xf64>
  %c = atled.exp %b : tensor<1024xf64>
  %r = atled.reduce_sum %c dimensions = [0] : tensor<1024xf64> -> tensor<f64>
  return %r : tensor<f64>
}
func.func @reverse1024(%x: tensor<1024xf64>) -> tensor<1024xf64> {
  %r = ad.grad @chain1024(%x) wrt = [0] : (tensor<1024xf64>) -> tensor<1024xf64>
  return %r : tensor<1024xf64>
}
func.func @forward1024(%x: tensor<1024xf64>) -> tensor<1024xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 1024 : index
  %zero = atled.constant dense<0.0> : tensor<1024xf64>
  %one = arith.constant 1.0 : f64
  %g = scf.for %i = %c0 to %n step %c1 iter_args(%g = %zero) -> (tensor<1024xf64>) {
    %v = tensor.insert %one into %zero[%i] : tensor<1024xf64>
    %r:2 = ad.jvp @chain1024(%x) tangent(%v) wrt = [0]
        : (tensor<1024xf64>, tensor<1024xf64>) -> (tensor<f64>, tensor<f64>)
    %s = tensor.extract %r#1[] : tensor<f64>
    %h = tensor.insert %s into %g[%i] : tensor<1024xf64>
    scf.yield %h : tensor<1024xf64>
  }
  return %g : tensor<1024xf64>
}
