"""Runs every command line with one of our tools that a page of docs/ shows, and looks up every flag that a page names:
`commands.py SOURCES FOLDER`. The README has a test of its own."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import markdown

TOOLS = ["atled-compile", "atled-lsp-server", "atled-opt", "atled-reduce", "atled-run"]
# The first words of a line that is a command. What a page makes with our tools, it may compile and run.
COMMAND = re.compile(rf"\s*(?:{'|'.join(TOOLS)}|clang-22|build/\w+) ")

# Programs that a page may mean by model.mlir: with one argument, with two, with a small one.
MODELS = ["%x: tensor<16xf64>", "%x: tensor<4xf64>, %y: tensor<4xf64>", '%x: tensor<4xf64> {atled.name = "x"}']
MODEL = """\
func.func @loss({arguments}) -> tensor<f64> {{
  %sine = atled.sin %x : {type}
  %loss = atled.dot %sine, {other} : ({type}, {type}) -> tensor<f64>
  return %loss : tensor<f64>
}}
func.func @test() {{
  %zero = atled.constant dense<0.0> : tensor<f64>
  %sine = atled.sin %zero : tensor<f64>
  check.expect_eq %sine, %zero : tensor<f64>
  return
}}
"""
FAILING = """\
func.func private @f(%x: tensor<f64>) -> tensor<f64> {
  %y = math.atan %x : tensor<f64>
  return %y : tensor<f64>
}
func.func @ask(%x: tensor<f64>) -> tensor<f64> {
  %y = ad.grad @f(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %y : tensor<f64>
}
"""
INPUT = """\
func.func @x() -> tensor<4xf64> {
  %x = atled.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
  return %x : tensor<4xf64>
}
"""
# What is to fail, and with which words.
FAILURES = {"--run-reproducer": "'math.atan' op has no derivative rule"}


def script(path, text):
    path.write_text(text)
    path.chmod(0o755)


def prepare(folder, sources, arguments):
    """A folder with what the pages take for granted."""
    type = re.search(r"tensor<\w+>", arguments)[0]
    (folder / "build").mkdir(parents=True)
    (folder / "docs").symlink_to(sources / "docs")
    (folder / "model.mlir").write_text(
        MODEL.format(arguments=arguments, type=type, other="%y" if "%y" in arguments else "%x"))
    (folder / "input.mlir").write_text(INPUT)
    (folder / "failing.mlir").write_text(FAILING)
    script(folder / "crashes.sh", markdown.block(sources / "docs/HowTo/Debug.md", "sh"))
    if not shutil.which("dot"):
        (folder / "bin").mkdir()
        script(folder / "bin/dot", "#!/bin/sh\nexec cat\n")
    run(folder, "atled-run input.mlir --output=x.npy")
    run(folder, "atled-opt failing.mlir --ad-differentiate --mlir-pass-pipeline-crash-reproducer=crash.mlir")


def run(folder, command):
    environment = {**os.environ, "PATH": os.pathsep.join([os.environ["PATH"], str(folder / "bin")])}
    return subprocess.run(["sh", "-c", command], cwd=folder, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def works(folder, command):
    result = run(folder, command)
    words = next((words for flag, words in FAILURES.items() if flag in command), None)
    return (result.returncode == 0) if words is None else words in result.stdout, result.stdout


def commands(page):
    for language, text in markdown.blocks(page):
        if language in ("", "sh") and not text.startswith("#!"):
            joined = text.replace("\\\n", " ")
            yield from (line.strip() for line in joined.splitlines() if COMMAND.match(line))


def flags(page):
    """Each flag in a piece of code within the text, with the tool if one is named."""
    text = markdown.INDENTED.sub("", markdown.FENCE.sub("", page.read_text()))
    for code in re.findall(r"`([^`\n]+)`", text):
        named = re.match(r"(atled-[\w-]+) ", code)
        if named or re.match("--[a-z]", code):
            for flag in re.findall(r"(?:^|\s)(--?[a-z][\w-]*)", code):
                yield named[1] if named else None, flag


def main():
    sources, top = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    folders = [top / str(number) for number in range(len(MODELS))]
    for folder, arguments in zip(folders, MODELS):
        prepare(folder, sources, arguments)
    help = {tool: run(top, f"{tool} --help-hidden").stdout for tool in [*TOOLS, "atled-tblgen"]}
    known = {tool: set(re.findall(r"(?:^|\s)(--?[A-Za-z][\w-]*)", text)) for tool, text in help.items()}

    count, offences = 0, []
    for page in sorted((sources / "docs").rglob("*.md")):
        name = page.relative_to(sources)
        for command in commands(page):
            count += 1
            answers = []
            for folder in folders:
                done, answer = works(folder, command)
                answers.append(answer)
                if done:
                    break
            else:
                offences.append(f"{name}: {command}\n{answers[0]}")
        for tool, flag in flags(page):
            count += 1
            if not any(flag in known[one] for one in ([tool] if tool else TOOLS)):
                offences.append(f"{name}: no {tool or 'tool'} knows the flag {flag}")
    print(*offences, sep="\n")
    print(f"{count} commands and flags, {len(offences)} of them wrong")


main()
