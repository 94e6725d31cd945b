// What the code generator tells of its choices, to those who ask.
// RUN: atled-opt %s --atled-plan-workspace --atled-vectorize --remarks-filter='atled-.*' -o /dev/null -verify-diagnostics
// RUN: atled-opt %s --atled-plan-workspace --atled-vectorize -o /dev/null 2>&1 | FileCheck %s --check-prefix=QUIET --allow-empty
// QUIET-NOT: remark: [

// expected-remark @below {{[Analysis] workspace | Category:atled-plan-workspace | buffers=1, bytes=256}}
func.func @twice(%x: memref<64xf32>, %y: memref<64xf32>) {
  %t = memref.alloc() : memref<64xf32>
  // expected-remark @below {{[Passed] linalg operation | Category:atled-vectorize | Remark=vectorized, dimension=0}}
  linalg.exp ins(%x : memref<64xf32>) outs(%t : memref<64xf32>)
  // expected-remark @below {{[Passed] linalg operation | Category:atled-vectorize | Remark=vectorized, dimension=0}}
  linalg.exp ins(%t : memref<64xf32>) outs(%y : memref<64xf32>)
  return
}

// expected-remark @below {{[Analysis] workspace | Category:atled-plan-workspace | buffers=0, bytes=0}}
func.func @gather(%x: memref<8xf32>, %i: memref<4xindex>, %y: memref<4xf32>) {
  // expected-remark @below {{[Missed] linalg operation | Category:atled-vectorize | Reason="its body holds more than elementwise operations"}}
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>], iterator_types = ["parallel"]}
      ins(%i : memref<4xindex>) outs(%y : memref<4xf32>) {
  ^bb0(%a: index, %o: f32):
    %v = memref.load %x[%a] : memref<8xf32>
    linalg.yield %v : f32
  }
  return
}

// expected-remark @below {{[Analysis] workspace | Category:atled-plan-workspace | buffers=0, bytes=0}}
func.func @one_element(%x: memref<f32>, %y: memref<f32>) {
  linalg.exp ins(%x : memref<f32>) outs(%y : memref<f32>)
  return
}

// expected-remark @below {{[Analysis] workspace | Category:atled-plan-workspace | buffers=0, bytes=0}}
func.func @alternating(%x: memref<4xf32>, %y: memref<f32>) {
  // expected-remark @below {{[Missed] linalg operation | Category:atled-vectorize | Reason="no dimension lets elements be computed side by side"}}
  linalg.reduce { arith.subf } ins(%x : memref<4xf32>) outs(%y : memref<f32>) dimensions = [0]
  return
}

// expected-remark @below {{[Analysis] workspace | Category:atled-plan-workspace | buffers=0, bytes=0}}
func.func @odd_size(%x: memref<4xi48>, %y: memref<i48>) {
  // expected-remark @below {{[Missed] linalg operation | Category:atled-vectorize | Reason="it computes with what is no lane of a vector"}}
  linalg.reduce { arith.addi } ins(%x : memref<4xi48>) outs(%y : memref<i48>) dimensions = [0]
  return
}
