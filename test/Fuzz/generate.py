"""Random programs with control flow, well typed and smooth. Their values stay small, most of them below 1."""

from programs import BOOL, INDEX, NUMBER, Block, Function, Op, Program, Run, Unsuitable, remove_unused, tensor, walk


class Scope:
    """The values that the operations of a block can use, the latest last."""

    def __init__(self, values):
        self.values = list(values)


class Generator:
    def __init__(self, rng):
        self.rng = rng
        a, b = rng.choice([(1, 2), (2, 3), (2, 2), (3, 2), (3, 1)])
        self.shapes = [(), (b,), (a, b), *rng.choice([[], [(b, a)], [(a,), (a, a)]])]
        self.functions = []
        # The function that may call itself here, and what it is called with: less than it was.
        self.recursion = None
        self.is_deep = False
        self.detaches = self.chance(0.2)

    def chance(self, probability):
        return self.rng.random() < probability

    def number(self):
        return round(self.rng.uniform(-1, 1), 3)

    def types(self, most, scope=None):
        """Types of what is carried or returned; one of them is differentiable."""
        there = [value.type for value in scope.values if value.type.kind == "f64"] if scope else []
        types = [self.rng.choice(there) if there and self.chance(0.7) else tensor(*self.rng.choice(self.shapes))
                 for _ in range(self.rng.randint(1, most))]
        if self.chance(0.25):
            types.insert(self.rng.randint(0, len(types)), self.rng.choice([INDEX, INDEX, NUMBER, BOOL]))
        return types

    def emit(self, block, scope, kind, operands, *types, **attributes):
        op = Op(kind, operands, types, **attributes)
        block.ops.append(op)
        scope.values += op.results
        return op.results[0]

    # ---- Values of a type ---------------------------------------------------------------------------------

    def constant(self, block, scope, type):
        if type.kind == "f64":
            size = 1
            for extent in type.shape:
                size *= extent
            value = [self.number() for _ in range(size)]
            if self.chance(0.3):
                value = [value[0]] * size
        else:
            value = self.rng.randint(0, 1 if type == BOOL else 3)
        return self.emit(block, scope, "constant", [], type, value=value)

    def fixed(self, block, scope, value):
        return self.emit(block, scope, "constant", [], INDEX, value=value)

    def pick(self, block, scope, type, constants=0.1):
        """A value of this type: one that is there, preferably a late one, or a new one."""
        there = [value for value in scope.values if value.type == type]
        if there and not self.chance(constants):
            return there[-1] if self.chance(0.4) else self.rng.choice(there)
        others = [value for value in scope.values if value.type.kind == "f64"]
        if type == BOOL and not self.chance(0.1):
            return self.condition(block, scope)
        if type.kind != "f64" or not others or self.chance(constants):
            return self.constant(block, scope, type)
        return self.reshaped(block, scope, self.rng.choice(others), type)

    def made(self, block, scope, type):
        """A value of this type, computed by one operation."""
        if type.kind != "f64":
            return self.pick(block, scope, type)
        operands = [self.pick(block, scope, type, constants=0.02) for _ in range(2)]
        kind = self.rng.choice(["add", "sub", "mul", "mul", "sin", "tanh", "scaled"])
        if kind == "scaled":
            kind, operands[1] = "mul", self.constant(block, scope, type)
        return self.emit(block, scope, kind, operands[:1 if kind in ("sin", "tanh") else 2], type)

    def reshaped(self, block, scope, value, type):
        """A value of this type made of another one."""
        if value.type.shape:
            value = self.emit(block, scope, "reduce_sum", [value], tensor(),
                              dimensions=list(range(len(value.type.shape))))
            value = self.emit(block, scope, "sin", [value], tensor())
        return self.emit(block, scope, "broadcast", [value], type, dimensions=[]) if type.shape else value

    def index(self, block, scope, below):
        """An index in [0, below)."""
        value = self.pick(block, scope, INDEX, constants=0.05)
        if self.chance(0.25):
            other = self.pick(block, scope, INDEX)
            value = self.emit(block, scope, "addi", [value, other], INDEX)
        return self.emit(block, scope, "remui", [value, self.fixed(block, scope, below)], INDEX)

    def scalar(self, block, scope):
        others = [value for value in scope.values if value.type.kind == "f64"]
        if not others:
            return self.constant(block, scope, tensor())
        return self.reshaped(block, scope, self.rng.choice(others), tensor())

    def condition(self, block, scope):
        if self.chance(0.15):
            a, b = self.pick(block, scope, BOOL), self.pick(block, scope, BOOL)
            return self.emit(block, scope, self.rng.choice(["andi", "xori"]), [a, b], BOOL)
        if self.chance(0.5):
            return self.emit(block, scope, "cmpf", [self.scalar(block, scope)], BOOL, limit=self.number())
        value = self.pick(block, scope, INDEX, constants=0.05)
        other = self.fixed(block, scope, self.rng.randint(0, 3)) if self.chance(0.7) else \
            self.pick(block, scope, INDEX)
        return self.emit(block, scope, "cmpi", [value, other], BOOL, predicate=self.rng.choice(["slt", "eq", "ne"]))

    # ---- Operations without regions -----------------------------------------------------------------------

    def simple(self, block, scope):
        rng = self.rng
        kind = rng.choice(["unary", "unary", "binary", "binary", "binary", "scaled", "select", "matmul", "dot", "sum",
                           "broadcast", "turned", "slice", "concatenate", "dynamic_slice", "dynamic_update_slice",
                           "row", "set_row", "detach" if self.detaches else "unary", "to_float", "integer", "integer"])
        type = tensor(*rng.choice(self.shapes))
        emit = lambda kind, operands, *types, **attributes: self.emit(
            block, scope, kind, operands, *types, **attributes)
        pick = lambda type: self.pick(block, scope, type)
        ranked = [shape for shape in self.shapes if shape]
        matrices = [shape for shape in self.shapes if len(shape) == 2]

        if kind == "unary":
            emit(rng.choice(["sin", "cos", "tanh", "logistic", "neg"]), [pick(type)], type)
        elif kind == "binary":
            result = emit(rng.choice(["add", "sub", "mul", "mul"]), [pick(type), pick(type)], type)
            if self.chance(0.4):
                emit(rng.choice(["sin", "tanh"]), [result], type)
        elif kind == "scaled":
            emit("mul", [pick(type), self.constant(block, scope, type)], type)
        elif kind == "select":
            emit("select", [pick(type) for _ in range(4)], type)
        elif kind == "matmul":
            (a, b), c = rng.choice(matrices), rng.choice([1, 2, 3])
            c = rng.choice([n for m, n in matrices if m == b] or [c])
            result = emit("matmul", [pick(tensor(a, b)), pick(tensor(b, c))], tensor(a, c))
            emit("tanh", [result], tensor(a, c))
        elif kind == "dot":
            vector = tensor(*rng.choice([shape for shape in self.shapes if len(shape) == 1]))
            emit("dot", [pick(vector), pick(vector)], tensor())
        elif kind == "sum":
            shape = rng.choice(ranked)
            axes = sorted(rng.sample(range(len(shape)), rng.randint(1, len(shape))))
            emit("reduce_sum", [pick(tensor(*shape))],
                 tensor(*(n for k, n in enumerate(shape) if k not in axes)), dimensions=axes)
        elif kind == "broadcast":
            shape = rng.choice(ranked)
            axes = sorted(rng.sample(range(len(shape)), rng.randint(0, len(shape))))
            emit("broadcast", [pick(tensor(*(shape[k] for k in axes)))], tensor(*shape), dimensions=axes)
        elif kind == "turned":
            a, b = rng.choice(matrices)
            emit(rng.choice(["transpose", "reshape"]), [pick(tensor(a, b))], tensor(b, a))
        elif kind == "slice":
            shape = rng.choice(ranked)
            sizes = [rng.randint(1, n) for n in shape]
            emit("slice", [pick(tensor(*shape))], tensor(*sizes),
                 starts=[rng.randint(0, n - m) for n, m in zip(shape, sizes)])
        elif kind == "concatenate":
            shape = rng.choice(ranked)
            emit("concatenate", [pick(tensor(*shape)), pick(tensor(*shape))], tensor(2 * shape[0], *shape[1:]))
        elif kind in ("dynamic_slice", "dynamic_update_slice"):
            shape = rng.choice(ranked)
            part = tensor(*(rng.randint(1, n) for n in shape))
            places = [self.pick(block, scope, INDEX, constants=0.05) for _ in shape]
            if kind == "dynamic_slice":
                emit(kind, [pick(tensor(*shape)), *places], part)
            else:
                emit(kind, [pick(tensor(*shape)), pick(part), *places], tensor(*shape))
        elif kind in ("row", "set_row"):
            shape = rng.choice(ranked)
            whole, part = tensor(*shape), tensor(*shape[1:])
            place = self.index(block, scope, shape[0])
            if kind == "row":
                emit(kind, [pick(whole), place], part)
            else:
                emit(kind, [pick(whole), pick(part), place], whole)
        elif kind == "detach":
            emit("detach", [pick(type)], type)
        elif kind == "to_float":
            emit("sin", [emit("to_float", [self.pick(block, scope, INDEX, 0.05)], tensor())], tensor())
        elif self.chance(0.2):
            emit("to_index", [self.scalar(block, scope)], INDEX, scale=3.0)
        elif self.chance(0.2):
            emit("select_index", [self.condition(block, scope), pick(INDEX), pick(INDEX)], INDEX)
        elif self.chance(0.2):
            emit("from_number", [emit("to_number", [pick(INDEX)], NUMBER)], INDEX)
        else:
            value = emit(rng.choice(["addi", "muli"]), [pick(INDEX), pick(INDEX)], INDEX)
            emit("remui", [value, self.fixed(block, scope, 4)], INDEX)

    # ---- Operations with regions --------------------------------------------------------------------------

    def fill(self, block, scope, depth):
        """Operations at the end of `block`; the results are in `scope` then."""
        for _ in range(self.rng.choice([0, 1, 2, 3, 4])):
            if depth > 0 and self.chance(0.4):
                self.rng.choice([self.branch, self.branch, self.switch, self.for_loop, self.for_loop,
                                 self.for_loop, self.while_loop, self.while_loop, self.call])(block, scope, depth - 1)
            else:
                self.simple(block, scope)

    def body(self, outside, arguments, types, depth, own=0.5):
        """A block that yields values of these types."""
        block = Block(arguments)
        scope = Scope(outside.values + block.arguments)
        self.fill(block, scope, depth)
        late = Scope(scope.values[len(outside.values):])
        for type in types:
            if not self.chance(own):
                value = self.pick(block, scope, type, constants=0.05)
            elif any(value.type == type for value in late.values) and self.chance(0.6):
                value = self.pick(block, late, type, constants=0)
            else:
                value = self.made(block, scope, type)
            block.yields.append(value)
        return block

    def checkpoint(self, kind):
        """What stands behind `ad.checkpoint`, if there is one: it changes no result."""
        if kind not in ("for", "while", "call") or self.is_deep or not self.chance(0.3):
            return None
        strategy = self.rng.choice(["periodic", "binomial"])
        return " " if kind == "call" else f" = #ad.{strategy}<{self.rng.randint(1, 3)}>"

    def structured(self, block, scope, kind, operands, types, blocks, **attributes):
        op = Op(kind, operands, types, blocks, checkpoint=self.checkpoint(kind), **attributes)
        block.ops.append(op)
        scope.values += op.results

    def branch(self, block, scope, depth):
        types = self.types(2, scope)
        condition = self.pick(block, scope, BOOL)
        self.structured(block, scope, "if", [condition], types,
                        [self.body(scope, [], types, depth) for _ in range(2)])

    def switch(self, block, scope, depth):
        types = self.types(2, scope)
        cases = sorted(self.rng.sample(range(4), self.rng.randint(1, 3)))
        which = self.pick(block, scope, INDEX, constants=0.05)
        self.structured(block, scope, "switch", [which], types,
                        [self.body(scope, [], types, depth) for _ in range(len(cases) + 1)], cases=cases)

    def bounds(self, block, scope):
        if self.chance(0.6):
            lower, step = self.rng.choice([0, 0, 0, 1, 2]), self.rng.choice([1, 1, 1, 2, 3])
            trips = self.rng.choice([0, 1, 2, 2, 3, 4])
            return [self.fixed(block, scope, n) for n in (lower, lower + step * trips, step)]
        lower = self.fixed(block, scope, 0) if self.chance(0.6) else self.index(block, scope, 3)
        step = self.fixed(block, scope, 1)
        if self.chance(0.2):
            step = self.emit(block, scope, "addi", [self.index(block, scope, 3), step], INDEX)
        return [lower, self.index(block, scope, 5), step]

    def for_loop(self, block, scope, depth):
        types = self.types(3, scope)
        bounds = self.bounds(block, scope)
        inits = [self.pick(block, scope, type) for type in types]
        self.structured(block, scope, "for", bounds + inits, types,
                        [self.body(scope, [INDEX, *types], types, depth, own=0.8)])

    def while_loop(self, block, scope, depth):
        """Counts, and may stop before because of the data; what is forwarded is the counter and anything."""
        types = self.types(2, scope)
        inits = [self.pick(block, scope, type) for type in types]
        carried = place = self.rng.randint(0, len(types))
        types.insert(place, INDEX)
        inits.insert(place, self.fixed(block, scope, 0))
        limit = self.index(block, scope, 4) if self.chance(0.4) else \
            self.fixed(block, scope, self.rng.choice([0, 1, 2, 3]))
        # In front.
        before = Block(types)
        inside = Scope(scope.values + before.arguments)
        if self.chance(0.5):
            self.fill(before, inside, depth)
        counter = before.arguments[place]
        condition = self.emit(before, inside, "cmpi", [counter, limit], BOOL, predicate="slt")
        if self.chance(0.5):
            other = self.condition(before, inside)
            condition = self.emit(before, inside, "andi", [condition, other], BOOL)
        if self.chance(0.4):
            forwarded = list(before.arguments)
        else:
            late = Scope(inside.values[len(scope.values):])
            forwarded = [self.pick(before, late, type) for type in self.types(3, late)]
            place = self.rng.randint(0, len(forwarded))
            forwarded.insert(place, counter)
        before.yields = [condition, *forwarded]
        # Behind.
        passed = [value.type for value in forwarded]
        after = self.body(scope, passed, types, depth, own=0.8)
        one = Op("constant", [], [INDEX], value=1)
        following = Op("addi", [after.arguments[place], one.results[0]], [INDEX])
        after.ops += [one, following]
        after.yields[carried] = following.results[0]
        self.structured(block, scope, "while", inits, passed, [before, after])

    def call(self, block, scope, depth):
        if self.recursion and self.chance(0.7):
            return self.call_again(block, scope)
        if not self.functions:
            return self.simple(block, scope)
        callee = self.rng.choice(self.functions)
        operands = [self.pick(block, scope, value.type) for value in callee.block.arguments]
        if callee.attributes:
            operands[-1] = self.index(block, scope, 4)
        self.structured(block, scope, "call", operands, callee.types, [], callee=callee)

    def call_again(self, block, scope):
        callee, less = self.recursion
        operands = [argument if self.chance(0.3) else self.pick(block, scope, argument.type)
                    for argument in callee.block.arguments[:-1]]
        self.structured(block, scope, "call", [*operands, less], callee.types, [], callee=callee)

    # ---- Programs -----------------------------------------------------------------------------------------

    def function(self, name, arguments, depth):
        block = Block(arguments)
        scope = Scope(block.arguments)
        for value in [value for value in block.arguments if value.type == NUMBER]:
            self.emit(block, scope, "from_number", [value], INDEX)
        self.fill(block, scope, depth)
        for _ in range(self.rng.choice([1, 1, 2])):
            self.rng.choice([self.branch, self.for_loop, self.for_loop, self.while_loop])(block, scope, depth - 1)
        if self.chance(0.5):
            self.fill(block, scope, depth)
        late = [value for value in scope.values[len(block.arguments):] if value.type.kind == "f64"][-5:]
        block.yields = [self.rng.choice(late) for _ in range(self.rng.choice([1, 2, 2, 3]))]
        if self.chance(0.2):
            block.yields.append(self.emit(block, scope, "to_number", [self.pick(block, scope, INDEX)], NUMBER))
        if self.chance(0.1):
            block.yields.append(block.arguments[0])
        return Function(name, block, [value.type for value in block.yields])

    def recursive_function(self, name, depth):
        """Calls itself as often as its last argument says; each depth is a copy, or they are a loop."""
        self.is_deep = self.chance(0.7)
        attributes = f"ad.max_depth = {20 if self.is_deep else 4} : i64"
        if self.is_deep and self.chance(0.3):
            attributes += f", ad.checkpoint = #ad.binomial<{self.rng.randint(1, 3)}>"
        types = self.types(2)
        function = Function(name, Block([*self.types(2), INDEX]), types, f" attributes {{{attributes}}}")
        block, scope = function.block, Scope(function.block.arguments)
        count = block.arguments[-1]
        ends = self.emit(block, scope, "cmpi", [count, self.fixed(block, scope, 0)], BOOL, predicate="eq")
        base = self.body(scope, [], types, 0)
        deeper = Block()
        inside = Scope(scope.values)
        self.recursion = function, self.emit(deeper, inside, "subi", [count, self.fixed(deeper, inside, 1)], INDEX)
        self.fill(deeper, inside, depth)
        self.call_again(deeper, inside)
        self.fill(deeper, inside, depth)
        late = Scope(inside.values[len(scope.values):])
        deeper.yields = [self.made(deeper, late, type) for type in types]
        self.recursion, self.is_deep = None, False
        self.structured(block, scope, "if", [ends], types, [base, deeper])
        block.yields = block.ops[-1].results[:]
        return function


def attempt(seed, rng):
    generator = Generator(rng)
    for number in range(rng.choice([0, 0, 1, 2])):
        name, depth = f"f{seed}_callee{number}", rng.randint(1, 2)
        generator.functions.append(
            generator.recursive_function(name, depth) if generator.chance(0.5) else
            generator.function(name, generator.types(2), depth))
    arguments = [tensor(*rng.choice(generator.shapes)) for _ in range(rng.randint(1, 3))]
    point = []
    arguments += [NUMBER] * rng.randint(0, 1)
    main = generator.function(f"f{seed}", arguments, rng.choice([1, 2, 3, 3]))
    for type in arguments:
        size = 1
        for extent in type.shape:
            size *= extent
        point.append(rng.randint(0, 3) if type == NUMBER else [generator.number() for _ in range(size)])
    smooth = [k for k, type in enumerate(arguments) if type != NUMBER]
    wrt = smooth if rng.random() < 0.6 else sorted(rng.sample(smooth, rng.randint(1, len(smooth))))
    program = Program(seed, [*generator.functions, main], point, wrt, 2 if rng.random() < 0.25 else 1)
    remove_unused(program)
    if sum(bool(op.blocks) for op, _ in walk(main.block)) < rng.choice([1, 2, 3]):
        raise Unsuitable("straight on")
    return program


def generate(seed, rng):
    """The first program by `rng` that can be run, and its run."""
    while True:
        try:
            program = attempt(seed, rng)
            return program, Run(program)
        except Unsuitable:
            continue
