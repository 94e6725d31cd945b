"""Operations for random graphs, from the cases that operations.py has for each: none is forgotten, and a new one is
tried as soon as it has an entry there.

What a case takes is a value of the graph of the same type, or the case's own operand times a number near 1 that depends
on the graph.
"""

import functools
import re

import torch

import operations
import tensors
from graphs import Node, literal, type_of

MOST_ELEMENTS, LARGEST = 64, 100


@functools.cache
def cases_of(name):
    """Those that are small and of static shape; numbers are f64 of moderate size, or integers."""
    return [case for case in operations.OPERATIONS[name](tensors.Random(5))
            if case.is_static() and all(map(is_moderate, case.operands)) and case.result not in ("f16", "bf16", "f32")]


def is_moderate(x):
    if x.numel() > MOST_ELEMENTS:
        return False
    return not tensors.is_float(x) or x.dtype == torch.float64 and bool((x.abs() < LARGEST).all())


class Deck:
    """All operations in random order, again and again."""

    def __init__(self, random):
        self.random, self.cards = random, []

    def next(self):
        if not self.cards:
            names = sorted(operations.OPERATIONS)
            order = torch.randperm(len(names), generator=self.random.generator).tolist()
            self.cards = [names[i] for i in order]
        return self.cards.pop()


def nodes_of(maker, name):
    """The operation on values of the graph, and what comes before and after it; None if it has no case to be had."""
    cases = cases_of(name)
    if not cases:
        return None
    case, nodes, places = maker.choose(cases), [], []
    for operand in case.operands:
        place = find_alike(maker, operand) if maker.below(2) else None
        if place is None or not case.derivative:
            nodes.append(near(maker, operand) if case.derivative and tensors.is_float(operand) else known(operand))
            place = len(maker.values) + len(nodes) - 1
        places.append(place)
    text, before = (re.sub(r"%x(\d+)", r"%\1", part) for part in (case.text, case.before))
    nodes.append(Node(text, places, typed(case), results=case.results, before=before))
    result = nodes[-1].compute(*case.operands)
    if not tensors.is_float(result):
        place = len(maker.values) + len(nodes) - 1
        nodes.append(Node("atled.convert %0 : {0} to {result}", [place], lambda x: x.double()))
    return nodes


def typed(case):
    """The reference, whose result may be of a wider type than the operation's."""
    dtype = tensors.FORMATS[case.result] if case.result else case.operands[0].dtype
    return lambda *xs: case.reference(*xs).to(dtype)


def find_alike(maker, operand):
    places = [i for i, value in enumerate(maker.values)
              if value.shape == operand.shape and value.dtype == operand.dtype]
    return maker.choose(places) if places else None


def known(operand):
    return Node(f"atled.constant {literal(operand)} : {{result}}", [], lambda: operand)


def near(maker, operand):
    """The operand times 1 + tanh(sum of a value) / 10."""
    place = maker.pick()
    value, type = maker.values[place], type_of(operand)
    name = f"{{name}}_near_{maker.below(2 ** 40)}"
    helper = (f"func.func private @{name}(%v: {type_of(value)}) -> {type} {{{{\n"
              f"  %s = atled.reduce_sum %v dimensions = {list(range(value.dim()))} : {type_of(value)} -> tensor<f64>\n"
              "  %t = atled.tanh %s : tensor<f64>\n  %tenth = atled.constant dense<0.1> : tensor<f64>\n"
              "  %one = atled.constant dense<1.0> : tensor<f64>\n"
              "  %f = atled.fma %t, %tenth, %one : tensor<f64>\n"
              f"  %b = atled.broadcast %f dimensions = [] : tensor<f64> -> {type}\n"
              f"  %x = atled.constant {literal(operand)} : {type}\n"
              f"  %r = atled.mul %x, %b : {type}\n  return %r : {type}\n}}}}\n")
    return Node(f"call @{name}(%0) : ({{0}}) -> {{result}}", [place],
                lambda v: operand * (1 + 0.1 * torch.tanh(v.sum())), helper)
