//===- Structure.hpp - Structures of tensors -------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a function takes and returns may be a tensor, or a structure of such: a
// tuple, a pair, an array, a vector, a map from strings, or a template of the
// user's own whose fields it names:
//
//   template <class T> struct Layer {
//     T weights, bias;
//     ATLED_FIELDS(weights, bias)
//   };
//
// A structure is a template in what stands at its leaves. With Spec it says the
// types of an argument, with Tensor it is what a function sees while it is
// traced, with Array what a call of it takes and returns. What the template
// stands for may be a structure itself: Pair<Layer<T>>.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_STRUCTURE_HPP
#define ATLED_FRONTEND_STRUCTURE_HPP

#include "atled/Frontend/Tensor.hpp"
#include <map>
#include <tuple>

/// Names the fields of a structure, all of them, in order.
#define ATLED_FIELDS(...)                                                      \
  template <class Visitor>                                                     \
  decltype(auto) visit_fields(Visitor &&visitor) {                             \
    return visitor(#__VA_ARGS__, __VA_ARGS__);                                 \
  }                                                                            \
  template <class Visitor>                                                     \
  decltype(auto) visit_fields(Visitor &&visitor) const {                       \
    return visitor(#__VA_ARGS__, __VA_ARGS__);                                 \
  }

namespace atled {
namespace detail {

template <class T>
struct dependent_false : std::false_type {};

template <class T>
constexpr bool is_leaf_v =
    std::is_same_v<T, Spec> || std::is_same_v<T, Tensor> ||
    std::is_same_v<T, Array>;

struct AnyVisitor {
  template <class... Fields>
  void operator()(const char *, Fields &...) const {}
};
template <class T, class = void>
struct has_fields : std::false_type {};
template <class T>
struct has_fields<
    T, std::void_t<decltype(std::declval<T &>().visit_fields(AnyVisitor()))>>
    : std::true_type {};

//===----------------------------------------------------------------------===//
// The fields that ATLED_FIELDS names
//===----------------------------------------------------------------------===//

struct FieldCounter {
  template <class... Fields>
  std::integral_constant<size_t, sizeof...(Fields)>
  operator()(const char *, Fields &...) const;
};
template <class T>
constexpr size_t count_fields =
    decltype(std::declval<T &>().visit_fields(FieldCounter()))::value;

/// What any field of an aggregate `T` can begin with.
template <class T>
struct AnyField {
  template <class U, class = std::enable_if_t<!std::is_base_of_v<U, T>>>
  operator U() const;
};
template <class T, class Fields, class = void>
struct takes_fields : std::false_type {};
template <class T, size_t... I>
struct takes_fields<
    T, std::index_sequence<I...>,
    std::void_t<decltype(T{(static_cast<void>(I), AnyField<T>())...})>>
    : std::true_type {};

/// Whether an aggregate has more fields than it names.
template <class T>
constexpr bool has_unnamed_field = std::conjunction_v<
    std::is_aggregate<T>,
    takes_fields<T, std::make_index_sequence<count_fields<T> + 1>>>;

//===----------------------------------------------------------------------===//
// The same structure with other leaves
//===----------------------------------------------------------------------===//

template <class T, class Leaf, class = void>
struct Rebind {
  static_assert(dependent_false<T>::value,
                "this is no tensor and no structure of tensors: that is a "
                "tuple, pair, array, vector, map from std::string, or a "
                "template with one type parameter and ATLED_FIELDS");
};
template <class T, class Leaf>
using rebind_t = typename Rebind<std::decay_t<T>, Leaf>::type;

template <class T, class Leaf>
struct Rebind<T, Leaf, std::enable_if_t<is_leaf_v<T>>> {
  using type = Leaf;
};
template <class... T, class Leaf>
struct Rebind<std::tuple<T...>, Leaf> {
  using type = std::tuple<rebind_t<T, Leaf>...>;
};
template <class A, class B, class Leaf>
struct Rebind<std::pair<A, B>, Leaf> {
  using type = std::pair<rebind_t<A, Leaf>, rebind_t<B, Leaf>>;
};
template <class T, size_t N, class Leaf>
struct Rebind<std::array<T, N>, Leaf> {
  using type = std::array<rebind_t<T, Leaf>, N>;
};
template <class T, class Leaf>
struct Rebind<std::vector<T>, Leaf> {
  using type = std::vector<rebind_t<T, Leaf>>;
};
template <class T, class Leaf>
struct Rebind<std::map<std::string, T>, Leaf> {
  using type = std::map<std::string, rebind_t<T, Leaf>>;
};
template <template <class> class Structure, class T, class Leaf>
struct Rebind<Structure<T>, Leaf,
              std::enable_if_t<has_fields<Structure<T>>::value>> {
  static_assert(!has_unnamed_field<Structure<T>>,
                "ATLED_FIELDS has to name every field of the structure, and "
                "this one has more than it names");
  using type = Structure<rebind_t<T, Leaf>>;
};

/// Whether `T` is a `Leaf`, or a structure of such.
template <class T, class Leaf, class = void>
struct is_structure_of : std::is_same<T, Leaf> {};
template <class... T, class Leaf>
struct is_structure_of<std::tuple<T...>, Leaf>
    : std::conjunction<is_structure_of<T, Leaf>...> {};
template <class A, class B, class Leaf>
struct is_structure_of<std::pair<A, B>, Leaf>
    : std::conjunction<is_structure_of<A, Leaf>, is_structure_of<B, Leaf>> {};
template <class T, size_t N, class Leaf>
struct is_structure_of<std::array<T, N>, Leaf> : is_structure_of<T, Leaf> {};
template <class T, class Leaf>
struct is_structure_of<std::vector<T>, Leaf> : is_structure_of<T, Leaf> {};
template <class T, class Leaf>
struct is_structure_of<std::map<std::string, T>, Leaf>
    : is_structure_of<T, Leaf> {};
template <template <class> class Structure, class T, class Leaf>
struct is_structure_of<Structure<T>, Leaf,
                       std::enable_if_t<has_fields<Structure<T>>::value>>
    : is_structure_of<T, Leaf> {};

template <class T>
struct is_pair : std::false_type {};
template <class A, class B>
struct is_pair<std::pair<A, B>> : std::true_type {};

template <class T>
constexpr bool is_tensors = is_structure_of<T, Tensor>::value;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The way to a leaf, as a name in C: `layers_0_weights`.
inline std::string join(const std::string &path, const std::string &step) {
  return path.empty() ? step : path + "_" + step;
}

/// The field with the number `index` in what ATLED_FIELDS was given.
inline std::string get_field_name(const char *names, size_t index) {
  std::string text(names);
  size_t begin = 0;
  for (; index > 0; --index)
    begin = text.find(',', begin) + 1;
  begin = text.find_first_not_of(" \t\n", begin);
  return text.substr(begin, text.find_first_of(", \t\n", begin) - begin);
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

// `transform<Leaf>(structure, path, function)` makes the structure whose leaves
// are what `function(path, leaf)` returns, in order. All else comes from it.

template <class Leaf, class T, class Function>
rebind_t<T, Leaf> transform(const T &structure, const std::string &path,
                            Function &function);

template <class Leaf, class... T, class Function, size_t... I>
rebind_t<std::tuple<T...>, Leaf>
transform_tuple(const std::tuple<T...> &structure, const std::string &path,
                Function &function, std::index_sequence<I...>) {
  // Braces, in which arguments are evaluated from left to right.
  return rebind_t<std::tuple<T...>, Leaf>{transform<Leaf>(
      std::get<I>(structure), join(path, std::to_string(I)), function)...};
}

template <class Leaf, class To, class From, class Function, size_t... I>
void transform_fields(const char *names, To to, From from,
                      const std::string &path, Function &function,
                      std::index_sequence<I...>) {
  ((std::get<I>(to) = transform<Leaf>(
        std::get<I>(from), join(path, get_field_name(names, I)), function)),
   ...);
}

template <class Leaf, class Function>
struct Transform {
  Function &function;

  template <class... T>
  auto operator()(const std::tuple<T...> &structure,
                  const std::string &path) const {
    return transform_tuple<Leaf>(structure, path, function,
                                 std::index_sequence_for<T...>());
  }
  template <class A, class B>
  auto operator()(const std::pair<A, B> &structure,
                  const std::string &path) const {
    return rebind_t<std::pair<A, B>, Leaf>{
        transform<Leaf>(structure.first, join(path, "0"), function),
        transform<Leaf>(structure.second, join(path, "1"), function)};
  }
  template <class T, size_t N>
  auto operator()(const std::array<T, N> &structure,
                  const std::string &path) const {
    rebind_t<std::array<T, N>, Leaf> result;
    for (size_t i = 0; i < N; ++i)
      result[i] = transform<Leaf>(structure[i], join(path, std::to_string(i)),
                                  function);
    return result;
  }
  template <class T>
  auto operator()(const std::vector<T> &structure,
                  const std::string &path) const {
    rebind_t<std::vector<T>, Leaf> result;
    for (size_t i = 0; i < structure.size(); ++i)
      result.push_back(transform<Leaf>(
          structure[i], join(path, std::to_string(i)), function));
    return result;
  }
  template <class T>
  auto operator()(const std::map<std::string, T> &structure,
                  const std::string &path) const {
    rebind_t<std::map<std::string, T>, Leaf> result;
    for (const auto &[key, value] : structure)
      result.emplace(key, transform<Leaf>(value, join(path, key), function));
    return result;
  }
  template <class T, class = std::enable_if_t<has_fields<T>::value>>
  auto operator()(const T &structure, const std::string &path) const {
    rebind_t<T, Leaf> result;
    structure.visit_fields([&](const char *names, const auto &...from) {
      result.visit_fields(
          [&, from = std::tie(from...)](const char *, auto &...to) {
            transform_fields<Leaf>(names, std::tie(to...), from, path, function,
                                   std::make_index_sequence<sizeof...(to)>());
          });
    });
    return result;
  }
};

template <class Leaf, class T, class Function>
rebind_t<T, Leaf> transform(const T &structure, const std::string &path,
                            Function &function) {
  if constexpr (is_leaf_v<T>)
    return function(path, structure);
  else
    return Transform<Leaf, Function>{function}(structure, path);
}

/// Calls `function(path, leaf)` on each leaf.
template <class T, class Function>
void for_each_leaf(const T &structure, const std::string &path,
                   Function &&function) {
  // The structure that comes with it costs little: of specs without shape.
  auto visit = [&](const std::string &way, const auto &leaf) {
    function(way, leaf);
    return Spec();
  };
  transform<Spec>(structure, path, visit);
}

/// The leaves of a structure, in order.
template <class Leaf, class T>
std::vector<Leaf> get_leaves(const T &structure) {
  std::vector<Leaf> leaves;
  for_each_leaf(structure, "", [&](const std::string &, const Leaf &leaf) {
    leaves.push_back(leaf);
  });
  return leaves;
}

template <class T>
size_t count_leaves(const T &structure) {
  size_t count = 0;
  for_each_leaf(structure, "",
                [&](const std::string &, const auto &) { ++count; });
  return count;
}

/// The handles of a structure of tensors, appended.
template <class T>
void append_handles(const T &structure, std::vector<atled_value> &handles) {
  for_each_leaf(structure, "", [&](const std::string &, const Tensor &tensor) {
    handles.push_back(tensor.handle());
  });
}

/// The structure of tensors whose handles come next.
template <class T>
rebind_t<T, Tensor> take_tensors(const T &structure, const atled_value *&next,
                                 Location location) {
  auto take = [&](const std::string &, const auto &) {
    return Tensor(*next++, location);
  };
  return transform<Tensor>(structure, "", take);
}

/// The ways to the leaves: equal where two structures are of one kind.
template <class T>
std::vector<std::string> get_paths(const T &structure) {
  std::vector<std::string> paths;
  for_each_leaf(structure, "", [&](const std::string &path, const auto &) {
    paths.push_back(path);
  });
  return paths;
}

inline std::string list_paths(const std::vector<std::string> &paths) {
  std::string text;
  for (const std::string &path : paths)
    text += (text.empty() ? "" : ", ") + path;
  return "(" + text + ")";
}

/// Both have the same leaves: by their order alone, those of maps with other
/// keys would take each other's places.
template <class T, class U>
void check_same(const T &expected, const U &found, const std::string &message,
                Location location) {
  if constexpr (is_leaf_v<T>)
    return;
  auto wanted = get_paths(expected), given = get_paths(found);
  if (wanted != given)
    fail(location,
         message + ": " + list_paths(wanted) + " and " + list_paths(given));
}

/// The types of a structure of tensors.
template <class T>
rebind_t<T, Spec> get_specs(const T &structure) {
  auto get = [](const std::string &, const auto &leaf) {
    return Spec(leaf.dtype(), leaf.shape());
  };
  return transform<Spec>(structure, "", get);
}

} // namespace detail
} // namespace atled

#endif // ATLED_FRONTEND_STRUCTURE_HPP
