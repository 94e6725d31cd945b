// The halves that a program declares run like other functions; between them is a file of bytes.

// RUN: rm -rf %t && mkdir %t
// RUN: atled-run %s --entry=there --input=3xf64=1,4,16 --output=%t/y.npy --output=%t/residuals.npy | count 0
// RUN: atled-run %s --entry=back --input=%t/residuals.npy --input=3xf64=1,0,2 | FileCheck %s --check-prefix=BACK
// BACK: grad_x: 3xf64 = [ 0.5,  0.0, 0.25]
// RUN: atled-run %s --entry=back --input=%t/residuals.npy --input=3xf64=0,1,0 --bench=3 | FileCheck %s --check-prefix=AGAIN
// AGAIN: grad_x: 3xf64 = [ 0.0, 0.25,  0.0]
// AGAIN: 3 calls:

// It takes and returns the residuals as one tensor of bytes.
// RUN: atled-run %s --entry=there --input=3xf64=1,4,16 --output=%t/y.npy | FileCheck %s --check-prefix=BYTES
// BYTES: residuals: 64xi8 =
// RUN: not atled-run %s --entry=back --input=3xf64=1 2>&1 | FileCheck %s --check-prefix=COUNT
// COUNT: run-split.mlir:[[#@LINE+13]]:1: error: @back takes 2 inputs (residuals: 64xi8, seed_y: 3xf64), and 1 is given
// RUN: not atled-run %s --entry=back --input=3xf64=1 --input=3xf64=1 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: error: input 0 ('residuals') is of type 3xf64, and @back takes 64xi8

// RUN: not atled-run %s 2>&1 | FileCheck %s --check-prefix=CHOOSE
// CHOOSE: error: the program has 2 public functions, there, back: choose one with '--entry'
// RUN: not atled-run %s --verify-gradient --entry=back 2>&1 | FileCheck %s --check-prefix=NO-FUNCTION
// NO-FUNCTION: error: there is no function 'back'

func.func private @root(%x: tensor<3xf64> {atled.name = "x"}) -> (tensor<3xf64> {atled.name = "y"}) {
  %y = atled.sqrt %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
ad.split @root wrt = [0] forward @there reverse @back
