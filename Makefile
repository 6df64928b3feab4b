# Everything runs in .venv, from locked dependencies; PYTHON names the interpreter to build it with.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test model notebook quality speed lock clean

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

demo: $(STAMP)
	$(BIN)/danvan run corpora/samples --out demo --overwrite

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest
	$(BIN)/python benchmarks/quality.py

model: $(STAMP)
	$(BIN)/python -m danvan_nlp.themes.train --corpus corpora/annotated --out models/themes

# Jupyter is not locked: a notebook may be opened in any editor that runs it. The first one makes a run of the annotated
# reports; DANVAN_RUN names another.
notebook: $(STAMP)
	$(BIN)/python -m pip install --quiet --editable '.[notebook]'
	$(BIN)/jupyter notebook notebooks

quality: $(STAMP)
	$(BIN)/python benchmarks/quality.py --errors 10

speed: $(STAMP)
	$(BIN)/python benchmarks/speed.py

# Needs uv (https://docs.astral.sh/uv) and the network; the lock serves Linux, macOS and Windows.
lock:
	uv pip compile pyproject.toml --extra test --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-header --no-annotate --upgrade --output-file requirements.lock

clean:
	rm -rf .venv demo demo-notebooks demo-notebooks-texts
