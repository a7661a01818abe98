"""Which column of a flat export is what: by name and synonym, never by guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.errors.flat import FlatColumnMissing, FlatMapUnknown

IGNORE = "ignore"
_LETTERS = {ord("ß"): "ss", ord("æ"): "ae", ord("ø"): "o", ord("œ"): "oe", ord("ł"): "l"}
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("Ä"): "Ae", ord("Ö"): "Oe", ord("Ü"): "Ue"}


@dataclass(frozen=True)
class Recognition:
    """``columns``: entry of flat.yml -> column; ``ignored``: columns left alone; ``notes``: why, in words."""

    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]


def plain(header: str) -> str:
    """A header without case, accents, spaces and signs, words joined by underscores.

    >>> plain(" Tage seit letztem Login "), plain("Dernière-Connexion"), plain("npsScore")
    ('tage_seit_letztem_login', 'derniere_connexion', 'nps_score')
    """
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header.strip())
    letters = unicodedata.normalize("NFKD", split.lower().translate(_LETTERS))
    ascii_only = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")


def spellings(header: str) -> tuple[str, ...]:
    """The plain header, and with umlauts written out: ä as ae.

    >>> spellings("Pünktlich bezahlt")
    ('punktlich_bezahlt', 'puenktlich_bezahlt')
    """
    composed = unicodedata.normalize("NFC", header)
    out = composed.translate(_UMLAUTS)
    return tuple(dict.fromkeys((plain(header), plain(out))))


def recognise(
    headers: Sequence[str], known: Mapping[str, Mapping[str, Any]], mapping: Mapping[str, str], place: str
) -> Recognition:
    """Find the entries of ``known`` among ``headers``; ``mapping`` (column -> entry) goes before names."""
    chosen = _mapped(headers, known, mapping, place)
    synonyms = {
        plain(s): (entry, rank) for entry, fields in known.items() for rank, s in enumerate(fields.get("synonyms", ()))
    }
    offers: dict[str, list[tuple[int, int, str]]] = {}
    for position, header in enumerate(headers):
        if header in mapping:
            continue
        found = next((synonyms[s] for s in spellings(header) if s in synonyms), None)
        if found is not None:
            offers.setdefault(found[0], []).append((found[1], position, header))
    notes = []
    for entry, candidates in offers.items():
        ordered = [header for _, _, header in sorted(candidates)]
        if entry not in chosen:
            chosen[entry] = ordered.pop(0)
        notes += [f"{h} also reads as {entry}; {chosen[entry]} is used" for h in ordered]
    if "account_id" not in chosen and "name" in chosen:
        chosen["account_id"] = chosen["name"]
        notes.append(f"{chosen['name']} names the accounts; there is no column with an id")
    if "account_id" not in chosen:
        raise FlatColumnMissing(place=place, needed="account_id", columns=", ".join(headers) or "none")
    used = set(chosen.values())
    return Recognition(chosen, tuple(h for h in headers if h not in used), tuple(notes))


def _mapped(
    headers: Sequence[str], known: Mapping[str, Mapping[str, Any]], mapping: Mapping[str, str], place: str
) -> dict[str, str]:
    from holdfast.definitions.nearest import nearest

    chosen: dict[str, str] = {}
    for column, entry in mapping.items():
        if column not in headers:
            close = nearest(column, headers)
            hint = f"did you mean {close!r}" if close else "the columns are: " + ", ".join(headers)
            raise FlatMapUnknown(place=place, what="column", name=column, hint=hint)
        if entry == IGNORE:
            continue
        if entry not in known:
            close = nearest(entry, known)
            hint = f"did you mean {close!r}" if close else "known are: " + ", ".join(known)
            raise FlatMapUnknown(place=place, what="metric", name=entry, hint=hint)
        chosen[entry] = column
    return chosen
