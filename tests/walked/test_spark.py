"""The same queries on another engine give the same tables, to the last byte."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from journeybook.walked import log
from journeybook.walked.metric_values import table, values, whole_months
from journeybook.walked.tables import files
from walked.engines import duckdb, framed, walked
from walked.naive import PLAN, Row, at, log_text
from walked.test_metrics import ASKED

OPTIONS = ("--master local[2] --conf spark.sql.shuffle.partitions=4 --conf spark.ui.enabled=false "
           "--conf spark.ui.showConsoleProgress=false pyspark-shell")


def test_spark_writes_the_tables_that_duckdb_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Duplicates, ties, changes of clock, segments, values, eight months; months by a zone with summer time."""
    pytest.importorskip("pyspark")
    if not shutil.which("java", path=os.environ.get("PATH")):
        pytest.skip("there is no Java")
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", OPTIONS)
    chance = random.Random(5)
    rows = [Row(f"p{chance.randrange(900)}", chance.choice(("look", "Look again", "try", "pay", "use")),
                at(chance.randrange(200 * 86_400)), chance.choice(("", "large", "small"))) for _ in range(9000)]
    rows += rows[:500]
    chance.shuffle(rows)
    path = tmp_path / "log.csv"
    head, *lines = log_text(rows, "Europe/Amsterdam").splitlines()
    amounts = [f"{number % 83}.{number % 100:02}" if number % 3 else "" for number in range(len(lines))]
    path.write_text("\n".join([f"{head},value", *map(",".join, zip(lines, amounts, strict=True)), ""]))
    with duckdb() as connection:
        here = everything(connection, path)
    with log.engine("pyspark") as connection:
        there = everything(connection, path)
    assert here == there and sum(len(text) for _, text in here) > 7000


def everything(connection: Any, path: Path) -> list[tuple[str, str]]:
    """The tables of a journey and of all kinds of metrics."""
    found = list(files(PLAN, walked(connection, path, PLAN, "Europe/Amsterdam", 10), 10))
    frame = framed(connection, path, "Europe/Amsterdam", 10)
    months = whole_months(frame, "Europe/Amsterdam")
    return found + [(name, table("", values(asked, frame, months), months, 10)) for name, asked in ASKED.items()]
