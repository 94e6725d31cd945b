// RUN: atled-opt %s --ad-guard-loops -split-input-file -verify-diagnostics

func.func @step(%n: index) {
  %c0 = arith.constant 0 : index
  %m1 = arith.constant -1 : index
  // expected-error@+1 {{'scf.for' op has the step -1, and a step has to be positive}}
  scf.for %i = %c0 to %n step %m1 {
  }
  return
}

// -----

func.func @iterations() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c11 = arith.constant 11 : index
  // expected-error@+1 {{'scf.for' op runs 11 times, and may run 10 times at most}}
  scf.for %i = %c0 to %c11 step %c1 {
  } {ad.max_iterations = 10 : i64}
  return
}

// -----

func.func @range() {
  %lb = arith.constant -2000000000 : i32
  %ub = arith.constant 2000000000 : i32
  %step = arith.constant 1000000000 : i32
  // expected-error@+2 {{'scf.for' op runs from -2000000000 to 2000000000, further than 'i32' can count}}
  // expected-note@+1 {{count from 0, and compute the index from that}}
  scf.for %i = %lb to %ub step %step : i32 {
  }
  return
}

// -----

func.func @computed_step(%n: index) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %none = arith.remui %c8, %c8 : index
  // expected-error@+1 {{'scf.for' op has the step 0, and a step has to be positive}}
  scf.for %i = %c0 to %n step %none {
  }
  return
}
