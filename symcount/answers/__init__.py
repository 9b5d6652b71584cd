"""Answers to the questions that the commands ask, as records and not as text; one file for each question."""
