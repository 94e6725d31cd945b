"""Ways to spoil a text: small edits at the level of tokens and bytes, reproducible by their seed."""

import re

TOKEN = re.compile(r"\s+|//[^\n]*|\"[^\"\n]*\"|[%@#!^]?[\w.$-]+|->|::|.", re.S)
NUMBERS = ["0", "-1", "1", "2", "7", "9223372036854775807", "-9223372036854775808",
           "18446744073709551616", "4294967296", "0x7ff0000000000000", "?", "1.0e400", "nan"]
TYPES = ["tensor<f32>", "tensor<4xf32>", "tensor<0xf64>", "tensor<?xf32>", "tensor<*xf32>",
         "tensor<4x?x0xf16>", "tensor<9223372036854775807x9223372036854775807xf32>", "tensor<4xindex>",
         "tensor<4xi1>", "tensor<2xcomplex<f32>>", "tensor<3xui8>", "tensor<2xi128>", "tensor<4xf8E4M3FN>",
         "tensor<4xf32, 1 : i32>", "vector<4xf32>", "memref<4xf32>", "index", "i1", "f32", "none",
         "() -> ()", "(tensor<f32>) -> tensor<f32>", "!ad.none", "tuple<i32>"]
BRACKETS = "()[]{}<>"


def tokens_of(text):
    return TOKEN.findall(text)


def is_solid(token):
    return not token.isspace() and not token.startswith("//")


def truncate(tokens, random, pool):
    text = "".join(tokens)
    return text[:random.randrange(len(text) + 1)]


def flip_byte(tokens, random, pool):
    data = bytearray("".join(tokens).encode())
    for _ in range(random.choice([1, 1, 3])):
        data[random.randrange(len(data))] = random.randrange(256)
    return data.decode("latin-1")


def edit(change):
    """A mutation that changes one token, where it is not blank."""
    def mutation(tokens, random, pool):
        tokens = list(tokens)
        solid = [i for i, token in enumerate(tokens) if is_solid(token)]
        if solid:
            change(tokens, random.choice(solid), solid, random, pool)
        return "".join(tokens)
    mutation.__name__ = change.__name__
    return mutation


@edit
def delete(tokens, i, solid, random, pool):
    del tokens[i]


@edit
def repeat(tokens, i, solid, random, pool):
    tokens[i] = " ".join([tokens[i]] * random.choice([2, 3, 50]))


@edit
def swap(tokens, i, solid, random, pool):
    j = random.choice(solid)
    tokens[i], tokens[j] = tokens[j], tokens[i]


@edit
def replace(tokens, i, solid, random, pool):
    tokens[i] = random.choice(pool)


@edit
def insert(tokens, i, solid, random, pool):
    tokens.insert(i, " " + random.choice(pool) + " ")


@edit
def bracket(tokens, i, solid, random, pool):
    tokens[i] = random.choice(BRACKETS) * random.choice([1, 2, 200])


def change_number(tokens, random, pool):
    text = "".join(tokens)
    numbers = list(re.finditer(r"(?<![\w.%@])-?\d+(\.\d+)?(?![\w.])|(?<=<)\d+(?=x)|(?<=x)\d+(?=x)", text))
    if not numbers:
        return truncate(tokens, random, pool)
    match = random.choice(numbers)
    return text[:match.start()] + random.choice(NUMBERS) + text[match.end():]


def change_type(tokens, random, pool):
    text = "".join(tokens)
    types = list(re.finditer(r"tensor<[^<>]*>|\bf(16|32|64)\b|\bi(1|8|32|64)\b", text))
    if not types:
        return truncate(tokens, random, pool)
    match = random.choice(types)
    return text[:match.start()] + random.choice(TYPES) + text[match.end():]


def change_every_type(tokens, random, pool):
    """One consistent change: more often than others, it passes the verifier."""
    text = "".join(tokens)
    types = sorted(set(re.findall(r"tensor<[^<>]*>|\bf(?:16|32|64)\b", text)))
    if not types:
        return truncate(tokens, random, pool)
    return text.replace(random.choice(types), random.choice(TYPES))


def drop_line(tokens, random, pool):
    lines = "".join(tokens).split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


MUTATIONS = [truncate, flip_byte, delete, repeat, swap, replace, insert, bracket, change_number,
             change_number, change_type, change_type, change_every_type, drop_line]


def mutate(tokens, random, pool):
    """`tokens` with one or two changes."""
    text = random.choice(MUTATIONS)(tokens, random, pool)
    if random.random() < 0.3:
        text = random.choice(MUTATIONS)(tokens_of(text), random, pool) if text else text
    return text
