// RUN: atled-opt %s -split-input-file -verify-diagnostics

func.func @unknown(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.linearize' op names a function that does not exist: @f}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  return %y : tensor<f32>
}

// -----

func.func private @f(tensor<f32>) -> tensor<f32>
func.func @nothing(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.linearize' op asks for no derivative: 'wrt' is empty}}
  %y, %map = ad.linearize @f(%x) wrt = [] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<() -> tensor<f32>>)
  return %y : tensor<f32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<f32>) -> tensor<2xf32>'}}
func.func private @f(tensor<f32>) -> tensor<2xf32>
func.func @other_map(%x: tensor<f32>) -> tensor<2xf32> {
  // expected-error@+1 {{'ad.linearize' op expects result 1 to be of type '!ad.linear_map<(tensor<f32>) -> tensor<2xf32>>', got '!ad.linear_map<(tensor<2xf32>) -> tensor<f32>>'}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<2xf32>, !ad.linear_map<(tensor<2xf32>) -> tensor<f32>>)
  return %y : tensor<2xf32>
}

// -----

func.func private @f(tensor<f32>) -> tensor<f32>
func.func @no_map(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{result #0 must be linear map}}
  %y = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// A map stays in its function, ...
func.func private @f(tensor<f32>) -> tensor<f32>
func.func @returned(%x: tensor<f32>) -> !ad.linear_map<(tensor<f32>) -> tensor<f32>> {
  // expected-error@+1 {{'ad.linearize' op gives a linear map, which only 'ad.apply' and 'ad.apply_transpose' may use}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  // expected-note@+1 {{it is used by 'func.return'}}
  return %map : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
}

// -----

// ... is no argument, ...
// expected-note@+1 {{this one comes from elsewhere}}
func.func @argument(%map: !ad.linear_map<(tensor<f32>) -> tensor<f32>>, %x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.apply' op needs a linear map that 'ad.linearize' makes in the same function}}
  %y = ad.apply %map(%x) : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
  return %y : tensor<f32>
}

// -----

// ... is not carried by a loop, ...
func.func private @f(tensor<f32>) -> tensor<f32>
func.func @carried(%x: tensor<f32>, %n: index) -> tensor<f32> {
  // expected-error@+1 {{'ad.linearize' op gives a linear map, which only 'ad.apply' and 'ad.apply_transpose' may use}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  // expected-note@+1 {{it is used by 'scf.for'}}
  %r = scf.for %i = %n to %n step %n iter_args(%m = %map) -> (!ad.linear_map<(tensor<f32>) -> tensor<f32>>) {
    scf.yield %m : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
  }
  return %y : tensor<f32>
}

// -----

// ... and is made by nothing else.
func.func @poison(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{this one comes from elsewhere}}
  %map = ub.poison : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
  // expected-error@+1 {{'ad.apply_transpose' op needs a linear map that 'ad.linearize' makes in the same function}}
  %y = ad.apply_transpose %map(%x) : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
  return %y : tensor<f32>
}

// -----

func.func private @f(tensor<f32>) -> tensor<2xf32>
func.func @other_operand(%x: tensor<f32>) -> tensor<2xf32> {
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<2xf32>, !ad.linear_map<(tensor<f32>) -> tensor<2xf32>>)
  // expected-error@+1 {{failed to verify that operands are what the map takes}}
  %r = "ad.apply"(%map, %y) : (!ad.linear_map<(tensor<f32>) -> tensor<2xf32>>, tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

func.func private @f(tensor<f32>) -> tensor<2xf32>
func.func @other_result(%x: tensor<f32>) -> tensor<2xf32> {
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<2xf32>, !ad.linear_map<(tensor<f32>) -> tensor<2xf32>>)
  // expected-error@+1 {{failed to verify that results are what the map gives}}
  %r = "ad.apply_transpose"(%map, %y) : (!ad.linear_map<(tensor<f32>) -> tensor<2xf32>>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

func.func private @f(tensor<f32>) -> tensor<f32>
func.func @two_tangents(%x: tensor<f32>) -> tensor<f32> {
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  // expected-error@+1 {{number of operands and types do not match: got 2 operands and 1 types}}
  %r = ad.apply %map(%x, %x) : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
  return %r : tensor<f32>
}

// -----

// A checkpoint is run again as a function.
func.func private @f(tensor<f32>) -> tensor<f32>
func.func @in_checkpoint(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{the map is made here}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  %r = ad.checkpoint -> tensor<f32> {
    %inner, %own = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
    %s = ad.apply %own(%y) : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
    // expected-error@+1 {{'ad.apply' op is in a checkpoint, and uses a linear map from outside of it}}
    %t = ad.apply %map(%s) : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
    ad.yield %t : tensor<f32>
  }
  return %r : tensor<f32>
}
