"""Names, titles and e-mails of persons: held as columns, since a company of some size has hundreds of thousands."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pyarrow as pa


class PersonalValues:
    """Values by key.

    >>> values = PersonalValues(pa.table({"key": [3, 7], "value": ["Ana", "ana@example.com"]}))
    >>> values.of([7, 4])
    {7: 'ana@example.com'}
    """

    def __init__(self, table: pa.Table) -> None:
        table = table.sort_by("key").combine_chunks()
        self._keys = table["key"].to_numpy()
        self._values = table["value"]

    def of(self, keys: Collection[int]) -> dict[int, str]:
        """The values of these keys, as far as there are any."""
        wanted = np.array(sorted(keys), dtype=np.int64)
        places = np.searchsorted(self._keys, wanted)
        found = [place for place, key in zip(places, wanted, strict=True)
                 if place < len(self._keys) and self._keys[place] == key]
        values = self._values.take(pa.array(found, pa.int64())).to_pylist()
        return dict(zip((int(self._keys[place]) for place in found), values, strict=True))
