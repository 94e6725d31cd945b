//===- Einsum.hpp - Sums of products by Einstein's notation ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   einsum("bij,bjk->bik", {x, y})
//
// Every dimension of an operand has a label. What one operand has twice becomes
// a diagonal, what only one operand has and the result does not is summed, and
// the operands are contracted from left to right.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_EINSUM_HPP
#define ATLED_FRONTEND_EINSUM_HPP

#include "atled/Frontend/Rearrange.hpp"
#include <map>

namespace atled {
namespace detail {

/// A letter, or, below 0, one of the dimensions that "..." stands for, counted
/// from the last.
using Labels = std::vector<int>;

inline bool contains(const Labels &labels, int label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}
inline int64_t find_label(const Labels &labels, int label) {
  return std::find(labels.begin(), labels.end(), label) - labels.begin();
}

/// A tensor, and a label for each of its dimensions.
struct LabelledTensor {
  Tensor tensor;
  Labels labels;
};

/// Computes one sum of products.
class Einsum {
public:
  /// An extent of 1 is repeated, but not along the dimension `unrepeated`.
  Einsum(std::string text, Location location, int unrepeated = 0)
      : spec(std::move(text)), place(location), unrepeated_label(unrepeated) {}

  Tensor run(const std::vector<Tensor> &operands);

private:
  [[noreturn]] void fail(const std::string &message) const {
    detail::fail(place, "einsum \"" + spec + "\" " + message);
  }
  std::string quote(int label) const {
    return label < 0 ? "\"...\"" : "'" + std::string(1, char(label)) + "'";
  }

  void parse(const std::vector<Tensor> &operands);
  Labels parse_labels(const std::string &text, int64_t ellipsis) const;
  void infer_result();
  void check_result() const;
  void unify_extents();
  LabelledTensor with_extents(LabelledTensor x,
                              const std::map<int, int64_t> &extents) const;
  Tensor take_diagonal(const Tensor &x) const;
  Tensor gather_diagonal(const Tensor &x) const;
  bool is_needed(int label, size_t from) const;
  LabelledTensor without_repetition(LabelledTensor x, int label) const;
  LabelledTensor take_diagonals(LabelledTensor x) const;
  LabelledTensor sum_lone(LabelledTensor x, size_t index) const;
  LabelledTensor contract_next(const LabelledTensor &x, size_t index) const;

  std::string spec;
  Location place;
  int unrepeated_label;
  std::vector<LabelledTensor> terms;
  Labels result;
  /// How many dimensions "..." stands for.
  int64_t ellipsis_rank = 0;
};

//===----------------------------------------------------------------------===//
// What the text says
//===----------------------------------------------------------------------===//

/// The labels that `text` has, with `ellipsis` of them for "...".
inline Labels Einsum::parse_labels(const std::string &text,
                                   int64_t ellipsis) const {
  size_t first = text.find("...");
  if (first != std::string::npos && text.find("...", first + 3) != text.npos)
    fail("has \"...\" twice");
  Labels labels;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "...") == 0) {
      for (auto label = static_cast<int>(-ellipsis); label < 0; ++label)
        labels.push_back(label);
      i += 2;
    } else if ((text[i] >= 'a' && text[i] <= 'z') ||
               (text[i] >= 'A' && text[i] <= 'Z')) {
      labels.push_back(text[i]);
    } else {
      fail("has '" + std::string(1, text[i]) +
           "' where a letter, \"...\", ',' or \"->\" may stand");
    }
  }
  return labels;
}

inline void Einsum::parse(const std::vector<Tensor> &operands) {
  std::string text = spec;
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  size_t arrow = text.find("->");
  std::vector<std::string> parts(1);
  for (char c : text.substr(0, arrow)) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back().push_back(c);
  }
  if (parts.size() != operands.size())
    fail("is for " + std::to_string(parts.size()) + " operands, and " +
         std::to_string(operands.size()) + " are given");
  for (size_t i = 0; i < parts.size(); ++i) {
    auto named = static_cast<int64_t>(parse_labels(parts[i], 0).size());
    int64_t rank = operands[i].rank();
    bool has_ellipsis = parts[i].find("...") != std::string::npos;
    if (has_ellipsis ? named > rank : named != rank)
      fail("names " + std::to_string(named) + " dimensions of operand " +
           std::to_string(i) + ", which is a tensor of " +
           operands[i].to_string());
    terms.push_back({operands[i], parse_labels(parts[i], rank - named)});
    ellipsis_rank = std::max(ellipsis_rank, rank - named);
  }
  if (arrow == std::string::npos)
    return infer_result();
  result = parse_labels(text.substr(arrow + 2), ellipsis_rank);
  check_result();
}

/// Without an arrow: what "..." stands for, then the letters that occur once,
/// in the order of the alphabet.
inline void Einsum::infer_result() {
  std::map<int, int> counts;
  for (const LabelledTensor &term : terms)
    for (int label : term.labels)
      ++counts[label];
  for (auto [label, count] : counts)
    if (label < 0 || count == 1)
      result.push_back(label);
}

inline void Einsum::check_result() const {
  for (size_t i = 0; i < result.size(); ++i) {
    if (find_label(result, result[i]) != static_cast<int64_t>(i))
      fail("has " + quote(result[i]) + " twice in the result");
    bool is_somewhere = result[i] < 0;
    for (const LabelledTensor &term : terms)
      is_somewhere |= contains(term.labels, result[i]);
    if (!is_somewhere)
      fail("has " + quote(result[i]) + " in the result, and no operand has it");
  }
  if (ellipsis_rank > 0 && !contains(result, -1))
    fail("has \"...\" in an operand, and not in the result");
}

//===----------------------------------------------------------------------===//
// What is done to one operand
//===----------------------------------------------------------------------===//

/// Drops dimensions of extent 1 that are longer elsewhere: what is repeated
/// along them is the same in every product. What is known of one of several
/// extents each call checks of the others, where they are paired; those of a
/// diagonal are here.
inline void Einsum::unify_extents() {
  std::map<int, int64_t> extents;
  for (const LabelledTensor &term : terms) {
    Shape shape = term.tensor.shape();
    for (size_t i = 0; i < shape.size(); ++i) {
      int64_t &common = extents.emplace(term.labels[i], 1).first->second;
      int64_t own = shape[i];
      bool may_be_equal = own == common || own == dynamic || common == dynamic;
      if (!may_be_equal && own != 1 && common != 1)
        fail("gives " + quote(term.labels[i]) + " the extents " +
             std::to_string(common) + " and " + std::to_string(own));
      if (own != 1 && (common == 1 || common == dynamic))
        common = own;
    }
  }
  for (LabelledTensor &term : terms)
    term = with_extents(std::move(term), extents);
}

inline LabelledTensor
Einsum::with_extents(LabelledTensor x,
                     const std::map<int, int64_t> &extents) const {
  Shape shape = x.tensor.shape(), known;
  std::vector<Operand> sizes;
  Labels kept;
  for (size_t i = 0; i < shape.size(); ++i) {
    int label = x.labels[i];
    int64_t wanted = extents.at(label);
    if (shape[i] == 1 && wanted != 1 && label != unrepeated_label)
      continue;
    bool is_diagonal = std::count(x.labels.begin(), x.labels.end(), label) > 1;
    kept.push_back(label);
    known.push_back(is_diagonal ? wanted : shape[i]);
    if (known.back() == dynamic)
      sizes.emplace_back(
          extent(x.tensor, static_cast<int64_t>(i), DType::int64, place),
          place);
  }
  if (known == shape)
    return x;
  return {reshape(x.tensor, known, sizes, place), kept};
}

/// The elements with two equal indices in the last dimensions: with both made
/// one, every (extent + 1)-th.
inline Tensor Einsum::take_diagonal(const Tensor &x) const {
  Shape shape = x.shape();
  int64_t length = shape.back(), last = x.rank() - 2;
  if (length == dynamic)
    return gather_diagonal(x);
  shape.pop_back();
  shape.back() = length * length;
  Tensor flat = reshape(x, shape, dynamic_extents(x, place), place);
  return slice_along(flat, last, 0, length * length, length + 1, place);
}

/// The same where the extent, and so the distance, is known to a call alone.
inline Tensor Einsum::gather_diagonal(const Tensor &x) const {
  int64_t last = x.rank() - 2;
  Tensor places =
      iota(0, Spec(DType::int64, {dynamic, 2}),
           {Operand(extent(x, last, DType::int64, place), place)}, place);
  Shape sizes = x.shape();
  sizes[last] = sizes[last + 1] = 1;
  std::vector<int64_t> others(last), both{last, last + 1};
  std::iota(others.begin(), others.end(), int64_t(0));
  return gather(x, places, sizes, others, both, both, /*vector_dimension=*/1,
                /*sizes=*/{}, std::nullopt, std::nullopt, OutOfRange::assume,
                place);
}

/// Of two dimensions with one label the diagonal.
inline LabelledTensor Einsum::without_repetition(LabelledTensor x,
                                                 int label) const {
  std::vector<int64_t> permutation, both;
  Labels labels;
  for (size_t i = 0; i < x.labels.size(); ++i) {
    bool is_one = x.labels[i] == label && both.size() < 2;
    (is_one ? both : permutation).push_back(static_cast<int64_t>(i));
    if (!is_one)
      labels.push_back(x.labels[i]);
  }
  permutation.insert(permutation.end(), both.begin(), both.end());
  labels.push_back(label);
  return {take_diagonal(transpose(x.tensor, permutation, place)), labels};
}

inline LabelledTensor Einsum::take_diagonals(LabelledTensor x) const {
  for (size_t i = 0; i < x.labels.size();) {
    int label = x.labels[i];
    bool is_repeated = std::count(x.labels.begin(), x.labels.end(), label) > 1;
    if (!is_repeated) {
      ++i;
      continue;
    }
    x = without_repetition(std::move(x), label);
    i = 0;
  }
  return x;
}

/// Whether the result, or an operand from that number on, has the label.
inline bool Einsum::is_needed(int label, size_t from) const {
  if (contains(result, label))
    return true;
  for (size_t i = from; i < terms.size(); ++i)
    if (contains(terms[i].labels, label))
      return true;
  return false;
}

/// Sums what only this operand has.
inline LabelledTensor Einsum::sum_lone(LabelledTensor x, size_t index) const {
  std::vector<int64_t> summed;
  Labels kept;
  for (size_t i = 0; i < x.labels.size(); ++i) {
    bool is_elsewhere = contains(result, x.labels[i]);
    for (size_t other = 0; other < terms.size(); ++other)
      is_elsewhere |=
          other != index && contains(terms[other].labels, x.labels[i]);
    if (is_elsewhere)
      kept.push_back(x.labels[i]);
    else
      summed.push_back(static_cast<int64_t>(i));
  }
  return summed.empty() ? x
                        : LabelledTensor{sum(x.tensor, summed, place), kept};
}

//===----------------------------------------------------------------------===//
// The products
//===----------------------------------------------------------------------===//

/// The product of what has been computed and an operand, summed over what
/// neither the result nor a later operand needs.
inline LabelledTensor Einsum::contract_next(const LabelledTensor &x,
                                            size_t index) const {
  const LabelledTensor &y = terms[index];
  std::vector<int64_t> batch[2], contracting[2];
  Labels labels, rest;
  for (size_t i = 0; i < x.labels.size(); ++i) {
    int label = x.labels[i];
    if (!contains(y.labels, label)) {
      rest.push_back(label);
      continue;
    }
    bool is_kept = is_needed(label, index + 1);
    auto &pair = is_kept ? batch : contracting;
    pair[0].push_back(static_cast<int64_t>(i));
    pair[1].push_back(find_label(y.labels, label));
    if (is_kept)
      labels.push_back(label);
  }
  labels.insert(labels.end(), rest.begin(), rest.end());
  for (int label : y.labels)
    if (!contains(x.labels, label))
      labels.push_back(label);
  return {contract(x.tensor, y.tensor, batch[0], batch[1], contracting[0],
                   contracting[1], place),
          labels};
}

inline Tensor Einsum::run(const std::vector<Tensor> &operands) {
  parse(operands);
  unify_extents();
  for (LabelledTensor &term : terms)
    term = take_diagonals(std::move(term));
  for (size_t i = 0; i < terms.size(); ++i)
    terms[i] = sum_lone(std::move(terms[i]), i);
  LabelledTensor product = terms.front();
  for (size_t i = 1; i < terms.size(); ++i)
    product = contract_next(product, i);
  if (product.labels == result)
    return product.tensor;
  std::vector<int64_t> permutation;
  for (int label : result)
    permutation.push_back(find_label(product.labels, label));
  return transpose(product.tensor, permutation, place);
}
} // namespace detail

/// Sums of products of elements, as NumPy's einsum: a letter for each
/// dimension,
/// "..." for any others, which are repeated to one shape, and behind "->" what
/// the result has; without that, the letters that occur once.
inline Tensor einsum(const std::string &spec,
                     const std::vector<Tensor> &operands,
                     Location location = Location::here()) {
  return detail::Einsum(spec, location).run(operands);
}

} // namespace atled

#endif // ATLED_FRONTEND_EINSUM_HPP
