//===- dynamic-operations.cpp - Operations on extents that calls say ------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// What is traced once for any number of rows is what loops of C++ compute, for
// each number, and so is its derivative.
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc && %t.gcc | FileCheck %s %}

#include "expect.hpp"
#include <functional>

using namespace atled;

using Matrix = std::vector<std::vector<double>>;

static Matrix make_rows(int64_t rows) {
  Matrix x(rows, std::vector<double>(4));
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < 4; ++j)
      x[i][j] = std::sin(1.3 * i + 0.7 * j) + 0.1;
  return x;
}

static Array make_array(const Matrix &x) {
  Array array(DType::float64, {static_cast<int64_t>(x.size()), 4});
  for (size_t i = 0; i < x.size(); ++i)
    std::copy(x[i].begin(), x[i].end(), array.data<double>() + 4 * i);
  return array;
}

using Expected = std::function<std::vector<double>(const Matrix &)>;

/// `body` of a tensor of ?x4 is what `expected` says, and its derivative what
/// central differences of `expected` say.
template <class Body>
static void check(Body body, const Expected &expected,
                  int line = __builtin_LINE()) {
  auto traced = function("traced", body, spec<double>(dynamic, 4));
  auto weighed = function(
      "weighed",
      [&](Tensor x) {
        Tensor y = body(x);
        return sum(y * y);
      },
      spec<double>(dynamic, 4));
  auto gradient = grad(weighed);
  for (int64_t rows : {3, 1, 5}) {
    Matrix x = make_rows(rows);
    expect(is_close(traced(make_array(x)), expected(x)), "the value", line);
    Array found = gradient(make_array(x));
    auto total = [&](int64_t i, int64_t j, double by) {
      Matrix moved = x;
      moved[i][j] += by;
      double sum = 0;
      for (double element : expected(moved))
        sum += element * element;
      return sum;
    };
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < 4; ++j) {
        double h = 1e-5, slope = (total(i, j, h) - total(i, j, -h)) / (2 * h);
        expect(is_close(found.at<double>({i, j}), slope, 1e-7),
               "the derivative", line);
      }
  }
}

static void check_parts() {
  check([](Tensor x) { return x[0]; }, [](const Matrix &x) { return x[0]; });
  check([](Tensor x) { return x[-1]; }, [](const Matrix &x) { return x.back(); });
  check([](Tensor x) { return x[extent(x, 0) - 1]; }, [](const Matrix &x) { return x.back(); });
  check([](Tensor x) { return slice(x, {0, 1}, {dynamic, 3}, {2, 1}); },
        [](const Matrix &x) {
          std::vector<double> part;
          for (size_t i = 0; i < x.size(); i += 2)
            part.insert(part.end(), {x[i][1], x[i][2]});
          return part;
        });
  check([](Tensor x) { return split(x, {1, 3}, 1)[1]; },
        [](const Matrix &x) {
          std::vector<double> part;
          for (const auto &row : x)
            part.insert(part.end(), row.begin() + 1, row.end());
          return part;
        });
  check([](Tensor x) { return take(x, argsort(sum(x, {1}))); },
        [](Matrix x) {
          auto total = [](const std::vector<double> &row) { return row[0] + row[1] + row[2] + row[3]; };
          std::sort(x.begin(), x.end(), [&](auto &a, auto &b) { return total(a) < total(b); });
          std::vector<double> all;
          for (const auto &row : x)
            all.insert(all.end(), row.begin(), row.end());
          return all;
        });
  check([](Tensor x) { return take_along_dimension(x, argsort(x, 0), 0) - sort(x, 0); },
        [](const Matrix &x) { return std::vector<double>(4 * x.size()); });
  check([](Tensor x) { return tile(x, {2, 1}); },
        [](const Matrix &x) {
          std::vector<double> twice;
          for (int i = 0; i < 2; ++i)
            for (const auto &row : x)
              twice.insert(twice.end(), row.begin(), row.end());
          return twice;
        });
}

/// Extents that are computed of others.
static void check_computed() {
  auto all = spec<double>(dynamic, dynamic);
  auto tiled = function("tiled", [](Tensor x) { return tile(x, {1, 2}); }, all);
  Array twice = tiled(Array{{1., 2., 3.}, {4., 5., 6.}});
  EXPECT(twice.shape() == Shape({2, 6}) && is_close(twice, {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}));
  auto counted = function("counted", [](Tensor x) {
    Tensor n = extent(x, 0), m = extent(x, 1);
    return iota(0, spec<double>(dynamic), {(n + 1) * m - 2});
  }, all);
  EXPECT(is_close(counted(Array::ones<double>({2, 3})), {0, 1, 2, 3, 4, 5, 6}));
  // What is computed of itself again and again is computed once.
  auto shared = function("shared", [](Tensor x) {
    Tensor n = extent(x, 0);
    for (int i = 0; i < 60; ++i)
      n = n + n - n;
    return iota(0, spec<double>(dynamic), {n});
  }, spec<double>(dynamic));
  EXPECT(is_close(shared({5., 6.}), {0, 1}));
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'counted' do not fit together: a size that follows from them is -2
  expect_error([&] { counted(Array::ones<double>({2, 0})); });
}

static void check_sums() {
  check([](Tensor x) { return sum(x, {0}) / extent(x, 0, DType::float64); },
        [](const Matrix &x) {
          std::vector<double> mean(4);
          for (const auto &row : x)
            for (int j = 0; j < 4; ++j)
              mean[j] += row[j] / x.size();
          return mean;
        });
  check([](Tensor x) { return einsum("ij,ik->jk", {x, exp(x)}); },
        [](const Matrix &x) {
          std::vector<double> all(16);
          for (const auto &row : x)
            for (int j = 0; j < 4; ++j)
              for (int k = 0; k < 4; ++k)
                all[4 * j + k] += row[j] * std::exp(row[k]);
          return all;
        });
  // The diagonal of ?x?.
  check([](Tensor x) { return einsum("ii->i", {einsum("ij,kj->ik", {x, x})}); },
        [](const Matrix &x) {
          std::vector<double> all(x.size());
          for (size_t i = 0; i < x.size(); ++i)
            for (double element : x[i])
              all[i] += element * element;
          return all;
        });
  check([](Tensor x) { return einsum("...j,j->...", {x, constant(Array{1., 2., 3., 4.})}); },
        [](const Matrix &x) {
          std::vector<double> all;
          for (const auto &row : x)
            all.push_back(row[0] + 2 * row[1] + 3 * row[2] + 4 * row[3]);
          return all;
        });
}

static void check_scan() {
  check(
      [](Tensor x) {
        auto step = [](Tensor s, std::array<Tensor, 2> parts) {
          Tensor next = s * parts[0] + parts[1];
          return std::pair(next, next * next);
        };
        return scan(step, constant(Array{1., 1., 1., 1.}), std::array{x, cos(x)}).second;
      },
      [](const Matrix &x) {
        std::vector<double> state(4, 1), all;
        for (const auto &row : x)
          for (int j = 0; j < 4; ++j) {
            state[j] = state[j] * row[j] + std::cos(row[j]);
            all.push_back(state[j] * state[j]);
          }
        return all;
      });
  // Outputs of a size that scan does not know, in a tensor that a loop carries.
  check([](Tensor x) {
          Tensor none = broadcast_to(constant(Array(0.)), {3, dynamic, 4}, {extent(x, 0)});
          auto put = [](Tensor i, const std::pair<Tensor, Tensor> &carried) {
            Tensor next = sin(carried.first);
            Tensor row = reshape(next, {1, dynamic, 4}, {extent(next, 0)});
            return std::pair(next, dynamic_update_slice(carried.second, row, {i, 0, 0}));
          };
          auto [last, all] = for_loop(0, 3, std::pair(x, none), put);
          return sum(all, {0}) + all[1] * last;
        },
        [](const Matrix &x) {
          std::vector<double> sums;
          for (const auto &row : x)
            for (double element : row) {
              double a = std::sin(element), b = std::sin(a), c = std::sin(b);
              sums.push_back(a + b + c + b * c);
            }
          return sums;
        });
}

static void check_lists() {
  auto concatenated = [](const Matrix &x) {
    std::vector<double> all;
    for (const auto &row : x)
      all.insert(all.end(), row.begin(), row.end());
    return all;
  };
  check([](Tensor x) { return concatenate(split(x, 4, 1), 1); }, concatenated);
  check([](Tensor x) {
          auto parts = split(x, 2, 1);
          return concatenate({parts[0], parts[1]}, 1);
        }, concatenated);
  check([](Tensor x) { return concatenate(std::array{split(x, 1, 1)[0]}, 1); }, concatenated);
}

/// For each number of rows the numbers of a tensor that is as large.
static void check_random() {
  auto draw = function(
      "draw",
      [](Tensor key, Tensor x) {
        Spec like(x.dtype(), x.shape());
        return std::tuple(
            random_bits(key, spec<uint32_t>(dynamic), {extent(x, 0)}),
            uniform(key, like, 1, 2, dynamic_extents(x)),
            normal(key, like, 0, 1, dynamic_extents(x)),
            select(bernoulli(key, x.shape(), 0.5, dynamic_extents(x)), x, 0),
            iota(0, spec<int32_t>(dynamic), {extent(x, 0)}));
      },
      key_spec(), spec<float>(dynamic, 4));
  Array key = random_key(7).array();
  for (int64_t rows : {5, 2}) {
    Array x = Array::ones<float>({rows, 4});
    auto found = draw(key, x);
    auto known = function(
        "known",
        [&](Tensor same) {
          return std::tuple(
              random_bits(same, spec<uint32_t>(rows)),
              uniform(same, spec<float>(rows, 4), 1, 2),
              normal(same, spec<float>(rows, 4), 0, 1),
              convert(bernoulli(same, {rows, 4}, 0.5), DType::float32),
              iota(0, spec<int32_t>(rows)));
        },
        key_spec())(key);
    auto is_same = [](const Array &a, const Array &b) {
      return a.shape() == b.shape() && std::memcmp(a.raw(), b.raw(), a.size() * size_of(a.dtype())) == 0;
    };
    EXPECT(is_same(std::get<0>(found), std::get<0>(known)));
    EXPECT(is_same(std::get<1>(found), std::get<1>(known)));
    EXPECT(is_same(std::get<2>(found), std::get<2>(known)));
    EXPECT(is_same(std::get<3>(found), std::get<3>(known)));
    EXPECT(is_same(std::get<4>(found), std::get<4>(known)));
  }
  // Where nothing is traced all extents are known.
  Tensor x = constant(Array::ones<float>({3, 4}));
  EXPECT(random_uniform(random_key(1), Spec(x.dtype(), x.shape()), dynamic_extents(x)).size(0) == 3);
  EXPECT(iota(0, spec<int32_t>(dynamic, 2), {extent(x, 0)}).shape() == Shape({3, 2}));
  EXPECT(extent(x, -1).item<int64_t>() == 4);
}

int main() {
  std::cout << std::unitbuf;
  check_parts();
  check_computed();
  check_sums();
  check_scan();
  check_lists();
  check_random();

  // What only a call tells.

  auto rows = [](auto body) { return function("f", body, spec<double>(dynamic, 4)); };
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'f' do not fit together: dimension 0 of 'in0' is 3
  expect_error([&] { rows([](Tensor x) { return x[3]; })(Array::ones<double>({3, 4})); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'f' do not fit together: dimension 0 of 'in0' is 0
  expect_error([&] { rows([](Tensor x) { return x[-1]; })(Array::ones<double>({0, 4})); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'f' do not fit together: dimension 0 of 'in0' is 3
  expect_error([&] { rows([](Tensor x) { return einsum("ij,i->j", {x, constant(Array{1., 2.})}); })(Array::ones<double>({3, 4})); });
  auto both = function("both", [](Tensor x, Tensor y) {
    return scan([](Tensor s, auto parts) { return std::pair(s + parts[0], s * parts[1]); },
                constant(Array(0.)), std::array{x, y}).second;
  }, spec<double>(dynamic), spec<double>(dynamic));
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'both' do not fit together: dimension 0 of 'in0' is 3, and dimension 0 of 'in1' is 2
  expect_error([&] { both({1., 2., 3.}, {1., 2.}); });

  // What cannot be said.

  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: split makes a number of parts that the call does not change, and dimension 0 of a tensor of ?x4xf64 is dynamic; take parts of it by slice, whose limit may be `dynamic`: the end
  expect_error([&] { rows([](Tensor x) { return split(x, 2)[0]; }); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: 'atled.random_uniform' is to give a tensor of ?x4xf32, and is told 0 of its 1 dynamic extents; atled::extent(x, 0) is one of a tensor, and atled::dynamic_extents(x) are all
  expect_error([&] { rows([](Tensor) { return random_uniform(random_key(1), spec<float>(dynamic, 4)); }); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: an extent takes one integer, and a 'tensor<?x4xf64>' is given
  expect_error([&] { rows([](Tensor x) { return iota(0, spec<int>(dynamic), {x}); }); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: 'atled.iota' is told 1 extents, and the type of its result has fewer that are dynamic
  expect_error([&] { iota(0, spec<int>(3), {4}); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: dimension 0 of a tensor of ?x4xf64 is dynamic: its size is known only when the function is called; atled::extent(x, 0) is a tensor with it
  expect_error([&] { rows([](Tensor x) { return squeeze(x, {0}); }); });
  // CHECK: dynamic-operations.cpp:[[#@LINE + 1]]: error: an output of a scan is a tensor of ?x4xf64, and none knows how large all of them are together; return what has a known shape, or let for_loop carry a tensor for all, and dynamic_update_slice put them in
  expect_error([&] { rows([](Tensor x) { return scan([](Tensor s, Tensor) { return std::pair(s, s); }, x, x).second; }); });
  // CHECK: error: scan runs over several tensors, and cannot compare the length of one of ?x?xf64 with that of another; only the first dimension may be dynamic in it
  expect_error([&] { function("f", [](Tensor x, Tensor y) {
    return scan([](Tensor s, auto parts) { return std::pair(s, parts[0]); }, constant(Array(0.)), std::array{x, y}).second;
  }, spec<double>(dynamic), spec<double>(dynamic, dynamic)); });
  return 0;
}
