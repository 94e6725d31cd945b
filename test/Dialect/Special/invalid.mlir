// RUN: atled-opt %s -split-input-file -verify-diagnostics

func.func @integer(%x: i32) {
  // expected-error@+1 {{'special.lgamma' op operand #0 must be floating-point-like, but got 'i32'}}
  %0 = special.lgamma %x : i32
  return
}

// -----

func.func @order(%x: f32) {
  // expected-error@+1 {{'special.polygamma' op attribute 'order' failed to satisfy constraint}}
  %0 = special.polygamma %x order = 33 : f32
  return
}
