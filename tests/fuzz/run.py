"""``make fuzz``: throws bytes at the reader, the values, addresses and paths, and says what came of it.

With atheris the fuzzer sees which lines its bytes reach, and looks for new ones. Without
it hypothesis makes up bytes without looking. A find is written to ``fuzz-finds/``; its place is in ``tests/cases/bad``.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
SEEDS = [*(ROOT / "tests/cases").rglob("*.yml"), *(ROOT / "tests/cases").rglob("*.csv"),
         *(ROOT / "maps").rglob("*.csv"), ROOT / "tests/cases/payloads.txt"]


def watched(target: object, seconds: float, name: str) -> None:
    """Atheris on one target until the time is over; the process ends with it."""
    import atheris

    corpus = ROOT / ".cache" / "fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS:
        parts = seed.read_bytes().splitlines() if name in ("addresses", "paths") else [seed.read_bytes()]
        for part in parts:
            (corpus / hashlib.sha256(part).hexdigest()[:16]).write_bytes(part[:20_000])
    finds = ROOT / "fuzz-finds"
    finds.mkdir(exist_ok=True)
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds:.0f}", "-timeout=5", "-rss_limit_mb=1024", "-max_len=20000",
                   f"-artifact_prefix={finds}/{name}-", "-print_final_stats=1", "-verbosity=0", str(corpus)], target)
    atheris.Fuzz()


def blind(target: object, seconds: float, name: str) -> None:
    """Bytes that hypothesis makes up, until the time is over."""
    from hypothesis import given, settings
    from hypothesis import strategies as st

    until, tried = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        settings(max_examples=500, deadline=None, database=None)(given(
            st.binary(max_size=400) | st.text(max_size=200).map(str.encode))(target))()
        tried += 500
    print(f"{name}: {tried:,} inputs without looking at coverage, nothing found")


def main() -> int:
    """Each target gets its share of the time, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--target", default="")
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "generator")]
    try:
        import atheris
    except ImportError:
        atheris = None
        print("atheris is not installed: hypothesis makes up bytes, without seeing which lines they reach")
    names = ["reader", "values", "addresses", "paths"]
    if given.target:
        if atheris:
            with atheris.instrument_imports(include=["journeybook", "yaml"]):
                from fuzz import targets
        else:
            from fuzz import targets
        (watched if atheris else blind)(getattr(targets, given.target), given.seconds, given.target)
        return 0
    failed = []
    for name in names:
        process = multiprocessing.get_context("spawn").Process(target=_alone, args=(name, given.seconds / len(names)))
        process.start()
        process.join()
        failed += [name] if process.exitcode else []
        print(f"{name}: {'FOUND SOMETHING, see fuzz-finds/' if process.exitcode else 'nothing found'}", flush=True)
    return bool(failed)


def _alone(name: str, seconds: float) -> None:
    sys.argv = [sys.argv[0], "--target", name, "--seconds", str(seconds)]
    sys.exit(main())


if __name__ == "__main__":
    sys.exit(main())
