"""The two roots of all errors of Holdfast."""

from __future__ import annotations

from typing import Any, ClassVar


class HoldfastError(Exception):
    """Base of both roots. Facts are given by name and are public attributes.

    Subclasses word themselves with three templates over their facts: ``where`` (place), ``reason`` and
    ``next_command`` (what to type or do next).

    >>> class Missing(UserError):
    ...     where, reason, next_command = "{path}", "there is no such file", "ls {path}"
    >>> print(Missing(path="a.csv"))
    a.csv: there is no such file. Next: ls a.csv
    """

    where: ClassVar[str] = ""
    reason: ClassVar[str] = ""
    next_command: ClassVar[str] = ""
    exit_code: ClassVar[int] = 3

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.facts))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def words(self) -> dict[str, str]:
        """Place, reason and next command as filled texts."""
        return {
            "where": self.where.format(**self.facts),
            "reason": self.reason.format(**self.facts),
            "next": self.next_command.format(**self.facts),
        }

    def __str__(self) -> str:
        words = self.words()
        text = f"{words['where']}: {words['reason']}" if words["where"] else words["reason"]
        return f"{text}. Next: {words['next']}" if words["next"] else f"{text}."


class UserError(HoldfastError):
    """Something the person at the keyboard can act on. Exit code 1; 2 where the command was used wrongly."""

    exit_code = 1


class InternalError(HoldfastError):
    """A bug of Holdfast: nothing the user did."""

    exit_code = 3


def _rebuild(kind: type[HoldfastError], facts: dict[str, Any]) -> HoldfastError:
    return kind(**facts)
