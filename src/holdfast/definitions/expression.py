"""Expressions: SQL scalar expressions, checked against an allow-list; never evaluated as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .expression_error import ExpressionError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema
    from sqlglot import expressions as exp

MAX_LENGTH = 2_000
MAX_NODES = 400
MAX_DEPTH = 40


@dataclass(frozen=True)
class Expression:
    """A parsed expression: its text, its tree, and the names it uses.

    Division is double division with null for a zero divisor. ``%`` is refused; ``mod(a, b)`` says it.

    >>> e = Expression.parse("mrr * 12 >= 100000 and plan = 'pro'")
    >>> sorted(e.names)
    ['mrr', 'plan']
    """

    text: str
    tree: exp.Expr = field(compare=False, repr=False)
    names: frozenset[str] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Parse ``text``; raise ExpressionError with reason and hint where it is not allowed."""
        from .expression_parser import parse

        return parse(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def validate(value: Any) -> Expression:
            if isinstance(value, Expression):
                return value
            if isinstance(value, bool | int | float):
                value = str(value).lower()
            if not isinstance(value, str):
                raise ValueError("an expression is a text")
            try:
                return cls.parse(value)
            except ExpressionError as error:
                raise PydanticCustomError(
                    "expression", "{reason}", {"reason": error.reason, "hint": error.hint}
                ) from error

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(lambda e: e.text)
        )
