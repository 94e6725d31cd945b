// y = sin applied to x as often as n says; the gradient keeps an x of each time.
func.func private @iterate(%x: tensor<8xf64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %limit = tensor.extract %n[] : tensor<i64>
  %r:2 = scf.while (%h = %x, %i = %c0) : (tensor<8xf64>, i64) -> (tensor<8xf64>, i64) {
    %go = arith.cmpi slt, %i, %limit : i64
    scf.condition(%go) %h, %i : tensor<8xf64>, i64
  } do {
  ^bb0(%h: tensor<8xf64>, %i: i64):
    %s = atled.sin %h : tensor<8xf64>
    %next = arith.addi %i, %c1 : i64
    scf.yield %s, %next : tensor<8xf64>, i64
  }
  %sum = atled.reduce_sum %r#0 dimensions = [0] : tensor<8xf64> -> tensor<f64>
  return %sum : tensor<f64>
}
func.func @slope(%x: tensor<8xf64> {atled.name = "x"}, %n: tensor<i64> {atled.name = "n"})
    -> (tensor<8xf64> {atled.name = "dx"}) {
  %d = ad.grad @iterate(%x, %n) wrt = [0] : (tensor<8xf64>, tensor<i64>) -> tensor<8xf64>
  return %d : tensor<8xf64>
}
