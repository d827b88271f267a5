"""A client of the YAML language server: as much of the protocol as the tests need, over pipes.

https://microsoft.github.io/language-server-protocol/ (3.17): messages are JSON with a ``Content-Length`` head.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

from node.find import SERVER

PATIENCE = 30.0  # seconds for an answer; it takes a fraction of one


class LanguageServer:
    """A running server that reads one schema for every file below a folder."""

    def __init__(self, folder: Path, schema: Path) -> None:
        self.folder = folder
        self._settings = {"yaml": {
            "schemas": {schema.as_uri(): "**/*.yml"}, "completion": True, "hover": True, "validate": True,
            "schemaStore": {"enable": False}}, "http": {}, "[yaml]": {}}
        self._numbers = 0
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._told: dict[str, queue.Queue[Any]] = {}
        self._process = subprocess.Popen(
            [shutil.which("node") or "node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, "NODE_NO_WARNINGS": "1"})
        threading.Thread(target=self._listen, daemon=True).start()
        can = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}},
                                "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}},
               "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}}
        self.ask("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": can,
                                "workspaceFolders": [{"uri": folder.as_uri(), "name": "atlas"}]})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def open(self, name: str, text: str) -> str:
        """Open a file (it need not exist); gives its address."""
        uri = (self.folder / name).as_uri()
        self._told.setdefault(uri, queue.Queue())
        self.tell("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        return uri

    def faults(self, uri: str) -> list[dict[str, Any]]:
        """What is underlined in a file."""
        found: list[dict[str, Any]] = self._told[uri].get(timeout=PATIENCE)
        return found

    def offered(self, uri: str, line: int, column: int) -> list[dict[str, Any]]:
        """What could be written at a place (from 0)."""
        answer = self.ask("textDocument/completion", {
            "textDocument": {"uri": uri}, "position": {"line": line, "character": column}})
        found: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer or []
        return found

    def hover(self, uri: str, line: int, column: int) -> str:
        """What is said about the word at a place (from 0)."""
        answer = self.ask("textDocument/hover", {
            "textDocument": {"uri": uri}, "position": {"line": line, "character": column}})
        return str(answer["contents"]["value"]) if answer else ""

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait()

    def ask(self, method: str, parameters: Any) -> Any:
        """A request and its answer."""
        self._numbers += 1
        waiting = self._answers[self._numbers] = queue.Queue()
        self._send({"id": self._numbers, "method": method, "params": parameters})
        message = waiting.get(timeout=PATIENCE)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def tell(self, method: str, parameters: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        out = self._process.stdout
        assert out
        while head := out.readline():
            length = 0
            while head.strip():
                name, _, value = head.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                head = out.readline()
            self._receive(json.loads(out.read(length)))

    def _receive(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers.pop(message["id"]).put(message)
        elif method == "textDocument/publishDiagnostics":
            self._told.setdefault(message["params"]["uri"], queue.Queue()).put(message["params"]["diagnostics"])
        elif method == "workspace/configuration":
            items = message["params"]["items"]
            self._send({"id": message["id"], "result": [
                self._settings.get(item.get("section", ""), None) for item in items]})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})
