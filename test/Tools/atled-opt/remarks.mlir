// MLIR's flags for remarks: which to show, and in what form.

// RUN: atled-opt %s --atled-vectorize --remarks-filter-passed=atled-vectorize -o /dev/null 2>&1 | FileCheck %s
// CHECK: remarks.mlir:[[#EXP:]]:3: remark: [Passed] linalg operation | Category:atled-vectorize | Remark=vectorized, dimension=0

// RUN: atled-opt %s --atled-vectorize --remarks-filter-missed=atled-vectorize -o /dev/null 2>&1 | FileCheck %s --check-prefix=MISSED --allow-empty
// MISSED-NOT: remark:

// RUN: atled-opt %s --atled-vectorize --remarks-filter='atled-.*' --remark-format=yaml --remarks-output-file=%t.yaml -o /dev/null
// RUN: FileCheck %s --check-prefix=YAML < %t.yaml
// YAML: --- !Passed
// YAML-NEXT: Pass: atled-vectorize
// YAML: dimension: '0'

func.func @f(%x: memref<64xf32>, %y: memref<64xf32>) {
  linalg.exp ins(%x : memref<64xf32>) outs(%y : memref<64xf32>)
  return
}
