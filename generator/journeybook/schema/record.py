"""What all records share: short forms, ``x-`` keys, blank keys."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from journeybook.schema.types import described, fault


class Record(BaseModel):
    """A group of keys. ``main`` is the field that a plain text stands for (``stages: [Awareness]``)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    main: ClassVar[str] = ""
    noun: ClassVar[str] = "record"
    extensions: dict[str, Any] = Field(default_factory=dict, alias="x-",
                                       description="Keys that begin with `x-`: yours, carried to the exports.")

    @model_validator(mode="before")
    @classmethod
    def _as_keys(cls, value: Any) -> Any:
        """Short form to full form; a key without a value counts as not written; ``x-`` keys are kept apart."""
        if isinstance(value, str) and cls.main:
            return cls.from_text(value)
        if not isinstance(value, dict):
            wanted = f"a text or keys such as `{cls.main}:`" if cls.main else "keys and values"
            raise fault("value-type", f"expected {wanted} for this {cls.noun}, found {described(value)}",
                        f"write `{cls.main or next(iter(cls.model_fields))}:` and the other keys below it")
        own = {key: entry for key, entry in value.items() if key.startswith("x-")}
        kept = {key: entry for key, entry in value.items() if entry is not None and key not in own}
        if own:
            kept["x-"] = own
        return kept

    @classmethod
    def from_text(cls, value: str) -> dict[str, Any]:
        """What the short form means."""
        return {cls.main: value}

    @classmethod
    def keys(cls) -> list[str]:
        """The keys a user may write."""
        return [name for name in cls.model_fields if name != "extensions"]
