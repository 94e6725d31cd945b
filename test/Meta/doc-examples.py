"""Every piece of IR in the documentation, be it a page or a description in TableGen, is valid.

RUN: %python %s
"""

import re
import subprocess

import tree

FENCE = re.compile(r"^([ \t]*)```mlir\n(.*?)^\1```", re.M | re.S)
VALUE = re.compile(r"%[\w$.-]+")
RESULTS = re.compile(r"((?:%[\w$.-]+(?::\d+)?\s*,\s*)*%[\w$.-]+(?::\d+)?)\s*=\s")
MISTYPED = re.compile(r"^<stdin>:(\d+):\d+: error: definition of SSA value '(%[\w$.-]+?)(?:#\d+)?' has type", re.M)
WANTED = re.compile(r"^<stdin>:(\d+):\d+: note: previously used here with type '(.*)'$", re.M)
ERROR = re.compile(r"^<stdin>:(\d+):\d+: error: (.*)$", re.M)


class Example:
    """A snippet, and the type of each value that it uses without saying where it comes from."""

    def __init__(self, where, text):
        self.where, self.text = where, text.rstrip("\n")
        defined = {name for results in RESULTS.findall(text) for name in VALUE.findall(results)}
        self.whole = "func.func" in text or "llvm.func" in text
        self.types = {} if self.whole else {name: "none" for name in VALUE.findall(text) if name not in defined}

    def as_graph(self):
        """In a module's body a use may stand before its definition: so the parser tells the types."""
        lines = [f'{name} = "example.value"() : () -> {type}' for name, type in self.types.items()]
        return "\n".join([self.text, *lines, "// -----"])

    def as_function(self):
        if self.whole:
            return f"{self.text}\n// -----"
        arguments = ", ".join(f"{name}: {type}" for name, type in self.types.items())
        return f"func.func private @example({arguments}) {{\n{self.text}\nreturn\n}}\n// -----"


def collect():
    for path in [tree.ROOT / "README.md", *tree.files(".md", ".td")]:
        # The reference repeats what the .td files say.
        if not tree.name(path).startswith("docs/Reference/"):
            text = path.read_text()
            for match in FENCE.finditer(text):
                yield Example(f"{tree.name(path)}:{tree.line_of(text, match.start())}", match[2])


def parse(examples, texts, *options):
    """What atled-opt says, and a function that tells whose line it speaks of."""
    answer = subprocess.run(
        ["atled-opt", "--split-input-file", "--allow-unregistered-dialect", "-o", "/dev/null", *options],
        input="\n".join(texts), stderr=subprocess.PIPE, text=True)
    owner = [example for example, text in zip(examples, texts) for _ in text.splitlines()]
    return answer, lambda line: owner[int(line) - 1]


examples = list(collect())
while True:
    answer, owner = parse(examples, [example.as_graph() for example in examples],
                          "--mlir-very-unsafe-disable-verifier-on-parsing")
    wanted = {owner(line): type for line, type in WANTED.findall(answer.stderr)}
    mistyped = {owner(line): name for line, name in MISTYPED.findall(answer.stderr)}
    learned = [example for example in mistyped if example.types.get(mistyped[example]) == "none"]
    for example in learned:
        example.types[mistyped[example]] = wanted[example]
    if not learned:
        break

answer, owner = parse(examples, [example.as_function() for example in examples])
offences = [f"{owner(line).where}: {message}" for line, message in ERROR.findall(answer.stderr)]
if answer.returncode and not offences:
    offences.append(answer.stderr)
print(f"{len(examples)} examples")
tree.report(offences)
