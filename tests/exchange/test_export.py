"""`journeybook export`: every format of the demo, as the programs for which it is meant take it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from lxml import html

from browser.conftest import BROWSER
from journeybook.adapters.commands.export import FORMATS
from journeybook.adapters.exporting import FORMATS as WRITERS
from support_site import DOT, FIRMS, copy_of, process, project, run, site

ODD = """title: "=cmd|'/c calc'!A0"
owner: sales
stages:
  - id: look
    title: "+1 <b>&amp;</b>"
    steps:
      - title: "@SUM(A1)"
        emotion: -2
        quote: "-2+3"
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the flagship."""
    return copy_of("tallybird", tmp_path_factory.mktemp("demo"))


def export(folder: Path, *words: str) -> Result:
    """The command, which must succeed."""
    result = run(folder, "export", *words)
    assert result.exit_code == 0, result.stderr
    return result


def test_every_format_has_a_writer() -> None:
    """What the command offers is what there is."""
    assert tuple(WRITERS) == FORMATS


def test_csv_has_a_row_a_step_and_no_formula(tmp_path: Path) -> None:
    """A program that reads CSV finds one row a step, and no cell that a spreadsheet would run."""
    folder = project(tmp_path, {"odd.yml": ODD}, DOT)
    printed = export(folder, "csv").stdout
    (row,) = csv.DictReader(io.StringIO(printed), strict=True)
    assert (row["Journey"], row["Stage"], row["Step"], row["Quote"], row["Emotion"]) == (
        "'=cmd|'/c calc'!A0", "'+1 <b>&amp;</b>", "'@SUM(A1)", "'-2+3", "-2")
    export(folder, "csv", "--out", "all.csv")
    assert (folder / "all.csv").read_bytes() == b"\xef\xbb\xbf" + printed.encode()


def test_xlsx_cells_are_texts_and_numbers(tmp_path: Path) -> None:
    """No cell is a formula, and those that look like one keep their mark when somebody edits them."""
    openpyxl = pytest.importorskip("openpyxl")
    folder = project(tmp_path, {"odd.yml": ODD}, DOT)
    export(folder, "xlsx", "--out", "all.xlsx")
    sheet = openpyxl.load_workbook(folder / "all.xlsx")["Steps"]
    cells = {cell.value: cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert {cell.data_type for cell in cells.values()} == {"s", "n"}
    assert cells["=cmd|'/c calc'!A0"].quotePrefix and cells["@SUM(A1)"].quotePrefix
    assert cells[-2].data_type == "n"


def test_a_spreadsheet_opens_the_workbook(tmp_path: Path) -> None:
    """LibreOffice reads every row as it was written, and runs none of what looks like a formula."""
    pytest.importorskip("openpyxl")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine (apt-get install libreoffice-calc-nogui)")
    folder = project(tmp_path, {"odd.yml": ODD, "buy.yml": "title: Buy\nowner: sales\nstages: [Look, Choose]\n"}, DOT)
    export(folder, "xlsx", "--out", "all.xlsx")
    done = subprocess.run([office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
                           "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "all.xlsx"], cwd=folder,
                          text=True, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    seen = list(csv.DictReader(io.StringIO((folder / "all.csv").read_text("utf-8")), strict=True))
    written = list(csv.DictReader(io.StringIO(export(folder, "csv").stdout), strict=True))
    bare = [{name: text.removeprefix("'") if text[:2] in ("'=", "'+", "'@", "'-") else text
             for name, text in row.items()} for row in written]
    assert seen == bare
    assert "=cmd|'/c calc'!A0" in {row["Journey"] for row in seen}


def test_json_is_what_its_schema_says(demo: Path, tmp_path: Path) -> None:
    """Each file validates against the schema beside it, and so does what the built site publishes."""
    export(demo, "json", "--out", str(tmp_path))
    published = site("tallybird").folder / "api" / "v1"
    for name in ("journey", "index"):
        text = (tmp_path / f"{name}.schema.json").read_text("utf-8")
        assert text == (published / f"{name}.schema.json").read_text("utf-8")
        schema = json.loads(text)
        Draft202012Validator.check_schema(schema)
        for folder in (tmp_path, published):
            files = [folder / "index.json"] if name == "index" else sorted((folder / "journeys").glob("*.json"))
            assert files
            for file in files:
                faults = Draft202012Validator(schema).iter_errors(json.loads(file.read_text("utf-8")))
                assert [fault.message for fault in faults] == [], file.name


@pytest.mark.parametrize("firm", FIRMS)
def test_published_data_of_every_firm_fit_the_schema(firm: str) -> None:
    """The same for the data of every demo site."""
    folder = site(firm).folder / "api" / "v1"
    schema = json.loads((folder / "journey.schema.json").read_text("utf-8"))
    for file in (folder / "journeys").glob("*.json"):
        Draft202012Validator(schema).validate(json.loads(file.read_text("utf-8")))


def test_own_keys_are_carried_to_json(tmp_path: Path) -> None:
    """Keys that begin with `x-` stand in the journey's data, as the model promises."""
    text = "title: Buy\nowner: sales\nx-code: B-1\nstages:\n  - title: Look\n    x-legal: {who: Ann}\n"
    data = json.loads(export(project(tmp_path, {"buy.yml": text}, DOT), "json", "buy").stdout)
    assert (data["x"], data["stages"][0]["x"]) == ({"x-code": "B-1"}, {"x-legal": {"who": "Ann"}})


def test_every_journey_page_links_to_its_data() -> None:
    """A reader finds the file, and it is there."""
    for journey in site("tallybird").book.reading.atlas.journeys:
        address = f"../../api/v1/journeys/{journey}.json"
        assert address in site("tallybird").page(f"journeys/{journey}/").xpath("//a/@href")


def test_dot_is_read_by_graphviz(demo: Path, tmp_path: Path) -> None:
    """Graphviz takes every file, with a node a stage and the title as it is written."""
    import pygraphviz

    export(demo, "dot", "--out", str(tmp_path))
    for ident, journey in site("tallybird").book.reading.atlas.journeys.items():
        graph = pygraphviz.AGraph(filename=str(tmp_path / f"{ident}.dot"))
        assert sum(node.startswith("s") for node in graph.nodes()) == len(journey.stages)
        assert graph.graph_attr["label"] == journey.spec.title


def test_dot_takes_no_text_for_markup(tmp_path: Path) -> None:
    """A name in angle brackets or with a backslash is a name."""
    folder = project(tmp_path, {"odd.yml": "title: <b>x</b>\nowner: a\nstages: ['<i>', 'a\\N', '\"q\"']\n"}, DOT)
    printed = export(folder, "dot").stdout
    assert '"1. <i>"' in printed and r'a\\N' in printed and r'\"q\"' in printed and 'label="<b>x</b>"' in printed


def test_svg_stands_alone(demo: Path, tmp_path: Path) -> None:
    """Well-formed, with size and look of its own; nothing in it leads anywhere or is fetched."""
    export(demo, "svg", "--out", str(tmp_path))
    journeys = site("tallybird").book.reading.atlas.journeys
    assert len(list(tmp_path.glob("*.svg"))) == len(journeys)
    for ident in journeys:
        text = (tmp_path / f"{ident}.svg").read_text("utf-8")
        root = ET.fromstring(text)
        assert root.tag == "{http://www.w3.org/2000/svg}svg" and float(root.attrib["width"]) > 100
        assert "href" not in text.replace("xmlns:xlink", "") and "url(" not in text


def test_markdown_says_everything_and_is_listed(demo: Path, tmp_path: Path) -> None:
    """A file a journey with its stages and verdicts; `llms.txt` lists all of them."""
    export(demo, "markdown", "--out", str(tmp_path))
    text = (tmp_path / "journeys" / "first-year.md").read_text("utf-8")
    assert text.startswith("# Make it work, and keep working\n")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:5] == [
        "1. Onboarding", "2. Adoption", "3. Support", "4. Renewal", "5. Advocacy"]
    assert "**broken**: 3 business days run from 72 hours" in text
    listed = re.findall(r"\]\((.+?)\)", (tmp_path / "llms.txt").read_text("utf-8"))
    assert sorted(listed) == sorted(f"journeys/{path.name}" for path in (tmp_path / "journeys").iterdir())


def test_one_file_opens_from_disk_without_a_request(demo: Path, tmp_path: Path, chromium: Any) -> None:
    """Every journey is in it, nothing else is asked for, no link leads nowhere, and it prints a sheet a journey."""
    export(demo, "html", "--out", str(tmp_path / "all.html"))
    page, asked, said = chromium.new_page(viewport={"width": 1440, "height": 900}), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "all.html").as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [(tmp_path / "all.html").as_uri()]
    assert said == []
    journeys = list(site("tallybird").book.reading.atlas.journeys)
    tree = html.fromstring((tmp_path / "all.html").read_bytes())
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)) and [a.get("id") for a in tree.xpath("//article")] == journeys
    places = tree.xpath("//a/@href | //a/@*[name()='xlink:href']")
    assert {place.removeprefix("#") for place in places if place.startswith("#")} <= set(ids)
    assert [a for a in tree.xpath("//a/@href | //@src") if not a.startswith(("#", "http", "mailto", "data:"))] == []
    assert tree.xpath("//script") == []
    sheets = page.pdf(prefer_css_page_size=True).count(b"/MediaBox")
    assert sheets == len(journeys)
    page.close()


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_pictures_of_the_canvas(tmp_path: Path) -> None:
    """A PDF with a sheet a journey, and a sharp PNG of each, by the Chromium of this machine."""
    pypdf = pytest.importorskip("pypdf")
    browser = {"JOURNEYBOOK_BROWSER": str(BROWSER)}
    folder = project(tmp_path, {"buy.yml": ODD, "more.yml": ODD.replace("look", "see")}, DOT)
    done = process(folder, "journeybook", "export", "pdf", "--out", "all.pdf", **browser)
    assert done.returncode == 0, done.stderr
    pages = pypdf.PdfReader(folder / "all.pdf").pages
    assert [[round(float(side)) for side in page.mediabox[2:]] for page in pages] == [[1191, 842]] * 2
    assert "@SUM(A1)" in pages[0].extract_text()
    done = process(folder, "journeybook", "export", "png", "buy", "--out", "buy.png", **browser)
    assert done.returncode == 0, done.stderr
    data = (folder / "buy.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(data[16:20], "big") > 2000


def test_without_a_browser_the_message_is_clear(tmp_path: Path) -> None:
    """Where there is no Chromium the command says what to do, and writes nothing."""
    folder = project(tmp_path, {"buy.yml": ODD}, DOT)
    result = run(folder, "export", "png", "--out", "out", JOURNEYBOOK_BROWSER="/no/such/browser")
    assert result.exit_code == 2
    assert "which is no file" in result.stderr and "install one" in result.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("words", "said"), [
    (("csv", "nobody"), "there is no journey `nobody`"), (("mermaid",), "there are 2 files to write"),
    (("mermaid", "--out", "mkdocs.yml"), "is a file"),
])
def test_mistakes_are_told(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """An unknown journey, several files without a folder, a file in the way: exit code 2 and the reason."""
    folder = project(tmp_path, {"buy.yml": ODD, "more.yml": ODD}, DOT)
    result = run(folder, "export", *words)
    assert result.exit_code == 2 and said in result.stderr


def test_what_a_sheet_cannot_hold_is_told(demo: Path) -> None:
    """Fields without a column are counted on the error output, so that nothing is lost in silence."""
    said = export(demo, "csv", "first-year").stderr
    assert "journey.transitions (1)" in said and "pain.root_cause" in said and "stage.commitments" in said
    assert export(demo, "json", "first-year").stderr == ""
