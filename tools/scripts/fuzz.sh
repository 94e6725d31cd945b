#!/bin/sh
# Tries what nobody wrote on the tools, and exits with 0 if all went well:
#
#   fuzz.sh [--minutes N] [--seed N]
#
# Random programs with control flow against an interpreter, random graphs of all operations against PyTorch (both at
# several levels of optimisation, with both modes of differentiation and differences), and mutated text, a third of the
# time each, 10 minutes by default. What fails is made smaller and printed. The seed is another one each time, and
# printed: the same seed tries the same. Builds what is needed first; run as root or with sudo.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."

minutes=10
seed=$(($(date +%s) % 1000000 * 1000))
while [ $# -gt 0 ]; do
  case $1 in
  --minutes | --seed) [ $# -gt 1 ] || { echo "fuzz.sh: $1 takes a number" >&2 && exit 2; } ;;
  *) echo "fuzz.sh: there is no option '$1'; there are --minutes and --seed" >&2 && exit 2 ;;
  esac
  case $2 in
  '' | *[!0-9]*) echo "fuzz.sh: $1 takes a number, not '$2'" >&2 && exit 2 ;;
  esac
  if [ "$1" = --minutes ]; then minutes=$2; else seed=$2; fi
  shift 2
done

sh tools/scripts/setup.sh
cmake --preset development > /dev/null
cmake --build --preset development --target atled-compile atled-opt atled-run
tools=$PWD/build/development/bin
export PATH="$tools:/usr/lib/llvm-22/bin:$PATH"
third=$(echo "$minutes" | awk '{ print $1 / 3 }')

code=0
# Says how to try the same again where it fails.
try() {
  echo "== $*"
  /usr/bin/python3 "$@" || { code=1 && echo "failed; again: fuzz.sh --minutes $minutes --seed $seed, or python3 $*"; }
}
try test/Fuzz/control_flow.py --tools="$tools" --memory=8 --first="$seed" --minutes="$third"
try test/Oracle/random-programs.py build/fuzz --seed="$seed" --minutes="$third"
try test/Fuzz/hostile_text.py --tools="$tools" --memory=8 --seed="$seed" --minutes="$third"
exit $code
