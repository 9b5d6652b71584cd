"""How fast symcount is, measured against what it stands on: ``python -m tests.benchmarks``."""
