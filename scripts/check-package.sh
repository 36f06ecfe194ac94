#!/usr/bin/env bash
# Checks the Debian package as a user gets it: what is in it, and that the programs out of it pass the journeys.
# check-package.sh PACKAGE.deb; needs a display (see with-display.sh).
set -euo pipefail
package=$(realpath "$1")
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dpkg-deb --extract "$package" "$folder"

for file in \
  usr/bin/backcast usr/bin/backcast-app \
  usr/share/applications/Backcast.desktop usr/share/mime/packages/backcast.xml \
  usr/share/man/man1/backcast.1.gz usr/share/man/man1/backcast-check.1.gz usr/share/bash-completion/completions/backcast \
  usr/share/doc/backcast/copyright; do
  [ -e "$folder/$file" ] || { echo "The package lacks $file."; exit 1; }
done
grep -q '^Exec=.*%F' "$folder/usr/share/applications/Backcast.desktop" || {
  echo 'A double click on a file would open nothing: the desktop entry passes no files.'; exit 1; }

BACKCAST_APP="$folder/usr/bin/backcast-app" \
  cargo nextest run --package backcast-tests --test app --test editing --test hostile_text --test command_line
