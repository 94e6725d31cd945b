func.func @f(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %zero = arith.constant 0.0 : f64
  %m = tensor.extract %n[] : tensor<i64>
  %extent = arith.index_cast %m : i64 to index
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %empty = tensor.empty(%extent) : tensor<?xf64>
  %e = tensor.extract %x[] : tensor<f64>
  %filled = scf.for %i = %c0 to %extent step %c1 iter_args(%t = %empty) -> (tensor<?xf64>) {
    %u = tensor.insert %e into %t[%i] : tensor<?xf64>
    scf.yield %u : tensor<?xf64>
  }
  %s = atled.reduce_sum %filled dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}
