# Comity. `make demo` and `make test` are all a newcomer needs; both set up first.
PYTHON ?= python3.11
BIN := .venv/bin
STAMP := .venv/.set-up

.PHONY: setup demo test test-browser lint bench bench-reading bench-bargaining bench-accord bench-desk bench-desk-large conformance \
	certificates soak train train-seeds docs lock clean

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Comity needs Python 3.11 or newer: set PYTHON=/path/to/python"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: setup ## the brief of the example negotiation
	$(BIN)/comity brief examples/strait/reports --agenda examples/strait/agenda.toml --since 2031-03-05 -o out/brief.html
	@echo "Open out/brief.html in a browser."

test: setup lint ## lint and the whole suite, under five minutes
	$(BIN)/python -m pytest -n auto --dist loadfile

test-browser: setup ## the workbench in a real browser; part of the suite, skipped where no Chromium is found
	$(BIN)/python -m pytest -p no:xdist -m "browser or slow" tests/web tests/web_pages

lint: setup
	$(BIN)/ruff check src tests bench training
	$(BIN)/ruff format --check src tests bench training
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## figures, each beside a peer where one is installed
	$(BIN)/python -m bench

bench-reading: setup ## every figure of reading, beside the peers that are installed
	$(BIN)/python -m bench.reading

bench-bargaining: setup ## deals, openings and stability, beside the peers that are installed
	$(BIN)/python -m bench.bargaining

bench-accord: setup ## the monitor's speed, online and in batch, beside the peers that are installed
	$(BIN)/python -m bench.accord

bench-desk: setup ## the workbench with many statements and people
	$(BIN)/python -m bench.desk --documents 400 --statements 10000

bench-desk-large: setup ## the same with 20,000 documents and 500,000 statements, folded first (an hour; kept in out/large.comity)
	mkdir -p out
	$(BIN)/python -m bench.daybook_speed --keep out/large.comity
	$(BIN)/python -m bench.desk --documents 20000 --statements 500000 --keep out/large.comity

# Needs the CPU build of torch 2.13.0 where pip finds it (PIP_FIND_LINKS); training only, nothing at run time.
.venv-train: requirements/train.txt
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.txt
	@touch .venv-train

train: setup .venv-train ## the shipped model anew from ../shared/data, seeds fixed (two hours on one core)
	OMP_NUM_THREADS=1 PYTHONPATH=src:. .venv-train/bin/python -m training.attribution --seed 1 --epochs 6 --out out/train
	OMP_NUM_THREADS=1 PYTHONPATH=src:. .venv-train/bin/python -m training.export --weights out/train/model.pt --out src/comity/reading/model/files
	$(BIN)/python -m training.tune --model src/comity/reading/model/files --write
	$(BIN)/python -m training.calibrate --model src/comity/reading/model/files --write --plot docs/images/reliability.svg
	$(BIN)/python -m training.chances --write --plot docs/images/chances.svg

train-seeds: setup .venv-train ## the same recipe under three seeds, and the mean of their dev figures (four to six hours on one core)
	for seed in 1 2 3; do \
	  OMP_NUM_THREADS=1 PYTHONPATH=src:. .venv-train/bin/python -m training.attribution --seed $$seed --epochs 6 --out out/seed$$seed && \
	  OMP_NUM_THREADS=1 PYTHONPATH=src:. .venv-train/bin/python -m training.export --weights out/seed$$seed/model.pt --out out/seed$$seed/files && \
	  $(BIN)/python -m training.tune --model out/seed$$seed/files --write || exit 1; \
	done
	$(BIN)/python -m training.seeds out/seed1/files out/seed2/files out/seed3/files

conformance: setup ## the monitor against MonPoly's own test suite
	$(BIN)/python -m bench.conformance

certificates: setup ## 10,000 certificates and mutants, 1,000 logs in disorder, a million rows, real records
	$(BIN)/python -m bench.certificates --count 10000
	$(BIN)/python -m bench.incidents --ucdp --logs 1000 --rows 1000000
	$(BIN)/python -m bench.corridors
	$(BIN)/python -m bench.observers

soak: setup ## 10,000 documents into a case, killed three times; ten million events through the monitor
	$(BIN)/python -m bench.soak --documents 10000
	$(BIN)/python -m bench.accord_soak

docs: setup ## the generated reference pages
	$(BIN)/python -m bench.reference

lock: ## hash-pinned requirement files, without any index address
	uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra pdf --extra deal -o requirements/run.txt
	uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml requirements/dev.in --extra pdf --extra deal -o requirements/dev.txt

clean:
	rm -rf .venv out build dist
