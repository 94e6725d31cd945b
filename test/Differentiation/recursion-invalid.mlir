// RUN: atled-opt %s --ad-unroll-recursion --ad-recursion-to-loops -split-input-file -verify-diagnostics

// expected-note@+1 {{'ad.max_depth = 20 : i64' on @f allows 20 calls inside one another, and so does returns(type, 20) in C++}}
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op is a recursive call, and nothing bounds its depth}}
  %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// A way around the cycle does not go through the function with the bound.
func.func private @bounded(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 5 : i64} {
  %y = call @ping(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @ping(%x: tensor<f32>) -> tensor<f32> {
  %y = call @pong(%x) : (tensor<f32>) -> tensor<f32>
  %z = call @bounded(%y) : (tensor<f32>) -> tensor<f32>
  return %z : tensor<f32>
}
// expected-note@+1 {{'ad.max_depth = 20 : i64' on @pong allows 20 calls inside one another, and so does returns(type, 20) in C++}}
func.func private @pong(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op is a recursive call, and nothing bounds its depth}}
  %y = call @pong(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// What recursion becomes has no rules.
func.func private @rule(%x: tensor<f32>, %d: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  return %x, %d : tensor<f32>, tensor<f32>
}
func.func private @calls(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 5 : i64} {
  %y = call @has_rule(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
// expected-error@+2 {{'func.func' op has a custom rule, and is called by functions that it calls}}
// expected-note@+1 {{let it not call them: its rule says what its derivative is, and may call them}}
func.func private @has_rule(%x: tensor<f32>) -> tensor<f32> {
  %y = call @calls(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
ad.custom_jvp @has_rule rule @rule

// -----

func.func private @f(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 20 : i64} {
  // expected-note@+1 {{let nothing but branches and loops of scf be around the call; 'ad.checkpoint = #ad.binomial<8>' on the function is for the loop that it becomes}}
  %z = ad.checkpoint -> tensor<f32> {
    // expected-error@+1 {{'func.call' op is a recursive call inside of 'ad.checkpoint', and deep recursion becomes a loop}}
    %y = func.call @f(%x) : (tensor<f32>) -> tensor<f32>
    ad.yield %y : tensor<f32>
  }
  return %z : tensor<f32>
}

// -----

func.func private @f(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 20 : i64} {
  // expected-error@+2 {{'func.call' op is a recursive call inside of a checkpoint of its own, and deep recursion becomes a loop}}
  // expected-note@+1 {{let nothing but branches}}
  %y = func.call @f(%x) {ad.checkpoint} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

func.func private @f(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 20 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-note@+1 {{let nothing but branches}}
  %z = scf.for %i = %c0 to %c1 step %c1 iter_args(%a = %x) -> (tensor<f32>) {
    // expected-error@+1 {{'func.call' op is a recursive call inside of a loop that has a checkpoint, and deep recursion becomes a loop}}
    %y = func.call @f(%a) : (tensor<f32>) -> tensor<f32>
    scf.yield %y : tensor<f32>
  } {ad.checkpoint = #ad.periodic<2>}
  return %z : tensor<f32>
}

// -----

// expected-note@+2 {{where 'ad.max_depth' is small (at most 16; less in a tree of calls, unless they have 'ad.checkpoint'), each depth has its own}}
// expected-error@+1 {{a value of type 'tensor<?xf32>' is needed beyond a recursive call, and its size is not known}}
func.func @f(%x: tensor<?xf32>, %n: i32) -> tensor<?xf32> attributes {ad.max_depth = 20 : i64} {
  %y = atled.sin %x : tensor<?xf32>
  %z = call @f(%y, %n) : (tensor<?xf32>, i32) -> tensor<?xf32>
  %s = atled.mul %z, %x : tensor<?xf32>
  return %s : tensor<?xf32>
}

// -----

// expected-error@+1 {{has the checkpoint #ad.periodic<8>, and a function that it calls and that calls it has another}}
func.func private @head(%x: tensor<f32>) -> tensor<f32>
    attributes {ad.max_depth = 20 : i64, ad.checkpoint = #ad.periodic<8>} {
  %y = call @tail(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
// expected-note@+1 {{@tail has #ad.binomial<8>; one is enough, since the two become one loop}}
func.func private @tail(%x: tensor<f32>) -> tensor<f32>
    attributes {ad.max_depth = 20 : i64, ad.checkpoint = #ad.binomial<8>} {
  %y = call @head(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// expected-error@+2 {{'func.func' op has 'ad.max_depth', and does not call itself, directly or through others}}
// expected-note@+1 {{leave it away; 'ad.checkpoint' without a value, on a call of it, keeps less}}
func.func private @f(%x: tensor<f32>) -> tensor<f32>
    attributes {ad.max_depth = 20 : i64, ad.checkpoint = #ad.binomial<8>} {
  return %x : tensor<f32>
}

// -----

// It calls one that does.
// expected-error@+2 {{'func.func' op has 'ad.max_depth', and does not call itself}}
// expected-note-re@+1 {{{{^leave it away$}}}}
func.func private @calls(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 20 : i64} {
  %y = call @recursive(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @recursive(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 20 : i64} {
  %y = call @recursive(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
