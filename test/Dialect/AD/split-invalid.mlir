// RUN: atled-opt %s -split-input-file -verify-diagnostics

// expected-error@+1 {{'ad.split' op names a function that does not exist: @f}}
ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd

// -----

func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-error@+1 {{'ad.split' op asks for no derivative: 'wrt' is empty}}
ad.split @f wrt = [] forward @f_fwd reverse @f_bwd

// -----

func.func private @f(tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
// expected-error@+1 {{'ad.split' op expects 'wrt' to be sorted and without repetition, but 0 follows 1}}
ad.split @f wrt = [1, 0] forward @f_fwd reverse @f_bwd

// -----

// expected-note@+1 {{@f is defined here}}
func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-error@+1 {{'ad.split' op 'wrt' names argument 1, but @f has 1}}
ad.split @f wrt = [0, 1] forward @f_fwd reverse @f_bwd

// -----

// expected-note@+1 {{@f is defined here}}
func.func private @f(tensor<4xi32>) -> tensor<f32>
// expected-error@+1 {{'ad.split' op argument 0 of @f has no derivative: its type is 'tensor<4xi32>'}}
ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd

// -----

func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-error@+1 {{'ad.split' op gives both halves the name @g}}
ad.split @f wrt = [0] forward @g reverse @g

// -----

// expected-note@+1 {{the other one is here}}
func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-error@+1 {{'ad.split' op makes a function @f, and there is another of that name}}
ad.split @f wrt = [0] forward @g reverse @f

// -----

func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-note@+1 {{the other one is here}}
ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd
// expected-error@+1 {{'ad.split' op makes a function @f_bwd, and there is another of that name}}
ad.split @f wrt = [0] forward @again reverse @f_bwd

// -----

func.func private @f(tensor<4xf32>) -> tensor<f32>
func.func private @g() {
  // expected-error@+1 {{'ad.split' op expects parent op 'builtin.module'}}
  ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd
  return
}
