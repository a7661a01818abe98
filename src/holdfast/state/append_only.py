"""Rows that are written once and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models

from holdfast.errors.state import HistoryIsAppendOnly


class AppendOnly(models.Model):
    """A row of a history: what comes later is a further row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; HistoryIsAppendOnly where it is written already."""
        if self.pk is not None:
            raise HistoryIsAppendOnly(what=str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise HistoryIsAppendOnly(what=str(self))
