"""PyTorch modules that their owner traces in Python: their graph, and the line of the language that it is."""
