#!/usr/bin/env bash
# Makes sure that a cargo subcommand is there: cargo-tool.sh NAME VERSION
# What is installed already is kept, whichever version: the one given is what a fresh machine gets.
# Built without optimisation: the tools run for seconds, and an optimised build of them takes
# several times as long as all they will ever do here.
set -euo pipefail
name=$1 version=$2

if cargo "${name#cargo-}" --version >/dev/null 2>&1; then exit 0; fi
echo "Installing $name $version, once (a minute or two)"
# A target folder that goes away again: what is left of such a build is of no use to anybody.
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
CARGO_TARGET_DIR=$build CARGO_PROFILE_DEV_DEBUG=false \
  cargo install --quiet --locked --debug "$name" --version "$version"
