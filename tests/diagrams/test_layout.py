"""The layout port: real diagrams, engines that misbehave, and the cache."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from journeybook.diagrams import layout as port
from journeybook.diagrams import process
from journeybook.diagrams.cache import LayoutCache
from journeybook.diagrams.geometry import Box, Layout, Route, UnusableError, from_data, from_json0, to_data
from journeybook.diagrams.layout import Engine, Graphviz

ENGINE = Path(__file__).with_name("fake_engine.py")
FINE = "digraph g {\n\tn0 [width=1]\n\tn1 [width=1]\n\tn0 -> n1 [id=e0]\n}\n"


def dot(fault: str) -> str:
    """A diagram that makes the fake engine misbehave."""
    return f"// {fault}\n{FINE}"


Fake = Callable[..., Graphviz]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fake:
    """Makes a Graphviz whose embedded engine is the fake one and that has no other."""

    def make(
        *arguments: str, cache: Path | None = None, time_limit: float = 5.0, version: str = "1"
    ) -> Graphviz:
        engine = Engine("embedded", version, (sys.executable, str(ENGINE), str(tmp_path), *arguments))
        monkeypatch.setattr(port, "_embedded", lambda: engine)
        monkeypatch.setattr(port, "_dot", lambda: None)
        return Graphviz(cache_dir=cache, time_limit=time_limit)

    return make


def test_real_engine_lays_out_in_the_axes_of_svg() -> None:
    """The engine that ships with the package works, and y grows downwards."""
    graphviz = Graphviz(engine="embedded")
    layout = graphviz.layout([FINE])[0]
    assert graphviz.failures == []
    assert layout is not None
    assert layout.nodes["n0"].y < layout.nodes["n1"].y < layout.height
    route = layout.edges[0]
    assert route.tip is not None
    assert route.points[0][1] < route.points[-1][1] < route.tip[1]


def test_arrow_at_the_tail_turns_the_path_round() -> None:
    """The path of an edge that points backwards ends at its arrow, too."""
    layout = Graphviz(engine="embedded").layout([FINE.replace("[id", "[dir=back id")])[0]
    assert layout is not None
    route = layout.edges[0]
    assert route.tip is not None
    assert route.tip[1] < route.points[-1][1] < route.points[0][1]


def test_results_stand_in_the_order_of_the_questions() -> None:
    """More diagrams than fit in one batch come back each in its place."""
    graphviz = Graphviz(engine="embedded")
    sizes = [1 + index / 100 for index in range(port.BATCH + 3)]
    layouts = graphviz.layout([FINE.replace("n0 [width=1]", f"n0 [width={size:.2f}]") for size in sizes])
    assert [layout and round(layout.nodes["n0"].w / 72, 2) for layout in layouts] == [
        round(s, 2) for s in sizes
    ]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("crash", "stopped"),
        ("junk", "something else"),
        ("half", "stopped"),
        ("out-of-turn", "out of turn"),
        ("refuse", "refused"),
        ("lost-node", "cannot be read"),
        ("more-nodes", "other nodes"),
        ("lost-edge", "other edges"),
        ("nan", "impossible"),
        ("short-line", "broken line"),
        ("list", "cannot be read"),
    ],
)
def test_a_fault_costs_one_diagram(fake: Fake, fault: str, reason: str) -> None:
    """Whatever the engine does wrong with one diagram, those before and after it are laid out."""
    graphviz = fake()
    layouts = graphviz.layout([FINE, dot(fault), FINE, FINE])
    assert [layout is not None for layout in layouts] == [True, False, True, True]
    assert len(graphviz.failures) == 1
    assert graphviz.failures[0].startswith("Diagram 2 of 4")
    assert reason in graphviz.failures[0]


def test_a_hang_ends_at_the_time_limit(fake: Fake, tmp_path: Path) -> None:
    """A diagram that never ends is given up in time, and its process is gone."""
    graphviz = fake(time_limit=0.4)
    began = time.monotonic()
    layouts = graphviz.layout([FINE, dot("hang"), FINE])
    assert time.monotonic() - began < 4
    assert [layout is not None for layout in layouts] == [True, False, True]
    assert "longer than 0.4 s" in graphviz.failures[0]
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_huge_output_is_cut_off(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without end is not read to the end."""
    monkeypatch.setattr(process, "LONGEST_ANSWER", 1_000_000)
    graphviz = fake()
    assert [layout is not None for layout in graphviz.layout([dot("huge"), FINE])] == [False, True]
    assert "too much" in graphviz.failures[0]


def test_a_crash_is_tried_once_more_alone(fake: Fake, tmp_path: Path) -> None:
    """A diagram that was merely there when the engine fell over gets its picture."""
    graphviz = fake()
    assert None not in graphviz.layout([FINE, dot("crash-once"), FINE])
    assert graphviz.failures == []
    assert None in graphviz.layout([dot("crash")])
    assert (tmp_path / "crashes").read_text() == "xx"


def test_an_engine_that_always_hangs_is_given_up(fake: Fake) -> None:
    """A thousand hanging diagrams do not cost a thousand time limits."""
    graphviz = fake(time_limit=0.1)
    assert graphviz.layout([dot("hang")] * 40) == [None] * 40
    assert "36 more were not tried" in graphviz.failures[-1]


@pytest.mark.parametrize("fault", ["silent", "broken"])
def test_the_next_engine_takes_over(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: str
) -> None:
    """An engine that does not start leaves its work to the second one."""
    graphviz = fake(fault)
    monkeypatch.setattr(process, "START_LIMIT", 0.3 if fault == "silent" else 5.0)
    second = Engine("dot", "1", (sys.executable, str(ENGINE), str(tmp_path)))

    def found() -> Engine:
        monkeypatch.setattr(process, "START_LIMIT", 5.0)
        return second

    monkeypatch.setattr(port, "_dot", lambda: second)
    run = Graphviz._run

    def patient(self: Graphviz, engine: Engine, *rest: object) -> bool:
        if engine is second:
            found()
        return run(self, engine, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Graphviz, "_run", patient)
    assert None not in graphviz.layout([FINE, FINE])
    assert "does not start" in graphviz.failures[0]


def test_without_an_engine_words_must_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine: nothing laid out, said once; chosen so: not even that."""
    monkeypatch.setattr(port, "_embedded", lambda: None)
    monkeypatch.setattr(port, "_dot", lambda: None)
    missing, chosen = Graphviz(), Graphviz(engine="none")
    assert missing.layout([FINE, FINE]) == [None, None]
    assert len(missing.failures) == 1
    assert chosen.layout([FINE]) == [None]
    assert chosen.failures == []


def test_an_engine_that_cannot_be_run_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing program is a plain reason, not an exception."""
    monkeypatch.setattr(port, "_embedded", lambda: Engine("embedded", "1", ("/nonexistent/engine",)))
    graphviz = Graphviz(engine="embedded")
    assert graphviz.layout([FINE]) == [None]
    assert "does not start" in graphviz.failures[0]


def test_cache_hit_needs_no_engine(fake: Fake, tmp_path: Path) -> None:
    """A known diagram starts no process; another engine version does not see it."""
    cache = tmp_path / "cache"
    first = fake(cache=cache).layout([FINE])
    (tmp_path / "started").unlink()
    assert fake(cache=cache).layout([FINE]) == first
    assert not (tmp_path / "started").exists()
    fake(cache=cache, version="2").layout([FINE])
    assert (tmp_path / "started").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"size": [1]}', b"\xff\xfe", b"[" * 5000])
def test_a_corrupt_cache_entry_is_a_miss(fake: Fake, tmp_path: Path, content: bytes) -> None:
    """Whatever stands in a cache file, the diagram is right."""
    cache = tmp_path / "cache"
    good = fake(cache=cache).layout([FINE])
    (entry,) = cache.rglob("*.json")
    assert entry.parent.parent == cache
    entry.write_bytes(content)
    assert fake(cache=cache).layout([FINE]) == good
    assert LayoutCache(cache).get("embedded", "1", FINE) == good[0]


def test_cache_checks_the_layout_against_the_diagram(tmp_path: Path) -> None:
    """An entry that belongs to another diagram is a miss, even under the right name."""
    cache = LayoutCache(tmp_path)
    cache.put("e", "1", FINE, Layout(1, 1, {"n7": Box(0, 0, 1, 1)}, ()))
    assert cache.get("e", "1", FINE) is None


def test_a_cache_that_cannot_be_written_only_costs_time(fake: Fake, tmp_path: Path) -> None:
    """A file where the cache folder should be does not stop anything."""
    (tmp_path / "cache").write_text("")
    assert None not in fake(cache=tmp_path / "cache").layout([FINE])


def test_stored_layout_comes_back_unchanged() -> None:
    """to_data and from_data are each other's opposite."""
    points = ((0.5, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 1.5))
    layout = Layout(
        9, 8, {"n0": Box(1, 2, 3, 4), "n1": Box(5, 6, 7, 8)}, (Route("n0", "n1", points, (4, 5), None),)
    )
    assert from_data(to_data(layout), FINE) == layout


@pytest.mark.parametrize("data", [None, [], {}, {"bb": "1"}, {"bb": "0,0,1,1", "objects": [{"pos": "x"}]}])
def test_unreadable_answers_are_refused(data: object) -> None:
    """Anything that is no layout is told apart from one."""
    with pytest.raises(UnusableError):
        from_json0(data, FINE)


def test_the_worker_sees_little(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, no secrets in the environment, and Graphviz told to open no files."""
    monkeypatch.setenv("DEPLOY_TOKEN", "secret")
    monkeypatch.setenv("GV_FILE_PATH", "/")
    code = (
        "import os, json; print(json.dumps({'ready': True}));"
        "print(json.dumps({'index': 0, 'json0': [dict(os.environ), os.listdir()]}))"
    )
    with process.Worker([sys.executable, "-c", code], [FINE], 5.0) as worker:
        ((environment, files),) = worker.answers()
    assert files == []
    assert environment["SERVER_NAME"] == "journeybook"
    assert "DEPLOY_TOKEN" not in environment
    assert "GV_FILE_PATH" not in environment


@pytest.mark.skipif(os.name != "posix", reason="needs a script as a program")
def test_dot_on_the_path_is_an_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A dot program is found, its version asked, and its answers used."""
    program = tmp_path / "dot"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if sys.argv[1] == '-V':\n    print('dot - graphviz version 99.1', file=sys.stderr)\n"
        "else:\n    assert sys.argv[1:] == ['-Tjson0']\n    sys.stdin.read()\n"
        '    print(\'{"bb":"0,0,200,50","objects":[{"_gvid":0,"name":"n0","pos":"10,10","width":"1",'
        '"height":"1"},{"_gvid":1,"name":"n1","pos":"90,10","width":"1","height":"1"}],"edges":'
        '[{"tail":0,"head":1,"id":"e0","pos":"e,9,9 1,1 2,2 3,3 4,4"}]}\')\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    graphviz = Graphviz(engine="dot")
    layout = graphviz.layout([FINE])[0]
    assert graphviz.failures == []
    assert layout is not None
    assert layout.nodes["n0"] == Box(10, 40, 72, 72)
    assert graphviz.describe()[1][:3] == ("dot", "graphviz version 99.1", True)


def test_describe_tells_what_works(fake: Fake) -> None:
    """Each engine with its version, whether it works, and why not."""
    rows = fake("broken").describe()
    assert [(name, usable) for name, _, usable, _ in rows] == [("embedded", False), ("dot", False)]
    assert "no such library" in rows[0][3]
    assert "PATH" in rows[1][3]


def test_a_dense_graph_respects_the_time_limit() -> None:
    """200 nodes and 600 edges without any precaution: no layout, soon, and the next diagram is fine."""
    pick = random.Random(1)
    nodes = "".join(f"\tn{index} [width=1]\n" for index in range(200))
    edges = "".join(
        f"\tn{pick.randrange(200)} -> n{pick.randrange(200)} [id=e{index}]\n" for index in range(600)
    )
    began = time.monotonic()
    graphviz = Graphviz(engine="embedded", time_limit=0.5)
    layouts = graphviz.layout([f"digraph g {{\n{nodes}{edges}}}\n", FINE])
    assert [layout is not None for layout in layouts] == [False, True]
    assert time.monotonic() - began < 5
