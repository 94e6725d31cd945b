//===- einsum.cpp - Sums of products, and their derivatives ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Against the definition: the sum, over all values of all labels, of the
// products of the elements that they name. A sum of products is linear in each
// operand, so what travels back is such a sum again, with the result's seed in
// the operand's place.
//
// RUN: %build_cpp
// RUN: %t

#include "expect.hpp"

using namespace atled;

/// A letter for each dimension of an operand or of the result, without "...".
using Letters = std::string;

static std::map<char, int64_t> get_extents(const std::vector<Letters> &names,
                                           const std::vector<Array> &arrays) {
  std::map<char, int64_t> extents;
  for (size_t i = 0; i < names.size(); ++i)
    for (size_t d = 0; d < names[i].size(); ++d) {
      int64_t &extent = extents.emplace(names[i][d], 1).first->second;
      if (arrays[i].shape()[d] != 1)
        extent = arrays[i].shape()[d];
    }
  return extents;
}

static int64_t get_place(const Letters &names, const Shape &shape,
                         std::map<char, int64_t> &index) {
  int64_t place = 0;
  for (size_t d = 0; d < names.size(); ++d)
    place = place * shape[d] + (shape[d] == 1 ? 0 : index[names[d]]);
  return place;
}

/// Adds, for all indices, the product of the elements of all arrays but number
/// `target` to the element of `target`.
static std::vector<double> multiply(const std::vector<Letters> &names,
                                    const std::vector<Array> &arrays,
                                    size_t target) {
  std::map<char, int64_t> extents = get_extents(names, arrays), index;
  std::vector<double> result(arrays[target].size(), 0.0);
  int64_t count = 1;
  for (auto [letter, extent] : extents)
    count *= extent;
  for (int64_t number = 0; number < count; ++number) {
    int64_t rest = number;
    for (auto [letter, extent] : extents) {
      index[letter] = rest % extent;
      rest /= extent;
    }
    double product = 1;
    for (size_t i = 0; i < names.size(); ++i)
      if (i != target)
        product *=
            arrays[i]
                .data<double>()[get_place(names[i], arrays[i].shape(), index)];
    result[get_place(names[target], arrays[target].shape(), index)] += product;
  }
  return result;
}

static Array make_array(const Shape &shape, int seed) {
  Array result = Array::zeros<double>(shape);
  for (int64_t i = 0; i < result.size(); ++i)
    result.data<double>()[i] = std::sin(1.0 + 3 * i + 7 * seed);
  return result;
}

/// `spec` of operands of these shapes; `names` says the same with letters for
/// "...", and at the end those of the result.
static void check(const std::string &spec, const std::vector<Shape> &shapes,
                  std::vector<Letters> names, int line = __builtin_LINE()) {
  std::vector<Spec> specs;
  std::vector<Array> arrays;
  for (const Shape &shape : shapes) {
    specs.emplace_back(DType::float64, shape);
    arrays.push_back(make_array(shape, static_cast<int>(arrays.size())));
  }
  auto f = function(
      "f", [&](std::vector<Tensor> xs) { return einsum(spec, xs); }, specs);
  Array value = f(arrays);
  Array seed = make_array(value.shape(), 9);
  auto [result, cotangents] = vjp(f)(arrays, seed);
  std::vector<Array> all = arrays;
  all.push_back(seed);
  std::string text = "einsum " + spec;
  expect(is_close(result, multiply(names, all, shapes.size())), text.c_str(),
         line);
  for (size_t i = 0; i < shapes.size(); ++i)
    expect(is_close(cotangents[i], multiply(names, all, i)), text.c_str(),
           line);
}

int main() {
  check("bij,bjk->bik", {{2, 3, 4}, {2, 4, 5}}, {"bij", "bjk", "bik"});
  check("ij,jk", {{3, 4}, {4, 5}}, {"ij", "jk", "ik"});
  check("ji", {{3, 4}}, {"ji", "ij"});
  check("i,j->ji", {{3}, {4}}, {"i", "j", "ji"});
  check("i,i->", {{3}, {3}}, {"i", "i", ""});
  check("i,i,i->i", {{3}, {3}, {3}}, {"i", "i", "i", "i"});
  check("ij,jk,kl->li", {{2, 3}, {3, 4}, {4, 5}}, {"ij", "jk", "kl", "li"});
  check("Ab,bA", {{2, 3}, {3, 2}}, {"Ab", "bA", ""});
  // What is in the first and in the third operand is kept until then.
  check("ai,bi,a->b", {{2, 3}, {4, 3}, {2}}, {"ai", "bi", "a", "b"});
  // Diagonals, and the trace.
  check("ii->i", {{4, 4}}, {"ii", "i"});
  check("ii", {{4, 4}}, {"ii", ""});
  check("ibi->bi", {{3, 2, 3}}, {"ibi", "bi"});
  check("iii->i", {{3, 3, 3}}, {"iii", "i"});
  check("ijij,j->i", {{2, 3, 2, 3}, {3}}, {"ijij", "j", "i"});
  // Letters of one operand that the result does not have.
  check("ij->", {{3, 4}}, {"ij", ""});
  check("ijk,jl->k", {{2, 3, 4}, {3, 5}}, {"ijk", "jl", "k"});
  // Dimensions that are not named, and spaces.
  check("...ij, ...jk -> ...ik", {{2, 3, 4}, {2, 4, 5}}, {"bij", "bjk", "bik"});
  check("...ij,jk", {{2, 6, 3, 4}, {4, 5}}, {"abij", "jk", "abik"});
  check("i...,...->...i", {{3, 2, 4}, {4}}, {"iab", "b", "abi"});
  check("...", {{2, 3}}, {"ab", "ab"});
  // Extents of 1 are repeated.
  check("...i,...i->...", {{1, 3, 4}, {2, 1, 4}}, {"abi", "abi", "ab"});
  check("ij,ij->ij", {{3, 1}, {3, 4}}, {"ij", "ij", "ij"});
  check("ij,ij->i", {{3, 1}, {3, 4}}, {"ij", "ij", "i"});
  // Nothing to add up.
  check("ij,jk->ik", {{2, 0}, {0, 3}}, {"ij", "jk", "ik"});
}
