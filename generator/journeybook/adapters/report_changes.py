"""Changes on paper: for people (text), for pull requests (markdown) and for programs (json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from journeybook.adapters.report.data import as_record
from journeybook.adapters.report.safe import clean, clean_json
from journeybook.adapters.report.text import Style, concise, plain
from journeybook.changes import Change, Changes, Group, Level
from journeybook.changes.entities import Reviewer
from journeybook.formats import count

MARKS = {Level.BREAKING: "!", Level.NOTIFY: "~", Level.MINOR: "."}
COLOURS = {Level.BREAKING: "red", Level.NOTIFY: "yellow", Level.MINOR: "blue"}
NAMES = {Level.BREAKING: "Breaking", Level.NOTIFY: "Worth knowing", Level.MINOR: "Minor"}
ORDER = (Level.BREAKING, Level.NOTIFY, Level.MINOR)
COLUMN = 58  # where the notes of the text format begin
MOST_PLACES = 2  # of those that use what was taken away, by name
MOST_LINES = 100  # of problems, and of changes of one weight in a pull request
CODE = re.compile(r"`([^`]+)`")
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def tally(counted: Changes | Group) -> str:
    """``2 breaking · 1 notify · 3 minor``, without what is none."""
    return " · ".join(f"{counted.count(level)} {level.word}" for level in ORDER if counted.count(level))


def text(changes: Changes, base: str, head: str, style: Style = plain) -> Iterator[str]:
    """Short lines by journey, what breaks first."""
    if not changes:
        yield f"Nothing changed in meaning from {clean(base)} to {_side(head)}."
        return
    for group in changes.groups:
        title = f"{clean(group.title)} ({group.id})" if group.journey else clean(group.title)
        yield f"{style(f'{title:<{COLUMN}}', bold=True)} {tally(group)}"
        for change in group.changes:
            yield from _line(change, style)
        yield ""
    for name, mark, problems in (("New problems", "+", changes.new), ("Mended problems", "-", changes.mended)):
        if problems:
            yield style(f"{name}: {len(problems)}", bold=True)
            for problem in problems[:MOST_LINES]:
                yield f" {mark} {next(concise([problem]))}"
            yield from _more(len(problems))
            yield ""
    if changes.reviewers:
        yield f"Who should review: {', '.join(clean(_reviewer(one)) for one in changes.reviewers)}"
    yield f"From {clean(base)} to {_side(head)}: {tally(changes) or 'no change of a record'}"


def _line(change: Change, style: Style) -> Iterator[str]:
    mark = style(MARKS[change.level], fg=COLOURS[change.level], bold=True)
    words, said = clean(change.words), clean(note(change))
    if not said:
        yield f" {mark} {words}"
    elif len(words) + 3 < COLUMN:
        yield f" {mark} {words:<{COLUMN - 3}} {said}"
    else:
        yield f" {mark} {words}"
        yield f"{'':{COLUMN}} {said}"


def note(change: Change) -> str:
    """What follows from a change: who used it, why it is judged so."""
    return "; ".join(filter(None, (change.note, _used(change))))


def _used(change: Change) -> str:
    places = [f"{span.path}:{span.line}" for span in change.used]
    if not places:
        return ""
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    return f"used by {', '.join(places[:MOST_PLACES])}{more}"


def _reviewer(one: Reviewer) -> str:
    return f"{one.name} ({' '.join(one.handles)})" if one.handles else one.name


def _side(head: str) -> str:
    return "the work tree" if head == "worktree" else clean(head)


def _more(how_many: int) -> Iterator[str]:
    if how_many > MOST_LINES:
        yield f"   and {how_many - MOST_LINES} more"


def markdown(changes: Changes, base: str, head: str) -> Iterator[str]:
    """For a comment on a pull request: the sum on one line, then by journey; minor changes folded away."""
    yield "## What changes in the journey maps"
    yield ""
    if not changes:
        yield f"Nothing changes in meaning from {_code(base)} to {_code(_side(head))}."
        return
    said = [tally(changes) or "No record changes"]
    said += [count(len(changes.new), "new problem")] if changes.new else []
    said += [f"{count(len(changes.mended), 'problem')} mended"] if changes.mended else []
    yield f"**{' · '.join(said)}** from {_code(base)} to {_code(_side(head))}."
    if changes.reviewers:
        yield ""
        names = [f"{_escaped(one.name)}{''.join(f' {_code(handle)}' for handle in one.handles)}"
                 for one in changes.reviewers]
        yield f"Who should review: {', '.join(names)}."
    for group in changes.groups:
        yield ""
        yield f"### {_escaped(group.title)}"
        for level in ORDER:
            own = [change for change in group.changes if change.level is level]
            if own:
                yield from _folded(level, own) if level is Level.MINOR else _open(level, own)
    for name, problems in (("New problems", changes.new), ("Mended problems", changes.mended)):
        if problems:
            yield ""
            yield f"### {name}"
            yield ""
            for problem in problems[:MOST_LINES]:
                yield f"- {_code(str(problem.span))} {problem.severity.word}: {_escaped(problem.message)}"
            yield from (f"- {words.strip()}" for words in _more(len(problems)))


def _open(level: Level, changes: list[Change]) -> Iterator[str]:
    yield ""
    yield f"**{NAMES[level]}**"
    yield ""
    yield from _items(changes)


def _folded(level: Level, changes: list[Change]) -> Iterator[str]:
    yield ""
    yield f"<details><summary>{NAMES[level]}: {count(len(changes), 'change')}</summary>"
    yield ""
    yield from _items(changes)
    yield ""
    yield "</details>"


def _items(changes: list[Change]) -> Iterator[str]:
    for change in changes[:MOST_LINES]:
        said = note(change)
        yield f"- {_escaped(change.words)}{f'<br><sub>{_escaped(said)}</sub>' if said else ''}"
    yield from (f"- {words.strip()}" for words in _more(len(changes)))


def _escaped(words: str) -> str:
    """A user's words as the words they are: no markup but code, no mention of somebody, no link to an issue."""
    parts = CODE.split(clean(words))
    return "".join(_code(part) if index % 2 else MARKDOWN.sub(r"\\\1", part).replace("@", "@\u200b").replace(
        "://", ":\u200b//") for index, part in enumerate(parts))


def _code(words: str) -> str:
    return f"`{clean(words).replace('`', 'ˋ')}`"


def as_json(changes: Changes, base: str, head: str) -> str:
    """One document: ``groups`` with their changes, ``problems`` new and mended, ``review``, a ``summary``."""
    return clean_json(json.dumps({
        "base": base, "head": head,
        "groups": [{"id": group.id, "title": group.title, "journey": group.journey,
                    "changes": [_change(change) for change in group.changes]} for group in changes.groups],
        "problems": {"new": [as_record(problem) for problem in changes.new],
                     "mended": [as_record(problem) for problem in changes.mended]},
        "review": [{"id": one.id, "name": one.name, "handles": list(one.handles)} for one in changes.reviewers],
        "summary": {**{level.word: changes.count(level) for level in ORDER}, "new_problems": len(changes.new),
                    "mended_problems": len(changes.mended)},
    }, ensure_ascii=False, indent=2))


def _change(change: Change) -> dict[str, Any]:
    return {
        "level": change.level.word, "rule": change.rule, "action": change.action, "kind": change.kind, "id": change.id,
        "was": change.was, "journey": change.journey, "stage": change.stage, "title": change.title,
        "field": change.field, "before": change.before, "after": change.after, "words": change.words,
        "note": change.note, "teams": list(change.teams),
        "used": [{"path": span.path, "line": span.line, "column": span.column} for span in change.used]}
