// RUN: atled-opt %s --split-input-file --atled-update-in-place=accumulate=f:y -verify-diagnostics

// expected-error @below {{output 'y' of entry 'f' has type 'tensor<4xi32>', and only real numbers can be added to what is there}}
func.func @f(%x: tensor<4xi32>) -> (tensor<4xi32> {atled.name = "y"}) {
  return %x : tensor<4xi32>
}

// -----

// expected-error @below {{there is no entry 'f' with an output 'y' to add to what is there}}
module {
  func.func private @f(%x: tensor<4xf32>) -> (tensor<4xf32> {atled.name = "y"}) {
    return %x : tensor<4xf32>
  }
}
