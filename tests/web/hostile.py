"""Texts that would do harm where a page took them for markup, and a company full of them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

TEXTS = (
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg/onload=hit()>",
    "<details open ontoggle=hit()>",
    "<body onload=hit()>",
    "<input autofocus onfocus=hit()>",
    "<video><source onerror=hit()></video>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<iframe src=javascript:hit()>",
    "<a href=javascript:hit()>x</a>",
    "<form action=javascript:hit()><button>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';*{color:red}</style>",
    "<object data=//evil.example/x></object>",
    "<math><mi//xlink:href=\"data:x,<script>hit()</script>\">",
    "<svg><style><img src=x onerror=hit()></style></svg>",
    "<noscript><p title=\"</noscript><img src=x onerror=hit()>\">",
    "<div style=background:url(//evil.example/x)>x</div>",
    "javascript:hit()",
    "jav\tascript:hit()",
    "data:text/html,<script>hit()</script>",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
    "%3Cscript%3Ehit()%3C/script%3E",
    "＜script＞hit()＜/script＞",
    "{{constructor.constructor('hit()')()}}",
    "{{ a.owner.password }}",
    "{% include '/etc/passwd' %}",
    "{% debug %}",
    "${hit()}",
    "#{hit()}",
    "<%= hit() %>",
    "<div hx-get=//evil.example hx-trigger=load>x</div>",
    "<div hx-on::load=hit()>x</div>",
    "<template><script>hit()</script></template>",
    "<x data-to='javascript:hit()'>y</x>",
    "onmouseover=hit() x=",
    "<!--><script>hit()</script>-->",
)
BEFORE = ("", "\">", "'>", "</script>", "</title></textarea></style>")
"""What would end the place in which a text stands: of each text, one payload with each of them."""
PAYLOADS = tuple(f"{before}{text}" for before in BEFORE for text in TEXTS)

COLUMNS = {
    "crm/accounts_history.csv": ("Account Name", "Legal Entity", "Industry", "Sub-Industry", "Region", "Funding Stage",
                                 "Growth Stage", "Lead Source", "Campaign", "Website", "Time Zone Note"),
    "crm/contacts.csv": ("First Name", "Last Name", "Job Title", "Phone", "Profile"),
    "crm/opportunities.csv": ("Stage",),
    "calls/call_notes.csv": ("notes",),
    "success/csm_emails.csv": ("subject", "body"),
    "success/checkins.csv": ("remark",),
    "success/goals.csv": ("goal", "area", "unit"),
    "success/value_claims.csv": ("what",),
    "success/value_questions.csv": ("evidence",),
    "support/messages.csv": ("body",),
    "finance/outcomes.csv": ("reason", "went_to", "remark"),
}
LINES = {"support/tickets.jsonl": ("subject", "description"), "external/signals.jsonl": ("headline", "link")}


def make_hostile(company: Path, folder: Path) -> Path:
    """A copy of the company, not yet run, in whose exports every text of a person is a payload."""
    shutil.copytree(company, folder, ignore=shutil.ignore_patterns(".holdfast", "truth"))
    next_one = cycle(PAYLOADS)
    for name, columns in COLUMNS.items():
        _csv(folder / "exports" / name, columns, next_one)
    for name, keys in LINES.items():
        _lines(folder / "exports" / name, keys, next_one)
    return folder


def _csv(path: Path, columns: tuple[str, ...], payloads: Iterator[str]) -> None:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    named: dict[str, str] = {}
    out = io.StringIO(newline="")
    extra = "<script>hit()</script>"
    writer = csv.DictWriter(out, [*rows[0], extra], extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        for column in columns:
            if column == "Account Name":
                row[column] = named.setdefault(row["Account ID"], next(payloads))
            elif row[column]:
                row[column] = next(payloads)
        writer.writerow({**row, extra: next(payloads)})
    path.write_text(out.getvalue(), encoding="utf-8", errors="surrogateescape", newline="")


def _lines(path: Path, keys: tuple[str, ...], payloads: Iterator[str]) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    changed = [{key: next(payloads) if key in keys else value for key, value in row.items()} for row in rows]
    path.write_text("".join(json.dumps(row) + "\n" for row in changed), encoding="utf-8")
