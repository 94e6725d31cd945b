"""Straight-line programs as graphs of operations, which PyTorch computes too, and from which operations can be cut."""

import dataclasses
import re
import typing

import torch

import tensors


@dataclasses.dataclass
class Node:
    """An operation: its text, in which %0, %1 are operands and {0}, {1}, {result} types; and the same in PyTorch."""

    text: str
    # Places in the list of all values, the inputs' first.
    operands: list
    compute: typing.Callable
    # A function that the text calls; {name} is that of the program.
    helper: str = ""
    # The results of the operation, of which %r is the value, and what is computed in front of it.
    results: str = "%r"
    before: str = ""


class Graph:
    """Inputs, then operations on earlier values; the loss is the weighted sum of all that `outputs` names."""

    def __init__(self, inputs, nodes, outputs):
        self.inputs, self.nodes, self.outputs = inputs, nodes, outputs

    @staticmethod
    def weights(shape):
        """What an output is multiplied by before its elements are added."""
        return torch.linspace(-1, 1, max(shape.numel(), 2), dtype=torch.float64)[:shape.numel()].reshape(shape)

    def values(self, *inputs):
        values = list(inputs)
        for node in self.nodes:
            values.append(node.compute(*(values[i] for i in node.operands)))
        return values

    def loss(self, *inputs):
        values = self.values(*inputs)
        return sum((values[i] * self.weights(values[i].shape)).sum() for i in self.outputs)

    def text(self, name):
        """The function and those it calls."""
        values = self.values(*self.inputs)
        types = [type_of(value) for value in values]
        helpers, lines = {}, []
        for number, node in enumerate(self.nodes, len(self.inputs)):
            text = f"{node.before}  {node.results} = {node.text}".format(
                *(types[i] for i in node.operands), result=types[number], name=name)
            # The names that the node gives are its own, and %0, %1 its operands.
            text = re.sub(r"%r\b", f"%x{number}", re.sub(r"%(?!r\b)([a-z]\w*)", rf"%\1.{number}", text))
            lines.append(re.sub(r"%(\d+)", lambda match: f"%x{node.operands[int(match[1])]}", text))
            helpers[node.helper.format(types[number], name=name)] = None
        lines += self.loss_lines(values, types)
        arguments = ", ".join(f"%x{i}: {type}" for i, type in enumerate(types[:len(self.inputs)]))
        body = "\n".join(lines)
        return "".join(helpers) + f"func.func private @{name}({arguments}) -> tensor<f64> {{\n{body}\n}}\n"

    def loss_lines(self, values, types):
        total = "%zero"
        yield "  %zero = atled.constant dense<0.0> : tensor<f64>"
        for i in self.outputs:
            yield f"  %w{i} = atled.constant {literal(self.weights(values[i].shape))} : {types[i]}"
            yield f"  %p{i} = atled.mul %x{i}, %w{i} : {types[i]}"
            dimensions = list(range(values[i].dim()))
            yield f"  %s{i} = atled.reduce_sum %p{i} dimensions = {dimensions} : {types[i]} -> tensor<f64>"
            yield f"  %l{i} = atled.add {total}, %s{i} : tensor<f64>"
            total = f"%l{i}"
        yield f"  return {total} : tensor<f64>"

    #
    # Smaller graphs
    #

    def smaller(self):
        """Graphs that lack an output or an operation, whose result becomes an input."""
        for i in self.outputs:
            if len(self.outputs) > 1:
                yield Graph(self.inputs, self.nodes, [j for j in self.outputs if j != i]).live()
        for number in reversed(range(len(self.nodes))):
            yield self.without(number).live()

    def without(self, number):
        first, old = len(self.inputs), len(self.inputs) + number

        def move(i):
            """The new input stands before the first operation, and pushes on those before the one that is gone."""
            return first if i == old else i + 1 if first <= i < old else i
        nodes = [dataclasses.replace(node, operands=list(map(move, node.operands)))
                 for node in self.nodes[:number] + self.nodes[number + 1:]]
        value = self.values(*self.inputs)[old]
        return Graph([*self.inputs, value.detach()], nodes, sorted(map(move, self.outputs)))

    def live(self):
        """Without the inputs and operations that no output needs; one real input stays."""
        first = len(self.inputs)
        needed = set(self.outputs)
        for number in reversed(range(first, first + len(self.nodes))):
            if number in needed:
                needed.update(self.nodes[number - first].operands)
        if not any(i in needed and tensors.is_float(self.inputs[i]) for i in range(first)):
            needed.add(next(i for i in range(first) if tensors.is_float(self.inputs[i])))
        kept = [i for i in range(first + len(self.nodes)) if i in needed]
        place = {old: new for new, old in enumerate(kept)}
        nodes = [dataclasses.replace(self.nodes[i - first], operands=[place[j] for j in self.nodes[i - first].operands])
                 for i in kept if i >= first]
        return Graph([self.inputs[i] for i in kept if i < first], nodes, [place[i] for i in self.outputs])


def literal(value):
    """The elements of a tensor, bit by bit, or as words where they are booleans."""
    if value.dtype == torch.bool and value.numel():
        return f"dense<{str(value.tolist()).lower()}>"
    digits = bytes(value.flatten().view(torch.uint8).tolist()).hex().upper()
    return f'dense<"0x{digits}">' if digits else "dense<>"


def type_of(value):
    return tensors.type_of(tensors.format_of(value), tensors.spell(value.shape))
