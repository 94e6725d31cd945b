"""What stands in code on a page: fenced blocks, and indented ones."""

import pathlib
import re

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.M | re.S)
INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:    .*\n)+")


def blocks(path):
    """The blocks of a page in order: the language, empty if none is named, and the text."""
    text = pathlib.Path(path).read_text()
    found = []
    for match in FENCE.finditer(text):
        found.append((match.start(), match[2], re.sub(rf"^{match[1]}", "", match[3], flags=re.M)))
    # What is inside a fence is blanked, so that its lines are not taken again.
    outside = FENCE.sub(lambda match: re.sub(r"[^\n]", "`", match[0]), text)
    for match in INDENTED.finditer(outside):
        found.append((match.start(), "", re.sub(r"^    ", "", match[0], flags=re.M)))
    return [(language, body) for _, language, body in sorted(found)]


def block(path, language, number=0):
    """The text of one of the blocks in a language."""
    return [body for name, body in blocks(path) if name == language][number]
