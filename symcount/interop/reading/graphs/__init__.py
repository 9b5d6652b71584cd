"""Graphs of tensors, whoever drew them: what each of their steps is in the language, and the line that they are."""
