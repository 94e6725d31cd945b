// RUN: atled-opt %s --atled-resolve-extents -split-input-file -verify-diagnostics

// expected-note @below {{return a tensor of static or of an argument's size, and how much of it counts}}
func.func @as_many_as_it_says(%x: tensor<?xf32>, %n: tensor<index>) -> tensor<?xf32> {
  %i = tensor.extract %n[] : tensor<index>
  // expected-error @below {{dimension 0 of result 0 of @as_many_as_it_says, of type 'tensor<?xf32>', does not follow from the shapes of its arguments, and nobody knows it before the call}}
  %r = tensor.extract_slice %x[0] [%i] [1] : tensor<?xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// A dimension that there is not.
// expected-note @below {{return a tensor of static or of an argument's size, and how much of it counts}}
func.func @beyond_the_rank(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c1 : tensor<?xf32>
  // expected-error @below {{dimension 0 of result 0 of @beyond_the_rank, of type 'tensor<?xf32>', does not follow from the shapes of its arguments, and nobody knows it before the call}}
  %r = tensor.extract_slice %x[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

func.func @keeps(%x: tensor<?xf32>, %n: tensor<index>) -> (tensor<?xf32> {ad.residual}) {
  %i = tensor.extract %n[] : tensor<index>
  // expected-error @below {{result 0 of entry 'keeps' is what is kept here for the way back, of type 'tensor<?xf32>', and nobody knows its size before the call}}
  // expected-note @below {{'ad.max_iterations' or constant bounds on a loop make it known; #ad.binomial<...> on it, or on a recursive function beside 'ad.max_depth', needs no bound}}
  %r = tensor.extract_slice %x[0] [%i] [1] : tensor<?xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// expected-error @below {{'ad.forward' and 'ad.like' of @back do not say whose dimensions its caller says}}
func.func @back(%x: tensor<?xf32>) attributes {ad.forward = "back", ad.like = array<i64: 0>} {
  return
}

// -----

// expected-error @below {{has elements of type 'vector<4xf32>' where numbers are needed}}
func.func @vectors(%x: tensor<?xvector<4xf32>>) -> tensor<?xvector<4xf32>> {
  return %x : tensor<?xvector<4xf32>>
}

// -----

func.func @vectors_inside(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  // expected-error @below {{has elements of type 'vector<4xf32>' where numbers are needed}}
  %r = tensor.empty(%n) : tensor<?xvector<4xf32>>
  return %x : tensor<?xf32>
}
