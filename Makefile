# make run      the desk, on this machine, until Ctrl-C        make run DEMO=0   an empty one
# make test     everything a commit must pass                 make lint         only the quick half
# make install  what the two need (they call it themselves)   make lock         pins anew what pyproject.toml allows

PY := .venv/bin/python
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3 python3.11 python3.12 python3.13 python3.14)
KEYS_OF_NOBODY := HELPDESK_SECRET_KEY=lint HELPDESK_ENCRYPTION_KEY=lint
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE  # a dozen processes of a run would each compile 700 files for themselves
.PHONY: install run test lint peers locale lock pictures audit

run: install
	@$(if $(DEMO),HELPDESK_DEMO=$(DEMO)) $(PY) manage.py run

test: lint peers
	@$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder --reruns 1

lint: install
	@$(PY) -m ruff format --check --quiet . || { echo "Format them: $(PY) -m ruff format ."; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(KEYS_OF_NOBODY) $(PY) -m mypy --no-error-summary .
	@missing=$$($(KEYS_OF_NOBODY) $(PY) -W ignore manage.py makemigrations --check --dry-run) || \
		{ echo "A migration is missing:"; echo "$$missing"; exit 1; }

install:
	@cmp -s requirements.lock .venv/installed.lock && $(PY) -c '' || .ci/install $(CANDIDATES)
	@$(PY) -m helpdesk.translations

# The mail servers and the browser that some tests talk to: fetched by root, told as "not run" to others.
peers:
	@.ci/peers

# The catalogues of translations, brought up to date with the sources; says what is left to translate.
locale: install
	@$(KEYS_OF_NOBODY) $(PY) manage.py messages

lock: install
	@.ci/lock

pictures: install peers
	@$(PY) -m docs.pictures
	@PICTURES=$(CURDIR)/docs/pictures $(PY) -m pytest tests/journeys/test_the_main_job.py

# Known holes in the pinned packages, from the advisories at pypi.org; says so when they cannot be asked.
audit: install
	@$(PY) .ci/audit
