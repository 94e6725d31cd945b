// Names that would be declared twice in one header.

// RUN: not atled-compile %s --entry=loss,loss_call --emit=header 2>&1 | FileCheck %s --check-prefix=ENTRIES
// ENTRIES: bad-header.mlir:[[#@LINE+18]]:1: error: entries 'loss' and 'loss_call' would both declare 'loss_call' in the header
// ENTRIES: bad-header.mlir:[[#@LINE+14]]:1: note: 'loss' is here: rename one of them, or leave one out with '--entry'

// RUN: not atled-compile %s --entry=same --emit=header 2>&1 | FileCheck %s --check-prefix=TENSORS
// TENSORS: bad-header.mlir:[[#@LINE+17]]:1: error: two tensors of entry 'same' would both declare 'SAME_IN_X_SIZE' in the header; rename one

// RUN: not atled-compile %s --entry=call,call_ --emit=hpp 2>&1 | FileCheck %s --check-prefix=STRUCTS
// STRUCTS: error: entries 'call' and 'call_' would both declare 'call_' in the namespace 'atled::fn' of the header
// RUN: atled-compile %s --entry=call,call_ --emit=header | grep -q 'int32_t call_('

// Nothing is written then.
// RUN: rm -rf %t && mkdir %t
// RUN: not atled-compile %s --entry=same -o %t/same.o --header=%t/same.h
// RUN: ls %t | count 0

func.func @loss(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @loss_call(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @same(%x: tensor<4xf32> {atled.name = "x"}, %y: tensor<4xf32> {atled.name = "X"}) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @call(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @call_(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
