"""Makes the state models importable for doctests; each test opens a workspace of its own."""

from holdfast.state.database import configure

configure()
