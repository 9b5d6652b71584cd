"""Questions about counts, answered as records: no text, and no medium. Each file is one question."""
