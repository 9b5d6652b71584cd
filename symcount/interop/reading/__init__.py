"""Reads what others wrote; nothing of it is ever executed, and sizes and nesting of all of it are bounded."""
