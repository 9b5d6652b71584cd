"""Random texts, each read, counted, worked out and held to the walk: ``python -m tests.fuzz 100000 --seed 3``."""
