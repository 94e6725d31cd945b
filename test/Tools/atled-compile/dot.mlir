// The graph of u = x x, z = detach(u) x: backward, the edges to and from detach are dashed.

// RUN: atled-compile %s --vjp=f --emit=dot | FileCheck %s

// CHECK: digraph {
// CHECK: subgraph "cluster_f_vjp"
// CHECK: n[[#X:]] [label="x\n4xf32", shape=ellipse]
// CHECK: n[[#SEED:]] [label="seed_out0\n4xf32", shape=ellipse]
// CHECK: n[[#U:]] [label="mul\n4xf32"]
// CHECK: n[[#X]] -> n[[#U]];
// CHECK: n[[#DETACH:]] [label="detach\n4xf32"]
// CHECK: n[[#U]] -> n[[#DETACH]] [style=dashed];
// CHECK: n[[#Z:]] [label="mul\n4xf32"]
// CHECK: n[[#DETACH]] -> n[[#Z]] [style=dashed];
// CHECK: n[[#BACK:]] [label="mul\n4xf32", color=firebrick]
// CHECK-DAG: n[[#SEED]] -> n[[#BACK]];
// CHECK-DAG: n[[#DETACH]] -> n[[#BACK]] [style=dashed];
// CHECK: n[[#OUT:]] [label="out0\n4xf32", shape=ellipse]
// CHECK: n[[#Z]] -> n[[#OUT]];
// CHECK: n[[#GRAD:]] [label="grad_x\n4xf32", shape=ellipse]
// CHECK: n[[#BACK]] -> n[[#GRAD]];

func.func @f(%x: tensor<4xf32> {atled.name = "x"}) -> tensor<4xf32> {
  %u = atled.mul %x, %x : tensor<4xf32>
  %d = ad.detach %u : tensor<4xf32>
  %z = atled.mul %d, %x : tensor<4xf32>
  return %z : tensor<4xf32>
}
