"""Templates of one language: how they are compiled, escaped and told the words of the interface."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from journeybook import formats, words
from journeybook.words import Speech

_MARKED = re.compile("[&<>'\"]")


def text(value: object) -> object:
    """A value as it stands in HTML: ``escape`` without a new object where there is nothing to escape."""
    kind = type(value)
    if kind is Markup or (kind is str and not _MARKED.search(value)):  # type: ignore[call-overload]
        return value
    return escape(value)


class _AtOnce:
    """Gives pieces of a page on as soon as it has them."""

    append = staticmethod(lambda piece: piece)
    extend = staticmethod("".join)


class _Code(CodeGenerator):
    """Templates that escape what they show through :func:`text`: a page shows thousands of values.

    Our own templates ask attributes of objects only, never keys of mappings, and call nothing that wants to know who
    calls; so both is done without a call of Jinja's in between.
    """

    environment: LanguageEnvironment

    def write_commons(self) -> None:
        """What each block begins with."""
        super().write_commons()
        self.writeline("shown, at_once = environment.text, environment.at_once")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - the visitor's name for it
        """Several pieces in a row go through the generators of all templates around them as one."""
        if frame.buffer is None and len(node.nodes) > 1:
            frame = frame.copy()
            frame.buffer = "yield at_once"  # which takes pieces as the list does that Jinja gathers them in elsewhere
        super().visit_Output(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - as above
        """``tag(stage.mark)``."""
        if not self._own or forward_caller or node.dyn_args or node.dyn_kwargs or any(
                iskeyword(pair.key) for pair in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    @property
    def _own(self) -> bool:
        return (self.filename or "").startswith(self.environment.own)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the visitor's name for it
        """``view.title``."""
        if self._own and not iskeyword(node.attr):
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Said(NodeTransformer):
    """Puts the words of one language into a template, so that they cost nothing when a page is drawn.

    ``{{ _('Owner') }}`` becomes text, ``{{ _('at %(stage)s', stage=x) }}`` text, value and text.
    """

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._own: set[int] = set()  # what stands for one call

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - the visitor's name for it
        """What is shown at once needs no joining."""
        self.generic_visit(node)
        node.nodes = [piece for each in node.nodes
                      for piece in (each.nodes if isinstance(each, nodes.Concat) and id(each) in self._own else [each])]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's name for it
        """A call of gettext with a constant text."""
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        texts = [each.value for each in node.args if isinstance(each, nodes.Const) and isinstance(each.value, str)]
        if len(texts) != len(node.args) or (called, len(texts)) not in (("_", 1), ("gettext", 1), ("pgettext", 2)):
            return node
        catalogue = self._speech.catalogue
        said = catalogue.gettext(*texts) if len(texts) == 1 else catalogue.pgettext(*texts)
        if not node.kwargs:
            return nodes.Const(said, lineno=node.lineno)
        values = {pair.key: pair.value for pair in node.kwargs}
        # Every second piece is the name of a place.
        pieces: list[nodes.Expr] = [
            values[piece] if at % 2 else nodes.Const(piece.replace("%%", "%"), lineno=node.lineno)
            for at, piece in enumerate(words.PLACES.split(said))]
        whole = nodes.Concat(pieces, lineno=node.lineno)
        self._own.add(id(whole))
        return whole


class _Context(Context):
    """What one template of a page knows. Its macros hold it, and it holds them: somebody has to part them."""

    environment: LanguageEnvironment

    def __init__(self, environment: LanguageEnvironment, parent: dict[str, Any], *given: Any, **more: Any) -> None:
        super().__init__(environment, parent, *given, **more)
        if "view" in parent:  # else it is a room of macros, which stays for all pages
            environment.of_page.append(self)


class LanguageEnvironment(Environment):
    """Jinja with code of our own, for one language."""

    code_generator_class = _Code
    context_class = _Context
    text = staticmethod(text)
    at_once = _AtOnce()
    newstyle_gettext = True  # named places are filled in the call, and what fills them is escaped

    def __init__(self, speech: Speech, own: Path, **options: Any) -> None:
        """``own`` is the folder of our own templates."""
        self.own = f"{own}{os.sep}"
        super().__init__(extensions=["jinja2.ext.i18n"], **options)
        self.language = speech.wanted
        self.of_page: list[_Context] = []
        self._speech = speech
        # As the extension gives them, but with our numbers and no markup in a translation.
        self.globals.update(_=_gettext, gettext=_gettext, ngettext=_counting(), pgettext=_pgettext)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows. All of it is known when the first one is loaded: no need to look it up anew."""
        return {**self.globals, **(d or {})}

    def draw(self, name: str, **given: object) -> str:
        """A page by its template. Afterwards nothing holds what it was ``given``: else all of a large site would stay
        in memory to the end of a build, which does without the collector of cyclic garbage.
        """
        try:
            return self.get_template(name).render(**given)
        finally:
            for context in self.of_page:
                context.vars.clear()
                context.parent.clear()
            self.of_page.clear()

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        return super()._generate(_Said(self._speech).visit(source), *args, **options)


def _gettext(text: str, **values: object) -> Markup:
    """A text that only the page knows. What fills its places is escaped unless it is markup."""
    return escape(words.current().catalogue.gettext(text)) % values


def _pgettext(context: str, text: str, **values: object) -> Markup:
    return escape(words.current().catalogue.pgettext(context, text)) % values


def _counting() -> Callable[..., Markup]:
    """``ngettext`` that says each number once where nothing else is in the text, as is mostly so."""
    kept = lru_cache(4096)(lambda one, many, how_many: escape(formats.plural(one, many, how_many)))

    def ngettext(one: str, many: str, how_many: float, **values: object) -> Markup:
        if not values:
            return kept(one, many, how_many)
        values["num"] = formats.number(how_many)
        return escape(words.current().catalogue.ngettext(one, many, int(how_many))) % values

    return ngettext
