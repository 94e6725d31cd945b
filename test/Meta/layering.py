"""A folder includes only what stands before it in the flow of data.

RUN: %python %s
"""

import re

import tree

# Each layer, and the layers right before it; what those may include, it may include too.
BEFORE = {
    "Support": [],
    "Interfaces": ["Support"],
    "Dialect/AD": ["Interfaces"],
    "Differentiation": ["Dialect/AD"],
    "Dialect/Atled/IR": ["Interfaces"],
    "Dialect/Atled/Rules": ["Dialect/Atled/IR", "Differentiation"],
    "Dialect/Atled/Transforms": ["Dialect/Atled/IR", "Differentiation"],
    "Dialect/Check/IR": ["Support"],
    "Dialect/Check/Transforms": ["Dialect/Check/IR", "Dialect/AD"],
    "Dialect/Special/IR": ["Support"],
    "Conversion": ["Dialect/Atled/IR", "Dialect/AD", "Dialect/Check/IR", "Dialect/Special/IR"],
    "Codegen": ["Dialect/Special/IR"],
    "Target": ["Codegen"],
    "Emission": ["Target"],
    "Pipelines": [
        "Differentiation",
        "Dialect/Atled/Rules",
        "Dialect/Atled/Transforms",
        "Dialect/Check/Transforms",
        "Conversion",
        "Emission",
    ],
    "Execution": ["Pipelines"],
    "Frontend": ["Execution"],
}


def closure(layer):
    return {layer}.union(*(closure(before) for before in BEFORE[layer]))


def layer_of(path):
    """The longest layer that the path begins with."""
    return max((layer for layer in BEFORE if path.startswith(layer + "/")), key=len, default=None)


INCLUDE = re.compile(r'^\s*#?include "atled/([^"]+)"', re.M)
# Differentiation is a building block for other dialects: it names no op of ours, in any spelling.
FOREIGN = ["Interfaces", "Dialect/AD", "Differentiation"]
OWN_OP = re.compile(r'"atled\.(?!name")|\bAtled_|AtledDialect|createAtled')

offences = []
for path in tree.files(".h", ".cpp", ".td", under=["include/atled", "lib"]):
    inside = tree.name(path).split("/", 2 if tree.name(path).startswith("include/") else 1)[-1]
    layer = layer_of(inside)
    if not layer:
        continue
    text = path.read_text()
    for match in INCLUDE.finditer(text):
        other = layer_of(match[1])
        if other and other not in closure(layer):
            offences.append(f"{tree.name(path)}:{tree.line_of(text, match.start())}: "
                            f"{layer} includes {match[1]}, which does not stand before it")
    if layer in FOREIGN:
        for match in OWN_OP.finditer(text):
            offences.append(f"{tree.name(path)}:{tree.line_of(text, match.start())}: "
                            f"{layer} names the dialect atled: {match[0]}")
tree.report(offences)
