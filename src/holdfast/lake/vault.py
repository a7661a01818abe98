"""Keys that stand for personal values: meaningless outside, the same for the same value inside."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATOR = "\x1f"
_DIGITS = 15


class Vault:
    """Makes keys with the workspace's secret.

    A key is the first 60 bits of SHA-256 over secret, domain and value. Without the secret a key tells
    nothing; with it the same id gives the same key in every source and every rebuild.

    >>> Vault(b"secret").key("user", "u-1") == Vault(b"secret").key("user", "u-1")
    True
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret.hex()

    @classmethod
    def open(cls, path: Path) -> Vault:
        """The vault whose secret stands in the file ``path``; the file is made on first use, mode 600."""
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls(bytes.fromhex(path.read_text().strip()))
        secret = os.urandom(32)
        with os.fdopen(handle, "w") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return cls(secret)

    def key(self, domain: str, value: str) -> int:
        """The key of one value."""
        text = _SEPARATOR.join((self._secret, domain, value))
        return int(hashlib.sha256(text.encode()).hexdigest()[:_DIGITS], 16)

    def keys(self, domain: str, values: pa.ChunkedArray) -> pa.ChunkedArray:
        """The key of each value, worked out once for each different one; null stays null."""
        import pyarrow as pa

        start = hashlib.sha256(_SEPARATOR.join((self._secret, domain, "")).encode())
        chunks = []
        for chunk in values.cast(pa.string()).chunks:
            coded = chunk.dictionary_encode()
            made = []
            for text in coded.dictionary.to_pylist():
                digest = start.copy()
                digest.update(text.encode())
                made.append(int(digest.hexdigest()[:_DIGITS], 16))
            chunks.append(pa.array(made, pa.int64()).take(coded.indices))
        return pa.chunked_array(chunks, pa.int64())

    def sql(self, domain: str, value: str) -> str:
        """DuckDB SQL of the same key over the SQL expression ``value``; null stays null."""
        prefix = _SEPARATOR.join((self._secret, domain, "")).replace("'", "''")
        return f"CAST('0x' || substr(sha256('{prefix}' || {value}), 1, {_DIGITS}) AS BIGINT)"
