"""A full export says what is there; a key that is gone from it is deleted from then on."""

from __future__ import annotations

from holdfast.definitions.source import Source
from holdfast.lake import TEXTS
from holdfast.records import RecordType

from .content_hash import quoted, text_literal
from .lake_rows import LakeRows
from .staged_rows import StagedRows


def gone_rows(
    rows: StagedRows, there: LakeRows, record: RecordType, source: Source, batch_id: str, known: str
) -> str:
    """SQL of the deleting versions: the newest version of each key that the export no longer has.

    A key that stands in a quarantined row of the export is not gone. Where the key is a person's id, it
    cannot be looked for in raw rows, so nothing is deleted while there are any.
    """
    key = ", ".join(quoted(k) for k in record.stored_key)
    staged = f"SELECT {key} FROM staged_{record.name}" if record.name in rows.record_names else None
    columns = ", ".join(quoted(c.stored_name) for c in record.columns)
    newest = (
        f"SELECT * FROM ({there.record(record.name)}) WHERE source = {text_literal(source.source)} "
        f"AND batch_id <> {text_literal(batch_id)} QUALIFY row_number() OVER (PARTITION BY {key} "
        "ORDER BY coalesce(effective_at, known_at) DESC, known_at DESC, row_hash DESC, line DESC) = 1"
    )
    moment = (
        f"(SELECT max(effective_at) FROM staged_{record.name})" if staged else "NULL::TIMESTAMP"
    )
    anti = f"ANTI JOIN ({staged}) USING ({key})" if staged else ""
    effective = f"CASE WHEN {moment} IS NOT NULL THEN greatest({moment}, effective_at) END"
    believed = f"coalesce({effective}, {known})" if source.known_at == "effective_at" else known
    return (
        f"SELECT {columns}, source, {text_literal(batch_id)} AS batch_id, {believed} AS known_at, "
        f"{effective} AS effective_at, true AS deleted, row_hash, {text_literal(rows.files[0])} AS file, "
        f"NULL::BIGINT AS line FROM ({newest}) n {anti} WHERE NOT deleted AND {_unmentioned(rows, record)}"
    )


def _unmentioned(rows: StagedRows, record: RecordType) -> str:
    rejects = rows.rejects_relation()
    texts = rows.vault_relation(TEXTS)
    if not rejects or not texts:
        return "true"
    if any(record.column(k).personal for k in record.key):
        return "false"
    key = quoted(record.key[0])
    return (
        f"NOT EXISTS (SELECT 1 FROM ({texts}) t WHERE t.record = 'quarantine' AND contains(t.value, n.{key}::VARCHAR))"
    )
