"""Measures what docs/benchmarks.md tells: `make bench`, or `python -m bench NAME`."""
