"""The terminal does not wait for the template engine, and charts bring nothing at all."""

import subprocess
import sys


def modules(code):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_terminal_loads_no_template_engine():
    assert not modules("import holdfast.reports.terminal") & {"django", "pandas", "pyarrow", "ibis", "duckdb", "numpy"}


def test_charts_load_nothing_heavy():
    code = "import holdfast.charts.history, holdfast.charts.waterfall, holdfast.charts.renewals"
    assert not modules(code) & {"django", "pandas", "pyarrow", "ibis", "duckdb", "numpy", "rich"}


def test_pages_need_no_settings():
    code = "from holdfast.reports import flat_page\nassert flat_page({'accounts': []})\n"
    code += "from django.conf import settings\nassert not settings.configured"
    assert "django" in modules(code)
