# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
PART ?=
SOAK := $(VENV)/soak.xml
# Tests start some hundred processes, and each would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint soak docs sbom clean

demo: $(VENV)/.runtime
	rm -rf $(DEMO)
	$(BIN)/holdfast demo $(DEMO)
	$(BIN)/holdfast run -w $(DEMO)
	$(BIN)/holdfast portfolio -w $(DEMO) --html $(DEMO)/portfolio.html
	@if [ -t 1 ] && [ "$$HOLDFAST_DEMO_SERVE" != 0 ]; then exec $(BIN)/holdfast serve -w $(DEMO); \
	else echo "Next: $(BIN)/holdfast serve -w $(DEMO)"; fi

test: $(VENV)/.dev lint
	scripts/java.sh
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder -m "not soak"

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/mypy

soak: $(VENV)/.dev
	scripts/java.sh
	rm -f $(SOAK)
	status=0; $(BIN)/pytest -n 2 -m soak $(if $(PART),-k $(PART)) --junitxml=$(SOAK) || status=$$?; \
	$(BIN)/python scripts/soak_report.py $(SOAK) || status=1; exit $$status

docs: $(VENV)/.dev
	$(BIN)/python scripts/reference.py

sbom: $(VENV)/.runtime
	$(BIN)/python scripts/sbom.py

$(VENV)/.runtime: requirements.lock pyproject.toml
	scripts/venv.sh $(PYTHON) $(VENV) requirements.lock
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	scripts/venv.sh $(PYTHON) $(VENV) requirements-dev.lock
	touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache
