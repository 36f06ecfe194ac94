#!/usr/bin/env bash
# Says what is missing where a tool named as argument (cargo, npm) is not on this machine. Debian 12 brings
# versions that are too old, so neither is installed from its packages.
set -euo pipefail

declare -A where=(
  [cargo]='Rust 1.90 or newer: https://rustup.rs'
  [npm]='Node.js 20.19 or newer: https://nodejs.org/download'
)

missing=0
for tool in "$@"; do
  if ! command -v "$tool" >/dev/null; then
    echo "\`$tool\` is not there. Install ${where[$tool]}, open a new terminal and try again." >&2
    missing=1
  fi
done
exit "$missing"
