"""Queries run where they are meant to run: on 100,000 rows each, against the walk's own integers."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb
import pytest

import symcount as sc
from tests.postgres import Postgres, server
from tests.seeds import chosen_seed
from tests.test_code import LARGE, REFUSED, Case, Result, check

TEXT = "I(c,n×n)-C(f,3,s=2,p=1)-R-P(k,s=2)-{C(f,1)|R}-H(n%5+1)-O10"
NAMES = ("c", "n", "f", "k")
POINTS = 100_000


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with server() as running:
        yield running


@cache
def points() -> list[tuple[int, ...]]:
    draw = random.Random(f"sql {chosen_seed()}")
    return [
        (draw.randint(0, 9), draw.randint(0, 400), draw.randint(0, 10**5), draw.randint(0, 200)) for _ in range(POINTS)
    ]


@cache
def expected() -> list[tuple[int, ...]]:
    """The rows for which the formula holds, with the value that Python's integers give."""
    params = sc.parse(TEXT).compiled()
    found = []
    for point in points():
        try:
            found.append((*point, params(**dict(zip(NAMES, point, strict=True)))))
        except ValueError:
            continue
    assert 0.2 * POINTS < len(found) < POINTS
    return sorted(found)


def _query(dialect: str) -> str:
    return sc.parse(TEXT).formula().to("sql", dialect=dialect)


def _in(connection: Any, kind: str) -> None:
    connection.execute(f"CREATE TABLE sizes ({', '.join(f'{name} {kind}' for name in NAMES)})")


def test_many_rows_in_duckdb() -> None:
    connection = duckdb.connect()
    _in(connection, "BIGINT")
    columns = [list(column) for column in zip(*points(), strict=True)]
    unnested = ", ".join("unnest(?)" for _ in NAMES)
    connection.execute(f"INSERT INTO sizes SELECT {unnested}", columns)
    assert sorted(connection.execute(_query("duckdb")).fetchall()) == expected()


def test_many_rows_in_sqlite() -> None:
    connection = sqlite3.connect(":memory:")
    _in(connection, "INTEGER")
    connection.executemany("INSERT INTO sizes VALUES (?, ?, ?, ?)", points())
    assert sorted(connection.execute(_query("sqlite")).fetchall()) == expected()


def test_many_rows_in_postgres(postgres: Postgres) -> None:
    rows = "\n".join(",".join(map(str, point)) for point in points())
    table = f"CREATE TEMP TABLE sizes ({', '.join(f'{name} bigint' for name in NAMES)});"
    found = postgres.ask(f"{table}\nCOPY sizes FROM STDIN WITH (FORMAT csv);\n{rows}\n\\.\n{_query('postgres')};\n")
    assert sorted(tuple(map(int, row.split("|"))) for row in found) == expected()


_EACH = f"""
CREATE FUNCTION pg_temp.answer(query text, name text) RETURNS text AS $$
DECLARE found text;
BEGIN
  EXECUTE format(E'SELECT t.%I::text FROM (%s\\n) AS t', name, query) INTO found;
  RETURN coalesce(found, '{REFUSED}');
EXCEPTION WHEN numeric_value_out_of_range THEN
  RETURN '{LARGE}';
END $$ LANGUAGE plpgsql;
"""


def test_postgres_counts_as_the_walk_does(postgres: Postgres) -> None:
    def run(written: list[tuple[Case, str]]) -> list[list[Result]]:
        asked = [_asked(case, text, dict(values)) for case, text in written for values in case.points]
        answers = iter(postgres.ask(_EACH + "\n".join(asked)))
        found = [[next(answers) for _ in case.points] for case, _ in written]
        return [[each if each in (REFUSED, LARGE) else int(each) for each in row] for row in found]

    check("sql", run, 2**63, dialect="postgres")


def _asked(case: Case, text: str, values: dict[str, int]) -> str:
    names = case.symbols or ["nothing"]
    columns = ", ".join(f'CAST({values.get(name, 0)} AS bigint) AS "{name}"' for name in names)
    # OFFSET keeps the planner from working divisions by these numbers out before it looks at the conditions
    query = text.replace("FROM sizes", f"FROM (SELECT {columns} OFFSET 0) AS sizes")
    return f"SELECT pg_temp.answer($query${query}$query$, '{case.name}');"
