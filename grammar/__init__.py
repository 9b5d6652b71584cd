"""The grammar of the architecture language, shipped beside the code that reads it."""
