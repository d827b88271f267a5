"""Dataclasses that nobody changes: the type checker sees to it, and they are made as fast as any others.

At run time ``frozen=True`` sets each field through a method that refuses everybody else, which makes an instance
several times as costly, and a class twice. Building a thousand journeys makes millions of instances, and every command
some three hundred classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(cls=None, /, *, frozen=False, eq=True, **options):
        """As in the standard library; a frozen one has its hash, and nothing else of being frozen."""
        return dataclasses.dataclass(cls, eq=eq, unsafe_hash=frozen and eq, **options)

__all__ = ["dataclass"]
