"""The values that symbols may take: points in order of size, what rises and falls over them, and what always holds."""
