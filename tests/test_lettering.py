"""Lines of text in pictures: what does not fit is cut at the last letter that does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symcount.drawing.lettering import shortened, width_of


@given(st.text("il W⌊漢", max_size=30), st.integers(-5, 200))
def test_as_much_is_kept_as_fits(text: str, room: int) -> None:
    cuts = [text, *(text[:kept] + "…" for kept in reversed(range(len(text))))]
    fitting = [cut for cut in cuts if width_of(cut, 9) <= room]
    assert shortened(text, room, 9) == (fitting[0] if fitting else "…")


def test_a_text_of_any_length_is_cut_where_its_room_ends() -> None:
    assert shortened("W" * 10**6, 60, 9) == "WWWWW…"
