"""What is read at most. A file above a limit is refused or the row is quarantined; memory stays bounded."""

from __future__ import annotations

BLOCK_BYTES = 4 * 1024 * 1024
"""bytes read at a time"""
MAX_BLOCK_LINES = 131_072
"""lines of one block at most"""
MAX_LINE_BYTES = 1_000_000
"""a longer line is quarantined as too_long"""
MAX_RECORD_LINES = 1_000
"""a quoted field that spans more lines counts as never closed"""
MAX_COLUMNS = 2_000
MAX_CHUNK_ROWS = 65_536
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_UNPACK_RATIO = 200
"""unpacked size against packed size, above the first 64 MB"""
RATIO_GRACE_BYTES = 64 * 1024**2
MAX_JSON_DEPTH = 64
KEPT_RAW_BYTES = 64_000
"""raw bytes that are kept of a row that is too long"""
ENCODING_SAMPLE_ROWS = 1_000
MAX_BAD_ENCODING = 0.1
"""share of undecodable rows in the first rows above which the whole file is refused"""
