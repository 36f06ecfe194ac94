#!/usr/bin/env bash
# Installs the Debian packages named as arguments that are not there yet; asks nothing, and does
# nothing (in particular no download of package lists) when all of them are there.
set -euo pipefail

if ! command -v dpkg-query >/dev/null; then
  echo "Not a Debian system: please see to these packages, or what they are called here: $*"
  exit 0
fi

missing=()
for package in "$@"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
echo "Installing Debian packages: ${missing[*]}"
"${as_root[@]}" apt-get update --quiet --quiet
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}"
