"""What is wrong with a text that could not be read, and what to write instead.

Loaded when there is an error, as most texts have none: `symcount.syntax.parser` imports this room by name,
in one place, and no other import waits for a mistake.
"""

from symcount.syntax.diagnosis.explain import explained

__all__ = ["explained"]
