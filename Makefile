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

# What people read is said in the language that namndata speaks.
SWEDISH := $(filter sv%,$(firstword $(NAMNDATA_LANG) $(LC_ALL) $(LC_MESSAGES) $(LANG)))
said     = $(if $(SWEDISH),$(2),$(1))

VENV      := .venv
BIN       := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed
EXPORT_STAMP := $(VENV)/.installed-export
DEV_STAMP := $(VENV)/.installed-dev

# Our packages come first: another library is called `schema` too.
export PYTHONPATH := src

.DEFAULT_GOAL := help
.PHONY: help extract test check fix looks looks-few fuzz evaluate browse report sample export diff cite doctor names corrections lines kolada kolada-fetch corpus docs site-docs clean

help: ## list the commands · lista kommandona
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {split($$2, said, " · "); printf "make %-12s %s\n", $$1, said[$(call said,1,2)]}' $(MAKEFILE_LIST)
	@echo
	@echo "$(call said,Variables,Variabler): CORPUS=folder OUT=folder JOBS=processes TIME_LIMIT=seconds CLUSTER=address STRICT=1 FRESH=1 JSON=file JUNIT=file GITHUB=1 QUIET=1"

extract: $(RUN_STAMP) ## read every report under CORPUS and write OUT/corpus.sqlite · läs varje rapport under CORPUS och skriv OUT/corpus.sqlite
	@$(BIN)/python -m namndata extract "$(CORPUS)" --out "$(OUT)" --jobs $(JOBS) \
	    $(if $(TIME_LIMIT),--time-limit $(TIME_LIMIT)) $(if $(CLUSTER),--cluster "$(CLUSTER)") $(if $(STRICT),--strict) $(if $(FRESH),--fresh) \
	    $(if $(JSON),--json "$(JSON)") $(if $(JUNIT),--junit "$(JUNIT)") $(if $(GITHUB),--github) $(if $(QUIET),--quiet)

test: $(DEV_STAMP) ## run the tests · kör testerna
	@$(BIN)/python -m pytest -n 2

check: $(DEV_STAMP) ## lint, type-check, hold the arrows between the rooms, find names that nothing uses · granska koden: stil, typer, vem som får använda vem, namn som inget använder
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture

looks: $(DEV_STAMP) ## score the reading of the example reports in every look that reports have, against its floors · mät läsningen av exempelrapporterna i alla utseenden som rapporter har, mot golven
	@$(BIN)/python bench/looks.py

looks-few: $(DEV_STAMP) ## the same for some reports of each look, as continuous integration does · detsamma för några rapporter av varje utseende
	@$(BIN)/python bench/looks.py --few

fuzz: $(DEV_STAMP) ## read N=10000 damaged copies of the example reports: none may bring the program down; SEED=1 · läs N=10000 skadade kopior av exempelrapporterna: ingen får fälla programmet; SEED=1
	@$(BIN)/python bench/fuzz.py $(or $(N),10000) --seed $(or $(SEED),1)

fix: $(DEV_STAMP) ## format, and mend what the linter can mend · formatera koden och rätta det som kan rättas
	$(BIN)/ruff format src tests
	$(BIN)/ruff check --fix .

evaluate: $(RUN_STAMP) ## score OUT/corpus.sqlite against the gold in tests/gold · mät OUT/corpus.sqlite mot facit i tests/gold
	@$(BIN)/python -m namndata evaluate "$(OUT)/corpus.sqlite" --gold "$(GOLD)"

browse: $(RUN_STAMP) ## look at OUT/corpus.sqlite in a browser; PORT=8001, OPEN=no only says the address · titta på OUT/corpus.sqlite i webbläsaren; PORT=8001, OPEN=no säger bara adressen
	@$(BIN)/python -m namndata browse "$(OUT)/corpus.sqlite" --port $(PORT) $(GIVEN) \
	    $(if $(filter no,$(OPEN)),--no-open)

report: $(RUN_STAMP) ## write OUT/report/index.html: the corpus to look at, each value beside its page; PUBLIC=1 · skriv OUT/report/index.html: korpusen att titta på, varje värde bredvid sin sida; PUBLIC=1
	@$(BIN)/python -m namndata report "$(OUT)" --out "$(OUT)/report" $(GIVEN) $(if $(PUBLIC),--public)

sample: $(RUN_STAMP) ## draw values to judge; once judged, say how many are wrong · lotta fram värden att bedöma; sedan sägs hur många som är fel
	@$(BIN)/python -m namndata sample "$(OUT)/corpus.sqlite" $(GIVEN)

export: $(EXPORT_STAMP) ## write OUT/corpus.sqlite for other programs: FORMAT=xlsx, csv, parquet, datapackage or all; PUBLIC=1 · skriv OUT/corpus.sqlite för andra program: FORMAT=xlsx, csv, parquet, datapackage eller all; PUBLIC=1
	@$(BIN)/python -m namndata export "$(OUT)/corpus.sqlite" --format "$(FORMAT)" --out "$(OUT)/export" \
	    $(GIVEN) $(if $(PUBLIC),--public)

diff: $(RUN_STAMP) ## say which reports and values differ between OLD=a.sqlite and NEW=b.sqlite; FORMAT=text, md or json · säg vilka rapporter och värden som skiljer OLD=a.sqlite och NEW=b.sqlite; FORMAT=text, md eller json
	$(if $(and $(OLD),$(NEW)),,$(error $(call said,Say which corpora to compare,Säg vilka korpusar som ska jämföras): make diff OLD=a.sqlite NEW=b.sqlite))
	@$(BIN)/python -m namndata diff "$(OLD)" "$(NEW)" $(if $(filter md json text,$(FORMAT)),--format $(FORMAT))

cite: $(RUN_STAMP) ## print what VALUE=id is cited as: whose report, date, page, table, row, column · skriv hur VALUE=id citeras: vems rapport, datum, sida, tabell, rad, kolumn
	$(if $(VALUE),,$(error $(call said,Say which value by its id or value_id,Säg vilket värde med dess id eller value_id): make cite VALUE=id))
	@$(BIN)/python -m namndata cite "$(VALUE)" --database "$(OUT)/corpus.sqlite"

doctor: $(RUN_STAMP) ## say what this machine lacks, and what to do about it · säg vad datorn saknar, och vad som kan göras åt det
	@$(BIN)/python -m namndata doctor --out "$(OUT)"

corpus: $(DEV_STAMP) ## typeset the example corpus from its sources · sätt exempelrapporterna från deras källor
	@$(BIN)/python corpus/sources/build.py

names: $(RUN_STAMP) ## list which names may be one indicator; `namndata names --help` says how to decide · lista namn som kan vara en och samma indikator; `namndata names --help` säger hur man bestämmer
	@$(BIN)/python -m namndata names list --database "$(OUT)/corpus.sqlite" $(GIVEN)

corrections: $(RUN_STAMP) ## list what people corrected; `namndata corrections --help` says how to add and check · lista vad som rättats; `namndata corrections --help` säger hur man rättar och kontrollerar
	@$(BIN)/python -m namndata corrections list --database "$(OUT)/corpus.sqlite" $(GIVEN)

lines: $(RUN_STAMP) ## list which lines of money tables may be one; `namndata lines --help` says how to decide · lista rader med pengar som kan vara en och samma; `namndata lines --help` säger hur man bestämmer
	@$(BIN)/python -m namndata lines list --database "$(OUT)/corpus.sqlite" $(GIVEN)

kolada: $(RUN_STAMP) ## list which indicators may be the nation's; `namndata kolada --help` says how to decide · lista indikatorer som kan vara nationella; `namndata kolada --help` säger hur man bestämmer
	@$(BIN)/python -m namndata kolada list --database "$(OUT)/corpus.sqlite" $(GIVEN)

kolada-fetch: $(RUN_STAMP) ## fetch official values of linked indicators into CORPUS/kolada; asks Kolada's API · hämta officiella värden för länkade indikatorer till CORPUS/kolada; frågar Koladas API
	@$(BIN)/python -m namndata kolada fetch $(if $(GIVEN),"$(CORPUS)") --database "$(OUT)/corpus.sqlite"

site-docs: $(DEV_STAMP) ## build the documentation as a site into out/site-docs; fails when a link leads nowhere · bygg dokumentationen som webbplats i out/site-docs; misslyckas om en länk inte leder någonstans
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet && echo "out/site-docs/index.html"

docs: $(RUN_STAMP) ## write docs/data-dictionary.md from the dictionary · skriv docs/data-dictionary.md ur ordlistan över kolumner
	@$(BIN)/python -m namndata dictionary > docs/data-dictionary.md

clean: ## delete what was built, but not the environment · ta bort det som byggts, men inte miljön
	rm -rf out/.cache out/corpus.sqlite out/run.log .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo "$(call said,Installing what namndata needs; the first time takes some minutes.,Installerar det som namndata behöver; första gången tar det några minuter.)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(EXPORT_STAMP): $(RUN_STAMP)
	@echo "$(call said,Installing what writes Excel and Parquet files.,Installerar det som skriver Excel- och Parquetfiler.)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[export]'
	@touch $@

# pip learnt dependency groups in 25.1, so the constrained pip is installed first.
$(DEV_STAMP): $(EXPORT_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev
	@touch $@
