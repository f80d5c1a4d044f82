# From a folder of reports to a queryable corpus. `make help` lists the commands.

CORPUS ?= corpus
OUT    ?= out
JOBS   ?= 0
TIME_LIMIT ?=
STRICT ?=
CLUSTER ?=
FRESH  ?=
FORMAT ?= all
PUBLIC ?=
PORT   ?= 8001
OPEN   ?=
GOLD   ?= tests/gold
PYTHON ?= python3.11

# Where nobody says which folder, the one that the last run found the reports in.
GIVEN  := $(if $(filter file,$(origin CORPUS)),,--corpus "$(CORPUS)")

VENV      := .venv
BIN       := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed
EXPORT_STAMP := $(VENV)/.installed-export
DEV_STAMP := $(VENV)/.installed-dev

# Our packages come first: another library is called `schema` too.
export PYTHONPATH := src

.DEFAULT_GOAL := help
.PHONY: help extract test check fix looks looks-few fuzz evaluate browse report sample export diff cite doctor names corrections lines kolada kolada-fetch corpus docs site-docs clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Variables: CORPUS=folder OUT=folder JOBS=processes TIME_LIMIT=seconds CLUSTER=address STRICT=1 FRESH=1 JSON=file JUNIT=file GITHUB=1 QUIET=1"

extract: $(RUN_STAMP) ## read every report under CORPUS and write OUT/corpus.sqlite
	@$(BIN)/python -m namndata extract "$(CORPUS)" --out "$(OUT)" --jobs $(JOBS) \
	    $(if $(TIME_LIMIT),--time-limit $(TIME_LIMIT)) $(if $(CLUSTER),--cluster "$(CLUSTER)") $(if $(STRICT),--strict) $(if $(FRESH),--fresh) \
	    $(if $(JSON),--json "$(JSON)") $(if $(JUNIT),--junit "$(JUNIT)") $(if $(GITHUB),--github) $(if $(QUIET),--quiet)

test: $(DEV_STAMP) ## run the tests
	@$(BIN)/python -m pytest -n 2

check: $(DEV_STAMP) ## lint, type-check, hold the arrows between the rooms, find names that nothing uses
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture

looks: $(DEV_STAMP) ## score the reading of the example reports in every look that reports have, against its floors
	@$(BIN)/python bench/looks.py

looks-few: $(DEV_STAMP) ## the same for some reports of each look, as continuous integration does
	@$(BIN)/python bench/looks.py --few

fuzz: $(DEV_STAMP) ## read N=10000 damaged copies of the example reports: none may bring the program down; SEED=1
	@$(BIN)/python bench/fuzz.py $(or $(N),10000) --seed $(or $(SEED),1)

fix: $(DEV_STAMP) ## format, and mend what the linter can mend
	$(BIN)/ruff format src tests
	$(BIN)/ruff check --fix .

evaluate: $(RUN_STAMP) ## score OUT/corpus.sqlite against the gold in tests/gold
	@$(BIN)/python -m namndata evaluate "$(OUT)/corpus.sqlite" --gold "$(GOLD)"

browse: $(RUN_STAMP) ## look at OUT/corpus.sqlite in a browser; PORT=8001, OPEN=no only says the address
	@$(BIN)/python -m namndata browse "$(OUT)/corpus.sqlite" --port $(PORT) $(GIVEN) \
	    $(if $(filter no,$(OPEN)),--no-open)

report: $(RUN_STAMP) ## write OUT/report/index.html: the corpus to look at, each value beside its page; PUBLIC=1
	@$(BIN)/python -m namndata report "$(OUT)" --out "$(OUT)/report" $(GIVEN) $(if $(PUBLIC),--public)

sample: $(RUN_STAMP) ## draw values to judge; once judged, say how many are wrong
	@$(BIN)/python -m namndata sample "$(OUT)/corpus.sqlite" $(GIVEN)

export: $(EXPORT_STAMP) ## write OUT/corpus.sqlite for other programs: FORMAT=xlsx, csv, parquet, datapackage or all; PUBLIC=1
	@$(BIN)/python -m namndata export "$(OUT)/corpus.sqlite" --format "$(FORMAT)" --out "$(OUT)/export" \
	    $(GIVEN) $(if $(PUBLIC),--public)

diff: $(RUN_STAMP) ## say which reports and values differ between OLD=a.sqlite and NEW=b.sqlite; FORMAT=text, md or json
	$(if $(and $(OLD),$(NEW)),,$(error Say which corpora to compare: make diff OLD=a.sqlite NEW=b.sqlite))
	@$(BIN)/python -m namndata diff "$(OLD)" "$(NEW)" $(if $(filter md json text,$(FORMAT)),--format $(FORMAT))

cite: $(RUN_STAMP) ## print what VALUE=id is cited as: whose report, date, page, table, row, column
	$(if $(VALUE),,$(error Say which value: make cite VALUE=id, as in the columns id and value_id))
	@$(BIN)/python -m namndata cite "$(VALUE)" --database "$(OUT)/corpus.sqlite"

doctor: $(RUN_STAMP) ## say what this machine lacks, and what to do about it
	@$(BIN)/python -m namndata doctor --out "$(OUT)"

corpus: $(DEV_STAMP) ## typeset the example corpus from its sources
	@$(BIN)/python corpus/sources/build.py

names: $(RUN_STAMP) ## list which names may be one indicator; `namndata names --help` says how to decide
	@$(BIN)/python -m namndata names list --database "$(OUT)/corpus.sqlite" $(GIVEN)

corrections: $(RUN_STAMP) ## list what people corrected; `namndata corrections --help` says how to add and check
	@$(BIN)/python -m namndata corrections list --database "$(OUT)/corpus.sqlite" $(GIVEN)

lines: $(RUN_STAMP) ## list which lines of money tables may be one; `namndata lines --help` says how to decide
	@$(BIN)/python -m namndata lines list --database "$(OUT)/corpus.sqlite" $(GIVEN)

kolada: $(RUN_STAMP) ## list which indicators may be the nation's; `namndata kolada --help` says how to decide
	@$(BIN)/python -m namndata kolada list --database "$(OUT)/corpus.sqlite" $(GIVEN)

kolada-fetch: $(RUN_STAMP) ## fetch official values of linked indicators into CORPUS/kolada; asks Kolada's API
	@$(BIN)/python -m namndata kolada fetch $(if $(GIVEN),"$(CORPUS)") --database "$(OUT)/corpus.sqlite"

site-docs: $(DEV_STAMP) ## build the documentation as a site into out/site-docs; fails when a link leads nowhere
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet && echo "out/site-docs/index.html"

docs: $(RUN_STAMP) ## write docs/data-dictionary.md from the dictionary
	@$(BIN)/python -m namndata dictionary > docs/data-dictionary.md

clean: ## delete what was built, but not the environment
	rm -rf out/.cache out/corpus.sqlite out/run.log .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what namndata needs into $(VENV); the first time takes some minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(EXPORT_STAMP): $(RUN_STAMP)
	@echo "Installing what writes Excel and Parquet files."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[export]'
	@touch $@

# pip learnt dependency groups in 25.1, so the constrained pip is installed first.
$(DEV_STAMP): $(EXPORT_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev
	@touch $@
