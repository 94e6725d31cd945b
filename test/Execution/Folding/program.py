"""Random programs of the dialect atled, reproducible by their seed.

A program is a list of operations on tensors of small, known extents, some of which the types leave open.
Many operands are splats of edge cases, or were computed just before, so that there is much to simplify.
"""

import dataclasses
import math
import random
import re

# bf16 is left out: the function that rounds to it is missing from some C libraries.
FLOATS = {
    "f16": ["0x7C00", "0xFC00", "0x7E00", "0x0001", "0x7BFF"],
    "f32": ["0x7F800000", "0xFF800000", "0x7FC00000", "0x00000001", "0x7F7FFFFF"],
    "f64": ["0x7FF0000000000000", "0xFFF0000000000000", "0x7FF8000000000000", "0x0000000000000001",
            "0x7FEFFFFFFFFFFFFF"],
}
COMMON = ["0.0", "-0.0", "1.0", "-1.0"] * 2 + ["0.5", "3.0", "-2.75", "255.5", "0.1"]
INTEGERS = ["i8", "i16", "i32", "i64", "ui8", "ui16", "ui32", "ui64"]
NUMBERS = [*FLOATS, *INTEGERS]
SHAPES = [(), (), (1,), (3,), (4,), (2, 3), (3, 2), (1, 4), (4, 1), (2, 1, 3), (2, 3, 4), (64,)]
MOST_ELEMENTS = 200
MOST_DIMENSIONS = 4


@dataclasses.dataclass(frozen=True)
class Value:
    name: str
    extents: tuple
    element: str
    is_open: tuple  # for each dimension, whether the type leaves its extent open

    @property
    def shape(self):
        return tuple("?" if is_open else str(extent) for extent, is_open in zip(self.extents, self.is_open))

    @property
    def type(self):
        return f"tensor<{''.join(extent + 'x' for extent in self.shape)}{self.element}>"

    @property
    def closed_type(self):
        return f"tensor<{''.join(f'{extent}x' for extent in self.extents)}{self.element}>"


@dataclasses.dataclass
class Operation:
    result: Value
    operands: list
    # With {0}, {1}, ... for the operands; T0, T1 for their types, TYPES for all of these, RESULT for the result's;
    # ?n for the end of an open extent, which is n.
    text: str

    def spell(self, names, is_closed=False):
        """The operation as text, with these names for its operands; if so wanted, with all extents in the types."""
        def type_of(value):
            return value.closed_type if is_closed else value.type
        types = [type_of(operand) for operand in self.operands]
        text = re.sub(r"\?(\d+)", r"\1" if is_closed else "?", self.text)
        if is_closed:
            text = re.sub(r" sizes\([^)]*\)", "", text)
        text = text.replace("RESULT", type_of(self.result)).replace("TYPES", ", ".join(types))
        return re.sub(r"\bT(\d)", lambda match: types[int(match[1])], text).format(*names)


def bounds(element):
    width = int(element.lstrip("ui"))
    return (0, 2**width - 1) if element.startswith("u") else (-2**(width - 1), 2**(width - 1) - 1)


class Program:
    def __init__(self, seed, size):
        self.random = random.Random(seed)
        self.operations = []
        self.places = []  # starts and sizes of dynamic slices, to be used again
        steps = [getattr(self, name) for name in dir(self) if name.startswith("add_")]
        while len(self.operations) < size:
            self.random.choice(steps)()

    # Choosing.

    def edge_case(self, element):
        if element == "i1":
            return self.random.choice(["true", "false"])
        if element in FLOATS:
            return self.random.choice(COMMON + FLOATS[element])
        least, greatest = bounds(element)
        numbers = [0, 1, 0, 1, -1, 2, 7, -3, 100, least, greatest]
        return str(self.random.choice([n for n in numbers if n >= least]))

    def chance(self, probability):
        return self.random.random() < probability

    def find(self, accepts=lambda value: True):
        """A value that is there, likely one of the latest, so that operations follow each other."""
        found = [op.result for op in self.operations if accepts(op.result)]
        latest = self.random.choice([1, 1, 6, 6, len(found)])
        return self.random.choice(found[-latest:]) if found else None

    def number(self):
        return self.find(lambda value: value.element != "i1") or self.constant((4,), "f32")

    def like(self, value, element=None):
        """A value of the same shape."""
        element = element or value.element
        if self.chance(0.15) and element == value.element:
            return value
        found = self.find(lambda other: other.element == element and other.extents == value.extents
                          and other.is_open == value.is_open) if self.chance(0.5) else None
        return found or self.opened(self.constant(value.extents, element), value.is_open)

    # Adding operations.

    def apply(self, text, operands, extents, element, is_open=None):
        extents, is_open = tuple(extents), tuple(is_open or [False] * len(extents))
        if 0 in extents or math.prod(extents) > MOST_ELEMENTS or len(extents) > MOST_DIMENSIONS:
            return None
        result = Value(f"v{len(self.operations)}", extents, element, is_open)
        self.operations.append(Operation(result, list(operands), text))
        return result

    def constant(self, extents, element, literal=None):
        def nested(extents):
            if not extents:
                return self.edge_case(element)
            return f"[{', '.join(nested(extents[1:]) for _ in range(extents[0]))}]"
        if literal is None:
            literal = self.edge_case(element) if self.chance(0.7) else nested(extents)
        return self.apply(f"atled.constant dense<{literal}> : RESULT", [], extents, element)

    def opened(self, value, is_open):
        """The value, with these extents left open by its type."""
        is_open = [opens or was_open for opens, was_open in zip(is_open, value.is_open)]
        if is_open == list(value.is_open):
            return value
        sizes = ", ".join(f"%e{extent}" for extent, opens in zip(value.extents, is_open) if opens)
        return self.apply(f"atled.reshape {{0}} sizes({sizes}) : T0 -> RESULT", [value], value.extents, value.element,
                          is_open)

    def add_constant(self):
        self.constant(self.random.choice(SHAPES), self.random.choice(NUMBERS + ["i1"]))

    def add_opened(self):
        x = self.find() or self.number()
        self.opened(x, [self.chance(0.5) for _ in x.extents])

    add_another_opened = add_opened

    def add_iota(self):
        extents = self.random.choice([shape for shape in SHAPES if shape])
        dimension = self.random.randrange(len(extents))
        self.apply(f"atled.iota dimension = {dimension} : RESULT", [], extents, self.random.choice(NUMBERS))

    def add_unary(self):
        x = self.number()
        names = ["abs", "neg", "neg", "sign", "relu"]
        if x.element in FLOATS:
            names += ["reciprocal", "ceil", "floor", "trunc", "round", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tanh", "logistic",
                      "exp2", "log2", "log10", "cbrt", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh",
                      "atanh", "softplus", "silu", "erf", "erfc", "gelu"]
        self.apply(f"atled.{self.random.choice(names)} {{0}} : T0", [x], x.extents, x.element, x.is_open)

    def add_binary(self):
        x = self.number()
        operands = [x, self.like(x)]
        self.random.shuffle(operands)
        name = self.random.choice(["add", "sub", "mul", "div"] + ["pow", "hypot", "copysign", "rem", "atan2", "logaddexp"] * (x.element in FLOATS)
                                  + ["rem", "and", "or", "xor", "shift_left", "shift_right_logical"]
                                  * (x.element not in FLOATS))
        self.apply(f"atled.{name} {{0}}, {{1}} : T0", operands, x.extents, x.element, x.is_open)

    add_another_binary = add_binary

    def add_extremum(self):
        x = self.number()
        operands = [x, self.like(x)]
        self.random.shuffle(operands)
        name, tie = self.random.choice(["maximum", "minimum"]), self.random.choice(["split", "first", "zero", "one"])
        self.apply(f"atled.{name} {{0}}, {{1}} tie = {tie} : T0", operands, x.extents, x.element, x.is_open)

    def add_ternary(self):
        x = self.number()
        operands = [x, self.like(x), self.like(x)]
        self.random.shuffle(operands)
        name = self.random.choice(["clamp"] + ["fma"] * (x.element in FLOATS))
        self.apply(f"atled.{name} {{0}}, {{1}}, {{2}} : T0", operands, x.extents, x.element, x.is_open)

    def add_logic(self):
        p = self.find(lambda value: value.element not in FLOATS)
        if p:
            name = self.random.choice(["and", "or", "xor"])
            self.apply(f"atled.{name} {{0}}, {{1}} : T0", [p, self.like(p)], p.extents, p.element, p.is_open)

    def add_not(self):
        p = self.find(lambda value: value.element not in FLOATS)
        if p:
            self.apply("atled.not {0} : T0", [p], p.extents, p.element, p.is_open)

    def add_compare(self):
        x = self.find() or self.number()
        operands = [x, self.like(x)]
        self.random.shuffle(operands)
        predicate = self.random.choice(["eq", "ne"] if x.element == "i1" else ["eq", "ne", "lt", "le", "gt", "ge"])
        self.apply(f"atled.compare {predicate}, {{0}}, {{1}} : T0", operands, x.extents, "i1", x.is_open)

    def add_negation(self):
        p = self.find(lambda value: value.element == "i1")
        if p:
            false = self.opened(self.constant(p.extents, "i1", "false"), p.is_open)
            self.apply("atled.compare eq, {0}, {1} : T0", [p, false], p.extents, "i1", p.is_open)

    def add_select(self):
        x = self.find() or self.number()
        p = self.like(x, "i1")
        branches = [x, self.like(x)]
        self.random.shuffle(branches)
        self.apply("atled.select {0}, {1}, {2} : T0, T1", [p, *branches], x.extents, x.element, x.is_open)

    def add_convert(self):
        x = self.find() or self.number()
        self.apply("atled.convert {0} : T0 to RESULT", [x], x.extents, self.random.choice([*NUMBERS, *FLOATS, "i1"]),
                   x.is_open)

    def add_reshape(self):
        x = self.find() or self.number()
        shapes = [shape for shape in SHAPES if math.prod(shape) == math.prod(x.extents)]
        shapes += [x.extents, (1, *x.extents), (*x.extents, 1), (math.prod(x.extents),)]
        extents = self.random.choice(shapes)
        is_open = [False] * len(extents)
        if extents and self.chance(0.2):
            is_open[self.random.randrange(len(extents))] = True
        self.apply("atled.reshape {0} : T0 -> RESULT", [x], extents, x.element, is_open)

    def add_broadcast(self):
        x = self.find() or self.number()
        extents, is_open, dimensions = [], [], []

        def repeat():
            while self.chance(0.3):
                extents.append(self.random.choice([1, 2, 3]))
                is_open.append(self.chance(0.1))

        for extent, opens in zip(x.extents, x.is_open):
            repeat()
            dimensions.append(len(extents))
            repeats = extent == 1 and not opens and self.chance(0.5)
            extents.append(self.random.choice([2, 4]) if repeats else extent)
            is_open.append(self.chance(0.1) if repeats else opens)
        repeat()
        kept = {to: x.is_open[i] for i, to in enumerate(dimensions)}
        sizes = [f"%e{extent}" for i, extent in enumerate(extents) if is_open[i] and not kept.get(i, False)]
        clause = f" sizes({', '.join(sizes)})" if sizes else ""
        self.apply(f"atled.broadcast {{0}} dimensions = {dimensions}{clause} : T0 -> RESULT", [x], extents, x.element,
                   is_open)

    def add_transpose(self):
        x = self.find() or self.number()
        permutation = list(range(len(x.extents)))
        self.random.shuffle(permutation)
        self.apply(f"atled.transpose {{0}} permutation = {permutation} : T0 -> RESULT", [x],
                   [x.extents[i] for i in permutation], x.element, [x.is_open[i] for i in permutation])

    def add_slice(self):
        x = self.find() or self.number()
        ranges, extents, is_open = [], [], []
        for extent, opens in zip(x.extents, x.is_open):
            start = self.random.randrange(extent) if self.chance(0.5) else 0
            limit = self.random.randint(start + 1, extent) if self.chance(0.5) else extent
            stride = self.random.choice([1, 1, 1, 2, 3])
            to_end = opens and limit == extent
            ranges.append(f"{start}:{'?' if to_end else ''}{limit}:{stride}")
            extents.append(math.ceil((limit - start) / stride))
            is_open.append(to_end)
        self.apply(f"atled.slice {{0}}[{', '.join(ranges)}] : T0 -> RESULT", [x], extents, x.element, is_open)

    add_another_slice = add_slice

    def add_neighbours(self):
        """Cuts a tensor in two, and joins it again."""
        x = self.find(lambda value: value.extents and value.extents[0] > 1)
        if not x:
            return
        cut = self.random.randrange(1, x.extents[0])
        rest = "".join(f", 0:{extent}" for extent in x.extents[1:])
        parts = [self.apply(f"atled.slice {{0}}[{start}:{limit}{rest}] : T0 -> RESULT", [x],
                            (limit - start, *x.extents[1:]), x.element)
                 for start, limit in [(0, cut), (cut, x.extents[0])]]
        self.apply("atled.concatenate {0}, {1} dimension = 0 : (TYPES) -> RESULT", parts, x.extents, x.element)

    def add_concatenate(self):
        x = self.find(lambda value: value.extents) or self.constant((4,), "f32")
        dimension = self.random.randrange(len(x.extents))

        def fits(value):
            return (value.element == x.element and len(value.extents) == len(x.extents)
                    and all(value.shape[i] == x.shape[i] and value.extents[i] == x.extents[i]
                            for i in range(len(x.extents)) if i != dimension))

        inputs = [x] + [self.find(fits) for _ in range(self.random.randrange(3))]
        extents, is_open = list(x.extents), list(x.is_open)
        extents[dimension] = sum(value.extents[dimension] for value in inputs)
        is_open[dimension] = any(value.is_open[dimension] for value in inputs)
        names = ", ".join(f"{{{i}}}" for i in range(len(inputs)))
        self.apply(f"atled.concatenate {names} dimension = {dimension} : (TYPES) -> RESULT", inputs, extents, x.element,
                   is_open)

    def add_pad(self):
        x = self.find() or self.number()
        low, high, interior, extents = [], [], [], []
        for extent in x.extents:
            low.append(self.random.choice([0, 0, 1, 2, -1, -2]))
            high.append(self.random.choice([0, 0, 1, 2, -1, -2]))
            interior.append(self.random.choice([0, 0, 0, 1, 2]))
            extents.append(extent + (extent - 1) * interior[-1] + low[-1] + high[-1])
        if any(extent < 1 for extent in extents):
            return
        value = self.find(lambda value: value.element == x.element and value.extents == ())
        if not value or self.chance(0.5):
            value = self.constant((), x.element)
        self.apply(f"atled.pad {{0}}, {{1}} low = {low} high = {high} interior = {interior} : (TYPES) -> RESULT",
                   [x, value], extents, x.element, x.is_open)

    add_another_pad = add_pad

    def place_in(self, x):
        """Starts of a part of x, its extents, and what happens outside."""
        known = [place for place in self.places if place[0] == x.extents]
        if known and self.chance(0.5):
            return self.random.choice(known)[1:]
        element = self.random.choice(["i8", "i32", "i64", "ui8", "ui32", "ui64"])
        numbers = ["0", "0", "1", "2", "100"] + ["-1"] * (element[0] == "i")
        starts = [self.constant((), element, self.random.choice(numbers)) for _ in x.extents]
        sizes = tuple(self.random.randint(1, extent) if self.chance(0.6) else extent for extent in x.extents)
        place = starts, sizes, self.random.choice(["assume", "clamp"])
        self.places.append((x.extents, *place))
        return place

    def add_dynamic_slice(self):
        x = self.find() or self.number()
        starts, sizes, out_of_range = self.place_in(x)
        names = ", ".join(f"{{{i + 1}}}" for i in range(len(starts)))
        self.apply(f"atled.dynamic_slice {{0}}[{names}] sizes = {list(sizes)} out_of_range = {out_of_range} "
                   ": (TYPES) -> RESULT", [x, *starts], sizes, x.element)

    def add_dynamic_update_slice(self):
        x = self.find() or self.number()
        starts, sizes, out_of_range = self.place_in(x)
        update = self.find(lambda value: value.element == x.element and value.extents == sizes)
        names = ", ".join(f"{{{i + 2}}}" for i in range(len(starts)))
        self.apply(f"atled.dynamic_update_slice {{1}} into {{0}}[{names}] out_of_range = {out_of_range} "
                   ": (TYPES) -> RESULT", [x, update or self.constant(sizes, x.element), *starts], x.extents, x.element,
                   x.is_open)

    def add_reduction(self):
        x = self.number()
        dimensions = [i for i in range(len(x.extents)) if self.chance(0.5)]
        kept = [i for i in range(len(x.extents)) if i not in dimensions]
        name = self.random.choice(["sum", "prod", "max", "min"])
        self.apply(f"atled.reduce_{name} {{0}} dimensions = {dimensions} : T0 -> RESULT", [x],
                   [x.extents[i] for i in kept], x.element, [x.is_open[i] for i in kept])

    add_another_reduction = add_reduction

    def add_argmax(self):
        x = self.find(lambda value: value.element != "i1" and value.extents)
        if x:
            dimension = self.random.randrange(len(x.extents))
            kept = [i for i in range(len(x.extents)) if i != dimension]
            self.apply(f"atled.argmax {{0}} dimension = {dimension} : T0 -> RESULT", [x],
                       [x.extents[i] for i in kept], self.random.choice(["i16", "i32", "ui64"]),
                       [x.is_open[i] for i in kept])

    def add_contraction(self):
        x = self.find(lambda value: value.element != "i1" and value.extents)
        if not x:
            return
        i = self.random.randrange(len(x.extents))
        y = self.find(lambda value: value.element == x.element
                      and (x.extents[i], x.is_open[i]) in zip(value.extents, value.is_open))
        j = list(zip(y.extents, y.is_open)).index((x.extents[i], x.is_open[i]))
        free = [(x, k) for k in range(len(x.extents)) if k != i] + [(y, k) for k in range(len(y.extents)) if k != j]
        self.apply(f"atled.contract {{0}}, {{1}} batch = [] x [] contracting = [{i}] x [{j}] : (TYPES) -> RESULT",
                   [x, y], [value.extents[k] for value, k in free], x.element, [value.is_open[k] for value, k in free])
