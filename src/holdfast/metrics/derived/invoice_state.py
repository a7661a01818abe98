"""Invoices with whether they were taken back."""

from __future__ import annotations

import ibis

from holdfast.metrics.derivation import Context, derivation

from .in_force import in_force

COLUMNS = {"withdrawn": "Void or refunded, also where the source gives no date for it"}


@derivation("invoice_state")
def invoice_state(rows: ibis.Table, context: Context) -> ibis.Table:
    """Add ``withdrawn``.

    The status of an invoice waits for its date of payment, which a void invoice never has: an invoice that
    the version in force calls void or refunded is not asked for.
    """
    found = in_force(context, "invoice", "invoice_id", "status", ("void", "refunded"))
    found = found.select(day_="as_of", of_="invoice_id", withdrawn_=ibis.literal(True))
    kept = rows.columns
    joined = rows.left_join(found, [rows.as_of == found.day_, rows.invoice_id == found.of_])
    return joined.mutate(withdrawn=joined.withdrawn_.fill_null(False)).select(*kept, "withdrawn")
