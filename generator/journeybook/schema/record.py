"""What all records share: short forms, ``x-`` keys, blank keys."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from journeybook.schema.types import Several, described, fault
from journeybook.source import FAULTY


class _Forgotten:
    """Stands where pydantic keeps which fields were written: a set a record is a sixth of the memory of an atlas, and
    what was written is asked of the file (:meth:`journeybook.model.origins.Origin.has`).
    """

    def __get__(self, record: object, owner: type) -> frozenset[str]:
        return frozenset()

    def __set__(self, record: object, fields: object) -> None:
        pass


class Record(BaseModel):
    """A group of keys. ``main`` is the field that a plain text stands for (``stages: [Awareness]``).

    ``example`` is one such record as people write it, for the reference pages; the tests read every one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    main: ClassVar[str] = ""
    noun: ClassVar[str] = "record"
    example: ClassVar[str] = ""
    extensions: dict[str, Any] = Field(default_factory=dict, alias="x-",
                                       description="Keys that begin with `x-`: yours, kept in exports.")

    @model_validator(mode="before")
    @classmethod
    def _as_keys(cls, value: Any) -> Any:
        """Short form to full form; a known key without a value counts as not written; ``x-`` keys are kept apart.

        Where a value stands that was reported already, each needed key gets the same stand-in.
        """
        if isinstance(value, dict):
            held = value.values()
            if None not in held and FAULTY not in held and value.keys() <= cls.known():
                return value
        elif value == FAULTY:
            return dict.fromkeys(cls.needed(), FAULTY)
        elif isinstance(value, str) and cls.main:
            return cls.from_text(value)
        else:
            first = cls.main or cls.keys()[0]
            wanted = f"{'a text or ' if cls.main else ''}keys such as `{first}:`"
            raise fault("value-type", f"expected {wanted} for this {cls.noun}, found {described(value)}",
                        f"write `{first}:` and the other keys below it")
        needed, known = cls.needed(), cls.known()
        own = {key: entry for key, entry in value.items() if key.startswith("x-")}
        kept = {key: entry for key, entry in value.items()
                if key not in own and (key not in known if entry is None else entry != FAULTY or key in needed)}
        if own:
            kept["x-"] = own
        return kept

    @classmethod
    def from_text(cls, value: str) -> dict[str, Any]:
        """What the short form means."""
        return {cls.main: value}

    @classmethod
    def name_of(cls, value: Any) -> str:
        """The words from which a record in a list gets its id when it has none; ``""`` where there are none."""
        words = value if isinstance(value, str) else value.get(cls.main) if isinstance(value, dict) else None
        return words if isinstance(words, str) else ""

    @classmethod
    @cache
    def needed(cls) -> frozenset[str]:
        """The keys without which there is no such record."""
        return frozenset(info.alias or name for name, info in cls.model_fields.items() if info.is_required())

    @classmethod
    @cache
    def known(cls) -> frozenset[str]:
        """The keys a user may write, to look one up in."""
        return frozenset(cls.keys())

    @classmethod
    def keys(cls) -> list[str]:
        """The keys a user may write."""
        return [info.alias or name for name, info in cls.model_fields.items() if name != "extensions"]

    @classmethod
    @cache
    def lists(cls) -> frozenset[str]:
        """The keys that hold a list, also where one value stands for it."""
        return frozenset(info.alias or name for name, info in cls.model_fields.items()
                         if any(isinstance(mark, Several) for mark in info.metadata))

    @classmethod
    @cache
    def parts(cls) -> dict[str, type[Record]]:
        """Key → the kind of record that it holds, one or several, for the keys that hold records."""
        found = {info.alias or name: _held(info.annotation) for name, info in cls.model_fields.items()}
        return {key: held for key, held in found.items() if held}


def _held(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Record) else None
    return next((found for found in map(_held, get_args(annotation)) if found), None)


Record.__pydantic_fields_set__ = _Forgotten()  # type: ignore[assignment]  # in place of pydantic's slot
