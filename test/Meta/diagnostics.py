"""Every message that the compiler and its tools can give is expected by some test.

A string in the sources that reads as prose is a message, or part of one, unless the statement it stands in
is one of those below. Each of its pieces, between what is filled in, must stand in a test.

RUN: %python %s
"""

import re

import tree

# Statements whose strings are for others than the user, and those that print what was asked for.
OTHER = re.compile(
    r"\bassert\s*\(|\bstatic_assert\b|\bllvm_unreachable\s*\(|\bnotifyMatchFailure\s*\(|\bLLVM_DEBUG\s*\(|\bcl::|"
    r"\bPassPipelineRegistration\b|\bGenRegistration\b|\bRegex\b|\bPhaseInfo\b|\bconsume_front\s*\(|"
    r"\bstd::string unsound\b|\bprint\w*\s*\(|\bos\s*<<|\bouts\(\)\s*<<|\bcode\.push_back\b|\boverview\b")

# Messages that no test can provoke, and why.
UNPROVOKED = {
    "LLVM cannot write this kind of file for": "LLVM writes objects and assembly for every machine that it runs on",
}

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((?P<raw>.*?)\)"|"(?P<text>(?:[^"\\\n]|\\.)*)"|'
                   r"'(?:[^'\\\n]|\\.)+'|#include[^\n]*", re.S)
PROSE = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}|[A-Za-z]{3,} $|^[;,]? [a-z]{2,}")
# A line of a test that expects something, or a command of it.
EXPECTATION = re.compile(r"expected-(?:error|warning|note|remark)|[A-Z][A-Z0-9_-]*:")


def blank(match):
    """Code without comments, each string a placeholder of the same length."""
    return re.sub(r"[^\n]", " " if match[0][0] in "/#'" else "\0", match[0])


def strings(text):
    """Each string, adjacent ones joined, with its offset and the statement that it stands in."""
    code = TOKEN.sub(blank, text)
    found = []
    for match in TOKEN.finditer(text):
        piece = match["raw"] or match["text"]
        if piece is None:
            continue
        if found and not code[found[-1][2]:match.start()].strip():
            found[-1][1] += piece
            found[-1][2] = match.end()
        else:
            found.append([match.start(), piece, match.end()])
    for start, piece, end in found:
        before = max(code.rfind(c, 0, start) for c in ";{}")
        after = code.find(";", end)
        yield start, piece, code[before + 1:after]


def pieces(message):
    """What stands between what is filled in."""
    message = re.sub(r"\\(.)", lambda match: {"n": "\0", "t": "\0"}.get(match[1], match[1]), message)
    return [piece.strip() for piece in re.split(r"\{\d\}|\0", message) if re.search("[A-Za-z]{2}", piece)]


def expectations():
    for path in tree.files(".mlir", ".td", ".test", ".py", ".cpp", ".c", under=["test"]):
        if "Meta" in path.parts:
            continue
        text = path.read_text()
        if path.suffix == ".cpp":
            yield re.sub(r'"\s*\n?\s*"', "", text).replace('\\"', '"')
        elif path.suffix == ".py":
            yield text
        else:
            yield "\n".join(line for line in text.splitlines() if EXPECTATION.search(line))


expected = "\n".join(expectations())
offences = []
for path in tree.files(".h", ".cpp", under=["include", "lib", "tools"]):
    text = path.read_text()
    for offset, message, statement in strings(text):
        if PROSE.search(message) and not OTHER.search(statement):
            offences += [f"{tree.name(path)}:{tree.line_of(text, offset)}: no test expects '{piece}'"
                         for piece in pieces(message) if piece not in expected and piece not in UNPROVOKED]
tree.report(offences)
