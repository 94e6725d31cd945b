// Functions that read and write at places that only a run tells.

func.func @gather(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<2xf64> {
  %y = atled.gather %x[%i] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<6xf64>, tensor<2xi64>) -> tensor<2xf64>
  return %y : tensor<2xf64>
}

func.func @scatter(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<6xf64> {
  %first = atled.slice %x[0:2] : tensor<6xf64> -> tensor<2xf64>
  %y = atled.scatter add, %first into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<6xf64>, tensor<2xi64>, tensor<2xf64>) -> tensor<6xf64>
  return %y : tensor<6xf64>
}

func.func private @start(%i: tensor<2xi64>) -> tensor<i64> {
  %one = atled.slice %i[0:1] : tensor<2xi64> -> tensor<1xi64>
  %start = atled.reshape %one : tensor<1xi64> -> tensor<i64>
  return %start : tensor<i64>
}

func.func @slice(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<2xf64> {
  %start = call @start(%i) : (tensor<2xi64>) -> tensor<i64>
  %y = atled.dynamic_slice %x[%start] sizes = [2] : (tensor<6xf64>, tensor<i64>) -> tensor<2xf64>
  return %y : tensor<2xf64>
}

func.func @update(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<6xf64> {
  %start = call @start(%i) : (tensor<2xi64>) -> tensor<i64>
  %first = atled.slice %x[0:2] : tensor<6xf64> -> tensor<2xf64>
  %y = atled.dynamic_update_slice %first into %x[%start]
      : (tensor<6xf64>, tensor<2xf64>, tensor<i64>) -> tensor<6xf64>
  return %y : tensor<6xf64>
}

func.func @part(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = tensor.extract %i[%c0] : tensor<2xi64>
  %n = tensor.extract %i[%c1] : tensor<2xi64>
  %offset = arith.index_cast %k : i64 to index
  %size = arith.index_cast %n : i64 to index
  %part = tensor.extract_slice %x[%offset] [%size] [1] : tensor<6xf64> to tensor<?xf64>
  %y = atled.reduce_sum %part dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %y : tensor<f64>
}

func.func @put(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<6xf64> {
  %c0 = arith.constant 0 : index
  %k = tensor.extract %i[%c0] : tensor<2xi64>
  %offset = arith.index_cast %k : i64 to index
  %first = atled.slice %x[0:2] : tensor<6xf64> -> tensor<2xf64>
  %y = tensor.insert_slice %first into %x[%offset] [2] [1] : tensor<2xf64> into tensor<6xf64>
  return %y : tensor<6xf64>
}

func.func @sum(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.extract %i[%c0] : tensor<2xi64>
  %s = tensor.extract %i[%c1] : tensor<2xi64>
  %end = arith.index_cast %n : i64 to index
  %step = arith.index_cast %s : i64 to index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %y = scf.for %k = %c0 to %end step %step iter_args(%sum = %zero) -> (tensor<f64>) {
    %element = tensor.extract_slice %x[%k] [1] [1] : tensor<6xf64> to tensor<f64>
    %square = atled.mul %element, %element : tensor<f64>
    %more = atled.add %sum, %square : tensor<f64>
    scf.yield %more : tensor<f64>
  } {ad.max_iterations = 8 : i64}
  return %y : tensor<f64>
}

func.func @positive(%x: tensor<6xf64> {atled.name = "x"}, %i: tensor<2xi64> {atled.name = "i"}) -> tensor<6xf64> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0 : i64
  %k = tensor.extract %i[%c0] : tensor<2xi64>
  %holds = arith.cmpi sgt, %k, %zero : i64
  cf.assert %holds, "i is positive"
  %y = atled.mul %x, %x : tensor<6xf64>
  return %y : tensor<6xf64>
}
