// RUN: atled-opt %s --atled-to-linalg -split-input-file -verify-diagnostics

func.func @shrinks(%x: tensor<?x3xf64>, %n: index) -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @below {{'scf.for' op carries a tensor whose dimension 0 is of another size after each iteration}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%v = %x) -> tensor<?x3xf64> {
    // expected-note @below {{this is what it carries on: let it be as large as it gets, and carry how much of it counts}}
    %t = atled.slice %v[1:?, 0:3] : tensor<?x3xf64> -> tensor<?x3xf64>
    scf.yield %t : tensor<?x3xf64>
  }
  return %r : tensor<?x3xf64>
}

// -----

// What a loop starts with has a known size, and what it carries on has another.
func.func @grows(%x: tensor<4xf64>, %n: index) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d = tensor.cast %x : tensor<4xf64> to tensor<?xf64>
  // expected-error @below {{'scf.for' op carries a tensor whose dimension 0 is of another size after each iteration}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%v = %d) -> tensor<?xf64> {
    // expected-note @below {{this is what it carries on}}
    %t = atled.concatenate %v, %x dimension = 0 : (tensor<?xf64>, tensor<4xf64>) -> tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}

// -----

func.func @claims(%x: tensor<4xf64>, %n: index) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @below {{'scf.for' op carries a tensor whose dimension 0 is of another size after each iteration}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%v = %x) -> tensor<4xf64> {
    // expected-note @below {{this is what it carries on}}
    %t = atled.slice %v[0:3] : tensor<4xf64> -> tensor<3xf64>
    %d = tensor.cast %t : tensor<3xf64> to tensor<?xf64>
    %u = tensor.cast %d : tensor<?xf64> to tensor<4xf64>
    scf.yield %u : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// -----

func.func @until(%x: tensor<?xf64>, %goes: i1) -> tensor<?xf64> {
  // expected-error @below {{'scf.while' op carries a tensor whose dimension 0 is of another size after each iteration}}
  %r = scf.while (%v = %x) : (tensor<?xf64>) -> tensor<?xf64> {
    scf.condition(%goes) %v : tensor<?xf64>
  } do {
  ^bb0(%v: tensor<?xf64>):
    // expected-note @below {{this is what it carries on}}
    %t = atled.slice %v[2:?] : tensor<?xf64> -> tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}
