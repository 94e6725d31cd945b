// RUN: atled-opt %s --atled-destination-passing -split-input-file -verify-diagnostics

// expected-error @below {{'func.func' op has no body, and argument 1 has type 'f32' where a tensor of static shape is needed}}
func.func private @elsewhere(%x: tensor<4xf32>, %y: f32) -> tensor<4xf32>

// -----

// expected-error @below {{'func.func' op has no body, and result 0 has type 'tensor<?xf32>' where a tensor of static shape is needed}}
func.func private @elsewhere(%x: tensor<4xf32>) -> tensor<?xf32>

// -----

// expected-error @below {{'func.func' op has 2 blocks where one is needed; write control flow with scf.if, scf.for or scf.while}}
func.func @blocks(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^bb1
^bb1:
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{'func.func' op is public, and argument 0 has type 'f32'; make it a tensor of rank 0}}
func.func @scalar_argument(%x: f32) {
  return
}

// -----

// expected-error @below {{'func.func' op is public, and result 0 has type 'i32'; make it a tensor of rank 0}}
func.func @scalar_result(%x: tensor<4xf32>) -> i32 {
  %c = arith.constant 1 : i32
  return %c : i32
}

// -----

// expected-error @below {{'func.func' op argument 0 has type 'tensor<*xf32>' where a ranked tensor is needed}}
func.func @unranked(%x: tensor<*xf32>) {
  return
}

// -----

func.func @unknown_size(%x: tensor<4xindex>) -> tensor<?xf32> {
  // expected-error @below {{'func.call' op needs the size of result 0 of type 'tensor<?xf32>', which does not follow from the shapes of the arguments; make its dimensions static}}
  %y = func.call @made(%x) : (tensor<4xindex>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
// expected-note @below {{called function defined here}}
func.func private @made(%x: tensor<4xindex>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.extract %x[%c0] : tensor<4xindex>
  %y = tensor.empty(%n) : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// A dimension that the tensor does not have has no size.
func.func @calls(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // expected-error @below {{needs the size of result 0 of type 'tensor<?x4xf32>', which does not follow from the shapes of the arguments; make its dimensions static}}
  %y = func.call @no_dimension(%x) : (tensor<?x4xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
// expected-note @below {{called function defined here}}
func.func private @no_dimension(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %c = arith.constant -1 : index
  %n = tensor.dim %x, %c : tensor<?x4xf32>
  %y = tensor.empty(%n) : tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
