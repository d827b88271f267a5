"""A layout engine that misbehaves on demand: a comment ``// <fault>`` in a DOT text says how.

Speaks the worker's language: one JSON string in, one JSON line out, after a first line that says ready.
Run as ``python fake_engine.py <folder for notes> [fault for the start]``.
"""

import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

NOTES = Path(sys.argv[1])


def say(answer: object) -> None:
    """One answer."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def json0(dot: str) -> dict[str, Any]:
    """A document as Graphviz would write it: all nodes in a row, straight edges."""
    names = re.findall(r"^\t([nm]\d+) \[", dot, re.M)
    edges = re.findall(r"^\t([nm]\d+) -> ([nm]\d+).*?\bid=e(\d+)", dot, re.M)
    place = {name: index for index, name in enumerate(names)}
    return {
        "bb": f"0,0,{len(names) * 100},50",
        "objects": [
            {"_gvid": index, "name": name, "pos": f"{index * 100 + 50},25", "width": "1", "height": "0.5"}
            for name, index in place.items()
        ],
        "edges": [
            {
                "tail": place[tail],
                "head": place[head],
                "id": f"e{number}",
                "pos": f"e,{place[head] * 100 + 14},25 {place[tail] * 100 + 86},25 1,25 2,25 3,25",
            }
            for tail, head, number in edges
        ],
    }


def misbehave(fault: str, index: int) -> bool:
    """Does what the fault says; True when there is nothing more to answer."""
    if fault == "hang":
        (NOTES / "pid").write_text(str(os.getpid()))
        time.sleep(60)
    elif fault == "crash":
        with (NOTES / "crashes").open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault == "crash-once" and not (NOTES / "crashed").exists():
        (NOTES / "crashed").write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault == "junk":
        print("<svg>not json</svg>", flush=True)
    elif fault == "half":
        print('{"index": 0, "json0": {"bb": "0,0', end="", flush=True)
        os._exit(0)
    elif fault == "huge":
        while True:
            sys.stdout.write("x" * 65536)
    elif fault == "out-of-turn":
        say({"index": index + 7, "json0": {}})
    elif fault == "refuse":
        say({"index": index, "error": "syntax error"})
    else:
        return False
    return True


def changed(fault: str, document: dict[str, Any]) -> object:
    """A well-formed answer that is not the truth."""
    if fault == "lost-node":
        document["objects"].pop()
    elif fault == "more-nodes":
        document["objects"].append({"_gvid": 9, "name": "n9", "pos": "1,1", "width": "1", "height": "1"})
    elif fault == "lost-edge":
        document["edges"].pop()
    elif fault == "nan":
        document["objects"][0]["pos"] = "nan,inf"
    elif fault == "short-line":
        document["edges"][0]["pos"] = "1,1 2,2"
    elif fault == "list":
        return []
    return document


if sys.argv[2:] == ["silent"]:
    time.sleep(60)
if sys.argv[2:] == ["broken"]:
    say({"error": "no such library"})
    sys.exit(1)
(NOTES / "started").write_text("")
say({"ready": True})
for number, line in enumerate(sys.stdin):
    text = json.loads(line)
    found = re.search(r"// (\S+)", text)
    what = found[1] if found else ""
    if not misbehave(what, number):
        say({"index": number, "json0": changed(what, json0(text))})
