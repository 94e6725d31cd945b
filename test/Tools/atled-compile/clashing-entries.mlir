// Names that an object would define twice. Whether it tells where calls fail is one of the things that decide.

// RUN: rm -rf %t && mkdir %t
// RUN: not atled-compile %s --checked --entry=f,f_where -o %t/f.o 2>&1 | FileCheck %s
// RUN: not atled-compile %s --check-nan --entry=f,f_where -o %t/f.o 2>&1 | FileCheck %s
// CHECK: clashing-entries.mlir:[[#@LINE+15]]:1: error: entries 'f' and 'f_where' would both define 'f_where' in the object
// CHECK: clashing-entries.mlir:[[#@LINE+11]]:1: note: 'f' is here: rename one of them, or leave one out with '--entry'
// RUN: ls %t | count 0
// RUN: atled-compile %s --entry=f,f_where -o %t/f.o
// RUN: atled-compile %s --checked --entry=f -o %t/f.o

// RUN: not atled-compile %s --grad=f --entry=f_grad_abi1 -o %t/g.o 2>&1 | FileCheck %s --check-prefix=DERIVED
// RUN: not atled-compile %s --checked --entry=g -o %t/g.o 2>&1 | FileCheck %s --check-prefix=EXTERNAL
// RUN: atled-compile %s --entry=g -o %t/g.o
// EXTERNAL: error: external function 'g_where' has a name that the object or its header defines for entry 'g'; rename one
// DERIVED: error: entries 'f_grad{{(_abi1)?}}' and 'f_grad{{(_abi1)?}}' would both define 'f_grad_abi1' in the object

func.func @f(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @f_where(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func @f_grad_abi1(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}
func.func private @g_where(tensor<f32>) -> tensor<f32>
func.func @g(%x: tensor<f32>) -> tensor<f32> {
  %y = call @g_where(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
