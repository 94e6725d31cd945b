// RUN: atled-opt %s --atled-wrap-entries -split-input-file -verify-diagnostics

// expected-error @below {{public function 'unplanned' has no workspace argument or no 'atled.num_inputs': run 'atled-plan-workspace' first}}
func.func @unplanned(%x: memref<4xf32>) {
  return
}

// -----

// expected-error @below {{public function 'no_workspace' has no workspace argument or no 'atled.num_inputs': run 'atled-plan-workspace' first}}
func.func @no_workspace(%x: memref<4xf32>, %y: memref<4xf32>)
    attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64} {
  return
}

// -----

// expected-error @below {{public function 'no_arguments' has no workspace argument or no 'atled.num_inputs': run 'atled-plan-workspace' first}}
func.func @no_arguments() attributes {atled.num_inputs = 0 : i64, atled.workspace_bytes = 0 : i64} {
  return
}

// -----

// expected-error @below {{argument 0 of public function 'strided' is 'memref<4xf32, strided<[2]>>', not a buffer of static shape and identity layout}}
func.func @strided(%x: memref<4xf32, strided<[2]>>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64} {
  return
}

// -----

// expected-error @below {{argument 1 of public function 'dynamic' is 'memref<?xf32>', not a buffer of static shape and identity layout}}
func.func @dynamic(%x: memref<4xf32>, %y: memref<?xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64} {
  return
}

// -----

// expected-error @below {{argument 0 of public function 'odd' has elements of type 'i7', which C has no type for}}
func.func @odd(%x: memref<4xi7>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64} {
  return
}
