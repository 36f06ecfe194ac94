#!/usr/bin/env bash
# Runs a command with a screen and a session bus of its own, so that tests open real windows on any
# machine and never on the developer's desktop: with-display.sh COMMAND [ARGUMENT…]
set -euo pipefail

# The developer's own session must not leak in: GTK would prefer its Wayland screen to ours.
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export GDK_BACKEND=x11
# Without a graphics card WebKitGTK paints several times faster on this path.
export WEBKIT_DISABLE_DMABUF_RENDERER=1
# A plain "C" locale reaches the web view as a language of that name.
export LC_ALL=C.UTF-8

# The session bus reports every service it starts, also after the command's last line: its standard
# error goes nowhere, while the command keeps the one we were given.
exec 9>&2
exec xvfb-run --auto-servernum --server-args='-screen 0 1920x1080x24' bash -c '
  exec dbus-run-session -- bash -c "exec \"\$@\" 2>&9 9>&-" command "$@" 2>/dev/null
' command "$@"
