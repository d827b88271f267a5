"""The browser of the other browser tests."""

from __future__ import annotations

from browser.conftest import chromium as chromium
