#!/usr/bin/env bash
# Makes every picture of the app icon from its SVG sources. Run it (`make icons`) when a source
# changes; the results are committed, so that building the app needs none of these tools.
# Needs the Debian packages librsvg2-bin, icoutils and icnsutils; `make icons` installs them.
set -euo pipefail
cd "$(dirname "$0")/../assets/icon"

# Fine details blur at 32 pixels and less: those sizes have a drawing of their own.
draw() {
  local size=$1 file=$2 source=backcast.svg
  if [ "$size" -le 32 ]; then source=backcast-small.svg; fi
  rsvg-convert --width "$size" --height "$size" "$source" --output "$file"
}

for size in 16 32 48 64 128 256 512; do draw "$size" "${size}x${size}.png"; done

icotool --create --output icon.ico --raw=256x256.png 16x16.png 32x32.png 48x48.png 64x64.png
png2icns icon.icns 16x16.png 32x32.png 48x48.png 128x128.png 256x256.png 512x512.png >/dev/null
echo 'Icons made:' *.png icon.ico icon.icns
