"""What all tests share: the comparison with kept texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="keep what the tests see now as what is expected")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden(text, name)``: the text equals the file ``tests/cases/<name>``; ``--accept`` writes it."""
    accept = request.config.getoption("--accept")

    def compare(text: str, name: str) -> None:
        path = CASES / name
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        expected = path.read_bytes().decode("utf-8") if path.exists() else ""
        assert text == expected, f"{path} differs; look at it, then run with --accept"

    return compare
