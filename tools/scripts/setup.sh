#!/bin/sh
# Installs from Debian what building and testing Atled needs. Run as root or with sudo; may be run again.
set -eu

packages="
  build-essential ca-certificates cmake ninja-build
  clang-22 lld-22 clang-format-22 clang-tidy-22
  libmlir-22-dev mlir-22-tools llvm-22-dev llvm-22-tools libzstd-dev zlib1g-dev
  libgtest-dev libmpfr-dev python3 python3-numpy python3-torch"

missing=""
for package in $packages; do
  [ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086  # one word each
$sudo apt-get install -y -qq --no-install-recommends $missing
