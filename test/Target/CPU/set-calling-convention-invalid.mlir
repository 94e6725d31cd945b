// RUN: atled-opt %s --atled-set-calling-convention -verify-diagnostics

// Elements that are no numbers of a known width promise no alignment, and are no error.
func.func @indices(%x: memref<4xindex>, %y: memref<4xcomplex<f32>>) {
  return
}

// expected-error @below {{buffer argument 1 of 'dynamic' has the dynamic shape 'memref<?xf32>', and the target needs a static one}}
func.func @dynamic(%x: memref<4xf32>, %y: memref<?xf32>) {
  return
}
