"""What a template can do: a list of all it may use, and nothing else.

Jinja's own sandbox refuses what is known to be dangerous. This one knows what is needed: the
fields of records, items of lists, macros, and the filters, tests, functions and methods named
here. What a template asks for beyond these is not there.
"""

from __future__ import annotations

from functools import wraps
from types import GeneratorType, MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Undefined, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, operators
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as ALL_FILTERS
from jinja2.filters import _GroupTuple, do_replace
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as ALL_TESTS
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from handouts.compose.attributes import NOTHING, Method, attribute_of, may_replace, not_there
from handouts.compose.fill_limits import MOST_LETTERS, PastLimitError, bounded, may_grow, too_large
from handouts.compose.plain_view import Panels, Record
from handouts.compose.scripts import isolated
from handouts.wording.language import PLACEHOLDER, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import BaseLoader
    from jinja2.compiler import Frame
    from jinja2.nodes import EvalContext
    from jinja2.runtime import Context

FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "e", "escape", "first", "float",
    "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min",
    "reject", "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr",
    "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
)  # fmt: skip
"""Of Jinja's filters; ``isolated`` and ``filled`` are ours."""
TESTS = (
    "!=", "<", "<=", "==", ">", ">=", "boolean", "defined", "divisibleby", "eq", "equalto", "even",
    "false", "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan",
    "lower", "lt", "mapping", "ne", "none", "number", "odd", "sequence", "string", "true",
    "undefined", "upper",
)  # fmt: skip
LONGEST_RANGE = 100_000


def _range(*bounds: int) -> range:
    """Count, as Python's range does, up to so many numbers.

    Raises:
        PastLimitError: they are more.

    """
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise PastLimitError("a range has too many numbers", f"{LONGEST_RANGE:,}")
    return numbers


FUNCTIONS: dict[str, Callable[..., Any]] = {"range": _range, "namespace": Namespace}

_GROWING = {"batch", "join", "round", "slice"}
"""Filters that can make much of little."""
_OF_NUMBERS = {"divisibleby", "even", "odd", "sum"}
"""Tests and filters that are for numbers. Of a text, % would write others into it."""
_UNDEFINED = (StrictUndefined, Undefined)
"""The second is what an if without its else gives; it prints nothing."""
_TEXTS = (str, Markup)
_SEQUENCES = (tuple, list, range, _GroupTuple)
_PRINTED = frozenset({str, Markup, int, float, bool, type(None), *_UNDEFINED})
_CALLABLE = (Macro, BlockReference, LoopContext, Panels, Method)


class _Code(CodeGenerator):
    """Writes templates' code so that what is compared or joined is small enough.

    Python compares and joins in a single step that no timer can stop.
    """

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 - Jinja's
        self.write("(")
        self._bounded(node.expr, frame)
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            self._bounded(operand.expr, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's
        self.write("environment.bounded(")
        super().visit_Concat(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - Jinja's
        self.write("{")
        for pair in node.items:
            self._bounded(pair.key, frame)
            self.write(": ")
            self.visit(pair.value, frame)
            self.write(", ")
        self.write("}")

    def _bounded(self, node: nodes.Expr, frame: Frame) -> None:
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write("environment.bounded(")
        self.visit(node, frame)
        self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """Fills templates with plain data and with what is named above."""

    code_generator_class = _Code
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    bounded = staticmethod(bounded)

    def __init__(self, loader: BaseLoader, words: Record) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printable,
            optimized=False,  # which would cost more than it saves: each page is filled once
        )
        self.filters = {name: _guarded(name, ALL_FILTERS[name]) for name in FILTERS}
        self.filters["replace"] = _guarded("replace", _replace)
        self.filters["isolated"] = _guarded("isolated", isolated)
        self.filters["filled"] = _guarded("filled", _filled)
        self.tests = {name: _guarded(name, ALL_TESTS[name]) for name in TESTS}
        self.globals = {**FUNCTIONS, "words": words}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a field, or one of the names that are known of a thing; else it is undefined."""
        kind = type(obj)
        if kind in _UNDEFINED:
            obj()  # says what is undefined
        found = attribute_of(obj, attribute)
        if found is NOTHING:
            return self.undefined(hint=not_there(obj, attribute), obj=obj)
        return found

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Give an item by its number, key or name; else it is undefined."""
        kind = type(obj)
        number = type(argument) in {int, bool, slice}
        if kind in {dict, MappingProxyType}:
            if isinstance(argument, str | int) and argument in obj:
                return obj[argument]
        elif number and kind in (*_SEQUENCES, *_TEXTS):
            try:
                return obj[argument]
            except IndexError:
                pass
        elif kind in _UNDEFINED:
            obj()  # says what is undefined
        elif isinstance(argument, str):
            found = attribute_of(obj, str(argument))
            if found is not NOTHING:
                return found
        # The name is not told: it may be a patient's own word.
        return self.undefined(hint="there is no such item", obj=obj)

    def is_safe_callable(self, obj: Any) -> bool:
        """Say whether a template may call a thing."""
        return type(obj) in _CALLABLE or any(obj is one for one in FUNCTIONS.values())

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's
        """Call what a template may call, with small values alone."""
        if type(__obj) in _UNDEFINED:
            __obj()  # says what is undefined
        if not __self.is_safe_callable(__obj):
            raise SecurityError("this can't be called")
        for value in (*args, *kwargs.values()):
            bounded(value)
        return bounded(__context.call(__obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon, within the bounds."""
        bounded(left)
        bounded(right)
        if operator == "%" and isinstance(left, str):
            raise TypeError("a text takes no % here; write its parts one after the other")
        if operator == "*" and not (_is_number(left) and _is_number(right)):
            may_grow(left, right)
        if operator == "**" and not (_is_number(left) and _is_number(right) and abs(right) <= 50):
            raise TypeError("** takes numbers, and 50 at most behind it")
        return bounded(super().call_binop(context, operator, left, right))

    def concat(self, parts: Iterable[str]) -> str:
        """Join what a page, a macro or a block has written."""
        texts, letters = [], 0
        for part in parts:
            letters += len(part)
            texts.append(part)
            if letters > MOST_LETTERS:
                raise too_large()
        return "".join(texts)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


@pass_eval_context
def _replace(context: EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    may_replace(s, old, new)
    return do_replace(context, s, old, new, count)


def _filled(text: str, **values: str | int) -> Markup:
    """Fill the placeholders of a text; what is markup already stays."""
    for value in values.values():
        may_grow(str(value), len(PLACEHOLDER.findall(text)))
    return Markup(filled(escape(text), {name: escape(value) for name, value in values.items()}))  # noqa: S704 - escaped


def _only_numbers(*values: Any) -> None:
    for value in values:
        if not all(map(_is_number, value if isinstance(value, _SEQUENCES) else (value,))):
            raise TypeError("this is for numbers alone")


def _guarded(name: str, function: Any) -> Callable[..., Any]:
    """Let a filter or a test take and give small values alone, and lists for generators."""
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        value, *others = values = (*args[first:], *kwargs.values())
        for each in values:
            bounded(each)
        if name in _GROWING:
            may_grow(range(len(value)) if hasattr(value, "__len__") else None, *others)
        if name in _OF_NUMBERS:
            _only_numbers(*values)
        result = function(*args, **kwargs)
        return bounded(tuple(result) if isinstance(result, GeneratorType) else result)

    return guarded


def _printable(value: Any) -> Any:
    """Let text and numbers be printed; the insides of anything else are no words for paper."""
    if type(value) not in _PRINTED:
        raise TypeError("only texts and numbers can be printed, and this is neither")
    return value
