// RUN: atled-opt %s --atled-plan-workspace -split-input-file -verify-diagnostics

// expected-note @below {{give the arguments of @dynamic static shapes}}
func.func @dynamic(%n: index) {
  // expected-error @below {{a dynamic dimension where a static one is needed: @dynamic keeps a temporary of type 'memref<4x?xf32>', and its workspace is planned at compile time}}
  %a = memref.alloc(%n) : memref<4x?xf32>
  return
}

// -----

// What a loop keeps, that is counted first.
// expected-note @below {{give the arguments of @counted static shapes}}
func.func @counted(%x: memref<i1>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-note @below {{or say with 'ad.max_iterations' on this loop how often it runs at most}}
  %n = scf.while (%i = %c0) : (index) -> index {
    %goes = memref.load %x[] : memref<i1>
    scf.condition(%goes) %i : index
  } do {
  ^bb0(%i: index):
    %next = arith.addi %i, %c1 : index
    scf.yield %next : index
  }
  %most = arith.maxsi %n, %c1 : index
  // expected-error @below {{@counted keeps a temporary of type 'memref<?x?xf32>'}}
  %a = memref.alloc(%most, %n) : memref<?x?xf32>
  return
}

// -----

// Or that runs as often as an input says.
// expected-note @below {{give the arguments of @told static shapes}}
func.func @told(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  // expected-error @below {{@told keeps a temporary of type 'memref<?x?xf32>'}}
  %a = memref.alloc(%n, %n) : memref<?x?xf32>
  // expected-note @below {{or say with 'ad.max_iterations' on this loop how often it runs at most}}
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %c1 step %c1 {
      memref.store %zero, %a[%i, %j] : memref<?x?xf32>
    }
  }
  return
}

// -----

func.func @itself(%x: memref<4xf32>) {
  // expected-error @below {{@itself calls itself here; recursion has no workspace of constant size}}
  func.call @itself(%x) : (memref<4xf32>) -> ()
  return
}

// -----

func.func @ping(%x: memref<4xf32>) {
  func.call @pong(%x) : (memref<4xf32>) -> ()
  return
}
func.func @pong(%x: memref<4xf32>) {
  // expected-error @below {{@ping calls itself here, by way of other functions; recursion has no workspace of constant size}}
  func.call @ping(%x) : (memref<4xf32>) -> ()
  return
}

// -----

func.func private @greedy(memref<4xf32>) attributes {atled.workspace_bytes = 9223372036854775807 : i64}
func.func @asks_too_much(%x: memref<4xf32>) {
  // expected-error @below {{this is too large: with it, the temporaries of @asks_too_much have 2^62 bytes or more}}
  func.call @greedy(%x) : (memref<4xf32>) -> ()
  return
}

// -----

func.func @large() {
  // expected-error @below {{this is too large: with it, the temporaries of @large have 2^62 bytes or more}}
  %b = memref.alloc() : memref<4611686018427387904x4xf32>
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%b : memref<4611686018427387904x4xf32>)
  return
}

// -----

func.func @vectors() {
  // expected-error @below {{has elements of type 'vector<4xf32>' where numbers are needed}}
  %b = memref.alloc() : memref<2xvector<4xf32>>
  return
}
