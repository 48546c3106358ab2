# The tasks of dev.py by name, for those who have make.
TASKS := demo test lint types contracts codebook schema texts checks docs lock licences wheel bench check
PYTHON ?= python3

.PHONY: help $(TASKS)
help:
	@$(PYTHON) dev.py || true
$(TASKS):
	@$(PYTHON) dev.py $@
