// RUN: atled-opt %s --split-input-file --verify-diagnostics

func.func private @f(tensor<f32>) -> tensor<f32>
func.func @g(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op has the checkpoint #ad.periodic<3>, which belongs on a loop}}
  %y = call @f(%x) {ad.checkpoint = #ad.periodic<3>} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

func.func @f(%x: tensor<f32>, %n: index) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error@+2 {{'scf.for' op has 'ad.checkpoint' without a value, which belongs on a call}}
  // expected-note@+1 {{on a loop, say #ad.periodic<32>, or #ad.binomial<8>}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<f32>) {
    scf.yield %h : tensor<f32>
  } {ad.checkpoint}
  return %r : tensor<f32>
}

// -----

// expected-error@+2 {{'func.func' op has 'ad.checkpoint' without a value, which belongs on a call}}
// expected-note@+1 {{the operation 'ad.checkpoint' goes around anything}}
func.func @f(%x: tensor<f32>) -> tensor<f32> attributes {ad.checkpoint} {
  return %x : tensor<f32>
}

// -----

func.func private @f(tensor<f32>) -> tensor<f32>
func.func @g(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op expects 'ad.checkpoint' to be #ad.periodic<...> or #ad.binomial<...>, or to have no value, got "often"}}
  %y = call @f(%x) {ad.checkpoint = "often"} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// expected-error@+1 {{expects a positive period, got 0}}
func.func private @f() attributes {ad.checkpoint = #ad.periodic<0>}

// -----

// expected-error@+1 {{expects a positive number of snapshots, got -2}}
func.func private @f() attributes {ad.checkpoint = #ad.binomial<-2>}

// -----

func.func @f(%x: tensor<f32>) -> tensor<f32> {
  %y = ad.checkpoint -> tensor<f32> {
    // expected-error@+1 {{'ad.yield' op yields values of types ('tensor<f32>', 'tensor<f32>'), and the checkpoint returns ('tensor<f32>')}}
    ad.yield %x, %x : tensor<f32>, tensor<f32>
  }
  return %y : tensor<f32>
}

// -----

func.func @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.checkpoint' op expects its region to end in 'ad.yield'}}
  %y = ad.checkpoint -> tensor<f32> {
    func.return %x : tensor<f32>
  }
  return %y : tensor<f32>
}

// -----

func.func @f(%x: tensor<f32>, %n: index) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error@+1 {{'scf.for' op has the attribute 'ad.checkpoints', which the dialect ad does not know; did you mean 'ad.checkpoint'?}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<f32>) {
    scf.yield %h : tensor<f32>
  } {ad.checkpoints = #ad.periodic<3>}
  return %r : tensor<f32>
}

// -----

// expected-error@+1 {{'func.func' op has the attribute 'ad.checkpoint', which the dialect ad does not know}}
func.func private @f(tensor<f32> {ad.checkpoint}) -> tensor<f32>

// -----

// expected-error@+1 {{'func.func' op has the attribute 'ad.max_iteration', which the dialect ad does not know; did you mean 'ad.max_iterations'?}}
func.func private @f(tensor<f32>) -> (tensor<f32> {ad.max_iteration = 3 : i64})

// -----

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'scf.forall' op has the checkpoint #ad.periodic<2>, which belongs on a loop whose iterations follow one another, or on a recursive function beside 'ad.max_depth'}}
  %y = scf.forall (%i) in (4) shared_outs(%h = %x) -> (tensor<4xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %x into %h[0] [4] [1] : tensor<4xf32> into tensor<4xf32>
    }
  } {ad.checkpoint = #ad.periodic<2>}
  return %y : tensor<4xf32>
}
