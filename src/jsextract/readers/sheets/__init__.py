"""Workbooks as documents: each sheet a page of lines and grids (电子表格)."""
