"""The schema in the language server that editors run: what is offered, what is said, what is underlined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from editor.language_server import LanguageServer
from journeybook.adapters.editor import keep_schema, schema_text
from journeybook.editor import as_text
from journeybook.reading import read_book
from journeybook.settings import Settings
from node.find import SERVER, require
from support import write

ATLAS = {
    "maps/teams.yml": "teams:\n  sales: Sales\n  support: { name: Customer support }\npersonas:\n  ada: Ada\n"
                      "assets:\n  guide: { title: Buying guide, owner: sales }\n",
    "maps/buy.yml": "title: Buy a bike\nowner: sales\npersona: ada\nstages:\n  - { id: look, title: Look around }\n",
}
HEAD = "title: Get help\nowner: sales\n"
STAGE = HEAD + "stages:\n  - title: Ask\n"


@pytest.fixture(scope="module", autouse=True)
def _server_there() -> None:
    """Skipped where there is no node; an error where CI goes without."""
    require(SERVER)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server that knows the ids of a small atlas."""
    root = write(tmp_path_factory.mktemp("local"), dict(ATLAS))
    settings = Settings(root, root / "maps")
    keep_schema(read_book(settings), settings)
    running = LanguageServer(root, root / ".journeybook" / "schema.json")
    yield ready(running)
    running.close()


@pytest.fixture(scope="module")
def generic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server with the schema that fits every atlas."""
    root = tmp_path_factory.mktemp("generic")
    (root / "schema.json").write_text(as_text(), "utf-8")
    running = LanguageServer(root, root / "schema.json")
    yield ready(running)
    running.close()


def ready(running: LanguageServer) -> LanguageServer:
    """The server once it reads the schema: a mistake is underlined."""
    assert running.faults(running.open("wrong.yml", f"{STAGE}wrong: yes\n"))
    return running


class Editor:
    """Files with ``|`` where the cursor stands."""

    def __init__(self, server: LanguageServer) -> None:
        self.server = server

    def _open(self, text: str) -> tuple[str, int, int]:
        before = text.partition("|")[0]
        uri = self.server.open(f"file-{abs(hash(text))}.yml", text.replace("|", ""))
        return uri, before.count("\n"), len(before) - before.rfind("\n") - 1

    def offered(self, text: str) -> dict[str, Any]:
        """Label → what is said about it."""
        return {item["label"]: item for item in self.server.offered(*self._open(text))}

    def hover(self, text: str) -> str:
        """What is said about the word at the cursor."""
        return self.server.hover(*self._open(text))

    def faults(self, text: str) -> list[str]:
        """``line: message`` of what is underlined."""
        return sorted(f"{fault['range']['start']['line'] + 1}: {fault['message']}"
                      for fault in self.server.faults(self._open(text)[0]))


@pytest.mark.parametrize(("text", "some"), [
    ("# new\n|", {"title", "owner", "stages", "teams", "personas", "promises", "checks"}),
    (f"{STAGE}|", {"transitions", "promises", "status", "teams"}),
    (f"{STAGE}    |", {"customer_goal", "steps", "commitments", "duration"}),
    (f"{STAGE}    steps:\n      - title: Calls\n        |", {"emotion", "pains", "channel"}),
    (f"{HEAD}stages: [Ask]\ntransitions:\n  - |", {"from", "to", "type", "share"}),
    ("promises:\n  fast:\n    |", {"statement", "made_at", "measure", "signed_off"}),
    ("promises:\n  fast:\n    measure:\n      |", {"quantity", "at_most", "yes_no"}),
    ("personas:\n  ada:\n    work:\n      |", {"title", "role", "company"}),
])
def test_keys_are_offered_where_they_can_stand(generic, text, some):
    """Each place offers its own keys, with what they mean, and writes the colon."""
    found = Editor(generic).offered(text)
    assert some <= found.keys()
    for key in some:
        assert found[key]["documentation"], key
        assert ":" in found[key]["insertText"], key


@pytest.mark.parametrize(("text", "words"), [
    (f"{HEAD}status: |\nstages: [Ask]", ["draft", "in-review", "validated", "live", "retired"]),
    (f"{HEAD}level: |\nstages: [Ask]", ["0", "1", "2", "3"]),
    ("assets:\n  guide:\n    status: |", ["live", "idea", "planned", "retired"]),
    ("title: Ours\nchecks:\n  asset-missing: |", ['"off"', "info", "warning", "error"]),
])
def test_choices_are_offered_and_nothing_else(generic, text, words):
    """The words that can stand there, none that cannot."""
    assert sorted(Editor(generic).offered(text)) == sorted(words)


@pytest.mark.parametrize(("text", "body"), [
    ("# new\n|", "journey"), (f"{HEAD}stages:\n  - |", "stage"), (f"{STAGE}    steps:\n      - |", "step"),
    (f"{HEAD}stages: [Ask]\ntransitions:\n  - |", "transition"), ("personas:\n  |", "persona"),
    ("assets:\n  |", "asset"), ("metrics:\n  |", "metric"), ("promises:\n  |", "promise"),
    ("handoffs:\n  |", "handoff"),
])
def test_beginnings_are_offered(generic, text, body):
    """A journey, a stage, a step … can be begun as a whole, with places to fill in."""
    found = Editor(generic).offered(text)
    assert "$" in found[body]["insertText"] and found[body]["documentation"]


@pytest.mark.parametrize(("text", "ids"), [
    ("title: Get help\nowner: |\nstages: [Ask]", {"sales", "support"}),
    (f"{STAGE}    owner: |", {"sales", "support"}),
    (f"{STAGE}    assets: [|]", {"guide"}),
    (f"{HEAD}persona: |\nstages: [Ask]", {"ada"}),
    (f"{HEAD}stages: [Ask]\ntransitions:\n  - from: |", {"buy/look"}),
    (f"{STAGE}    emotion:\n      |", {"ada", "score", "word", "basis", "evidence"}),
    (f"{HEAD}parent: |\nstages: [Ask]", {"buy"}),
])
def test_ids_of_the_atlas_are_offered(server, text, ids):
    """The schema of an atlas knows its teams, personas, assets, stages and journeys; nothing else is offered."""
    assert set(Editor(server).offered(text)) == ids


def test_an_id_is_offered_with_its_name(server):
    """Whoever chooses sees what the id stands for."""
    assert Editor(server).offered("title: Get help\nowner: |\nstages: [Ask]")["support"]["documentation"] == (
        "Customer support")


@pytest.mark.parametrize(("text", "words"), [
    (f"{STAGE}    customer_g|oal: Be heard\n", "What the customer wants here."),
    (f"{HEAD}sco|pe:\n  in: Bikes\nstages: [Ask]\n", "What is covered, what not."),
    (f"{HEAD}sta|tus: live\nstages: [Ask]\n", "How far the map is."),
    ("teams:\n  sales:\n    le|ad: Ada\n", "Who leads it"),
])
def test_a_key_explains_itself(generic, text, words):
    """Resting on a key shows its description."""
    assert words in Editor(generic).hover(text)


@pytest.mark.parametrize(("text", "faults"), [
    (f"{STAGE}    custmer_goal: Be heard\n", ["5: Property custmer_goal is not allowed."]),
    ("teams:\n  sales: { name: Sales, leed: Ada }\n", ["2: Property leed is not allowed."]),
    (f"{HEAD}", ['1: Missing property "stages".']),
    (f"{HEAD}reviewed: 2026-13-01\nstages: [Ask]\n",
     ["3: Expected a date: write year-month-day, such as `2026-03-31`."]),
    (f"{STAGE}    duration: 3 dayz\n",
     ["5: Expected a length of time, such as `48 hours`, `3 business days`, `1 to 3 days` or `monthly`."]),
    (f"{HEAD}status: lively\nstages: [Ask]\n",
     ['3: Value is not accepted. Valid values: "draft", "in-review", "validated", "live", "retired".']),
])
def test_a_mistake_is_underlined_once_at_its_place(generic, text, faults):
    """One mistake, one complaint, in words a writer understands."""
    assert Editor(generic).faults(text) == faults


def test_an_owner_that_is_no_team_is_underlined(server):
    """The schema of an atlas knows that there is no such team."""
    assert Editor(server).faults("title: Get help\nowner: salse\nstages: [Ask]\n") == [
        '2: Value is not accepted. Valid values: "sales", "support".']


def test_a_stage_that_was_just_written_is_not_underlined(server):
    """Ids of the file being written are newer than the schema."""
    assert Editor(server).faults(f"{HEAD}stages: [Ask, Wait]\ntransitions:\n  - from: wait\n    to: ask\n") == []


def test_the_demo_atlas_is_never_underlined(tmp_path):
    """Everything the demo writes passes with its own schema."""
    root = Path(__file__).resolve().parents[2]
    settings = Settings(root, root / "maps")
    (tmp_path / "maps").symlink_to(root / "maps")
    (tmp_path / "schema.json").write_text(schema_text(read_book(settings)), "utf-8")
    running = ready(LanguageServer(tmp_path, tmp_path / "schema.json"))
    try:
        for path in sorted((root / "maps").rglob("*.yml")):
            uri = running.open(path.relative_to(root).as_posix(), path.read_text("utf-8"))
            assert running.faults(uri) == [], path
    finally:
        running.close()
