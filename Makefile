# Everything a newcomer, a developer and the build server do here. `make` alone lists it.
# Each target sets up what it needs, starting from a bare Debian 12 with Rust and Node.js, and
# skips what stands already.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The targets are steps on one machine and wait for the same lock of cargo: side by side only
# their output would mix.
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

# One target folder for all of it, so that nothing is compiled twice.
export CARGO_TARGET_DIR := $(CURDIR)/target

SAMPLE := assets/samples/escape-my-house.backcast.json

# Versions for a machine that does not have the tool yet.
NEXTEST_VERSION := 0.9.151
DENY_VERSION := 0.20.2

# What Debian has to bring, for the command line, for the window, and for tests with a window.
PACKAGES_CLI := build-essential pkg-config
PACKAGES_APP := $(PACKAGES_CLI) libwebkit2gtk-4.1-dev librsvg2-dev file
# Programs of others that read what we write, and say whether it is right.
PACKAGES_ORACLES := poppler-utils graphviz python3-networkx python3-openpyxl
PACKAGES_TEST := $(PACKAGES_APP) xvfb xauth dbus webkit2gtk-driver fonts-dejavu-core $(PACKAGES_ORACLES) chromium xdotool
PACKAGES_ICONS := librsvg2-bin icoutils icnsutils

# The build server must see the lock file as it is committed; a developer may be changing it.
LOCKED := $(if $(CI),--locked)
# The app as people get it, with the interface inside the binary. Always the whole workspace: cargo
# picks the features of shared crates by what is built together, and would build them again.
WHOLE_APP := --workspace --features backcast-app/custom-protocol $(LOCKED)

# What `make run` opens: `dev` is compiled in the least time and shares its files with `make test`;
# `make run PROFILE=release` is the app as it is packaged.
PROFILE ?= dev
PROFILE_FOLDER := $(if $(filter dev,$(PROFILE)),debug,$(PROFILE))

UI_SOURCES := $(shell find ui -type d \( -name node_modules -o -name dist \) -prune -o -type f -print)

TAURI := ui/node_modules/.bin/tauri
# Where tauri.conf.json takes the manual and the completions from.
COMMAND_LINE_FILES := target/package
step = @printf '\n== %s\n' '$(1)'

.PHONY: help
help: ## list the targets
	@echo 'Backcast: make TARGET, where TARGET is one of'
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 17

# --- Using it ---------------------------------------------------------------------------------

.PHONY: run
run: ## build the app and open the sample map (without a display: check and export it)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then $(MAKE) run-window; \
	else $(MAKE) run-command-line; fi

.PHONY: run-window
run-window: packages-app ui/dist/index.html
	$(call step,Building the app)
	@cargo build $(WHOLE_APP) --bin backcast-app --profile $(PROFILE)
	$(call step,Opening $(SAMPLE))
	@target/$(PROFILE_FOLDER)/backcast-app $(SAMPLE)

.PHONY: run-command-line
run-command-line: packages-cli
	@echo 'There is no display here, so the app cannot open its window.'
	@echo 'The command line does its work instead: it checks the sample map and exports it.'
	$(call step,Building the command line)
	@cargo build $(LOCKED) --package backcast-cli --bin backcast
	$(call step,backcast check $(SAMPLE))
	@# Status 1 says that the map has gaps, which the sample is meant to show; 2 would be a fault.
	@target/debug/backcast check $(SAMPLE) || [ $$? -eq 1 ]
	$(call step,backcast export --format json $(SAMPLE))
	@target/debug/backcast export --format json --output target/sample.backcast.json $(SAMPLE)

# --- Changing it ------------------------------------------------------------------------------

.PHONY: dev
dev: packages-app ui/node_modules/.stamp ## open the app with hot reload of the interface
	@$(TAURI) dev

.PHONY: test
test: lint test-ui test-access test-app ## everything that must stay green, in the real window too

.PHONY: test-ui
test-ui: ui/node_modules/.stamp
	$(call step,Tests of the interface)
	@npm --prefix ui run --silent test

.PHONY: test-access
test-access: packages-test ui/node_modules/.stamp ## look at every state of the interface with axe-core (ALL=1: in every theme)
	$(call step,Accessibility of the interface)
	@npm --prefix ui run --silent test:access -- $(if $(ALL),--all)

.PHONY: test-app
test-app: packages-test ui/dist/index.html
	@scripts/cargo-tool.sh cargo-nextest $(NEXTEST_VERSION)
	$(call step,Building the app and the tests)
	@cargo build $(WHOLE_APP) --bins --tests
	$(call step,Tests of the workspace; the app in its real web view among them)
	@BACKCAST_APP='$(CURDIR)/target/debug/backcast-app' \
	  scripts/with-display.sh cargo nextest run $(WHOLE_APP)

# The same harnesses as in `make test`, for as long as it takes to meet what is rare: some hours.
# `SOAK=10` is a tenth of it. They need no window.
SOAK ?= 100
soak = $(shell echo $$(( $(1) * $(SOAK) / 100 )))

.PHONY: soak
soak: packages-cli ## hours of random work, kills, power cuts and damage on project files
	@scripts/cargo-tool.sh cargo-nextest $(NEXTEST_VERSION)
	$(call step,Harnesses of the project file in their long form)
	@BACKCAST_SCENARIOS=$(call soak,100000) BACKCAST_STORE_SCENARIOS=$(call soak,10000) \
	  BACKCAST_KILLS=$(call soak,10000) BACKCAST_CUTS=$(call soak,20000) \
	  BACKCAST_MUTATIONS=$(call soak,100000) BACKCAST_STEPS=$(call soak,10000) \
	  BACKCAST_TROUBLES=$(call soak,100) BACKCAST_REPLAY=all PROPTEST_CASES=$(call soak,10000) \
	  cargo nextest run $(LOCKED) --profile soak --cargo-profile soak --package backcast-model --package backcast-store

.PHONY: lint
lint: packages-app ui/node_modules/.stamp ## formatting, clippy, licences, types and style of the interface
	$(call step,Formatting of Rust)
	@cargo fmt --all --check
	$(call step,Types and style of the interface)
	@npm --prefix ui run --silent check
	$(call step,Licences and origins of dependencies)
	@scripts/cargo-tool.sh cargo-deny $(DENY_VERSION)
	@cargo deny --log-level error $(LOCKED) --all-features check bans licenses sources
	$(call step,Clippy)
	@cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings

# Apart from `lint`: it downloads the database of known vulnerabilities, which changes every day and
# is not reachable from everywhere.
.PHONY: advisories
advisories: ## look for known vulnerabilities in dependencies (needs the internet)
	@scripts/cargo-tool.sh cargo-deny $(DENY_VERSION)
	@cargo deny --all-features check advisories
	@npm --prefix ui audit

.PHONY: format
format: ui/node_modules/.stamp ## format all code
	@cargo fmt --all
	@npm --prefix ui run --silent format

.PHONY: bench
bench: packages-test ui/dist/index.html ## print the figures of speed and memory
	$(call step,Building as packaged)
	@cargo build $(WHOLE_APP) --bins --release
	$(call step,Measuring)
	@BACKCAST_APP='$(CURDIR)/target/release/backcast-app' \
	  scripts/with-display.sh cargo bench $(WHOLE_APP) --bench '*'

# Others' engines, in a page for the benchmark alone; nothing of it is in the app.
BENCH_PEERS := target/bench-peers

$(BENCH_PEERS)/peers.js: ui/node_modules/.stamp $(shell find ui/bench/peers -type f)
	@ui/node_modules/.bin/vite build --config ui/bench/peers/vite.config.ts

.PHONY: bench-ui
bench-ui: packages-test ui/dist/index.html $(BENCH_PEERS)/peers.js ## frames of the map beside other engines in the same web view (SIZES='300 1000')
	$(call step,Building as packaged)
	@cargo build $(WHOLE_APP) --bins --release
	$(call step,Measuring)
	@BACKCAST_APP='$(CURDIR)/target/release/backcast-app' BACKCAST_PEERS='$(CURDIR)/$(BENCH_PEERS)' \
	  scripts/with-display.sh cargo bench $(WHOLE_APP) --bench ui -- $(SIZES)
	@cargo bench $(LOCKED) --package backcast-layout --bench speed -- $(SIZES)

.PHONY: screenshots
screenshots: packages-test ui/dist/index.html ## take pictures of every view of every sample map, into target/screenshots
	$(call step,Building the app)
	@cargo build $(WHOLE_APP) --bins
	$(call step,Taking the pictures)
	@BACKCAST_APP='$(CURDIR)/target/debug/backcast-app' \
	  scripts/with-display.sh target/debug/screenshots target/screenshots

.PHONY: bindings
bindings: packages-app ## write the interface's TypeScript for commands and events anew
	@BACKCAST_WRITE_BINDINGS=1 cargo test $(LOCKED) --package backcast-app --lib bindings

# A picture of 5,000 touchpoints takes dot many minutes: it gets DOT_SECONDS, and SIZES leaves sizes out.
DOT_SECONDS ?= 900

.PHONY: bench-layout
bench-layout: ## compare the layout with Graphviz dot on the same maps (takes an hour; SIZES='100 300' a minute)
	@scripts/debian-packages.sh $(PACKAGES_CLI) graphviz
	@cargo bench $(LOCKED) --package backcast-layout --bench quality -- \
	  $(or $(SIZES),100 300 1000 2500 5000) --dot-seconds $(DOT_SECONDS) $(if $(STRICT),--strict)

# --- Shipping it ------------------------------------------------------------------------------

.PHONY: package
package: packages-app ui/node_modules/.stamp ## build the Debian package
	$(call step,Building the command line with its manual and completions)
	@cargo build $(LOCKED) --release --package backcast-cli --bin backcast
	@rm -rf $(COMMAND_LINE_FILES)
	@mkdir -p $(COMMAND_LINE_FILES)/man1
	@target/release/backcast man --into $(COMMAND_LINE_FILES)/man1
	@gzip --best --no-name $(COMMAND_LINE_FILES)/man1/*
	@for shell in bash zsh fish; do \
	  target/release/backcast completions $$shell > $(COMMAND_LINE_FILES)/backcast.$$shell; done
	$(call step,Building the app and its package)
	@$(TAURI) build --bundles deb
	@ls -1 target/release/bundle/deb/*.deb

.PHONY: check-package
check-package: packages-test package ## build the Debian package and run the journeys with what is in it
	@scripts/cargo-tool.sh cargo-nextest $(NEXTEST_VERSION)
	$(call step,Journeys with the programs out of the package)
	@scripts/with-display.sh scripts/check-package.sh target/release/bundle/deb/*.deb

.PHONY: icons
icons: ## make the icon files from their SVG sources
	@scripts/debian-packages.sh $(PACKAGES_ICONS)
	@scripts/icons.sh

.PHONY: clean
clean: ## remove everything that was built
	rm -rf target ui/dist ui/node_modules gen

# --- Setting up -------------------------------------------------------------------------------

.PHONY: packages-cli packages-app packages-test
packages-cli:
	@scripts/toolchain.sh cargo
	@scripts/debian-packages.sh $(PACKAGES_CLI)
packages-app:
	@scripts/toolchain.sh cargo npm
	@scripts/debian-packages.sh $(PACKAGES_APP)
packages-test:
	@scripts/toolchain.sh cargo npm
	@scripts/debian-packages.sh $(PACKAGES_TEST)

# No install scripts: what a package brings is data until we run it. The lock file holds what these
# platforms need, so the versions are those it names; `npm ci` would ask for every platform's binaries.
ui/node_modules/.stamp: ui/package.json ui/package-lock.json
	$(call step,Installing the packages of the interface)
	@npm --prefix ui install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

ui/dist/index.html: ui/node_modules/.stamp $(UI_SOURCES)
	$(call step,Building the interface)
	@npm --prefix ui run --silent build
	@touch $@
