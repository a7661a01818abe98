"""The public face is small and pinned."""

import inspect

import holdfast


def test_what_is_exported():
    assert sorted(holdfast.__all__) == ["__version__", "open", "score"]


def test_signatures():
    assert str(inspect.signature(holdfast.open)) == "(path: 'str | Path' = '.') -> 'Workspace'"
    assert list(inspect.signature(holdfast.score).parameters) == ["frame", "map", "as_of"]


def test_a_workspace_offers_what_the_documents_say():
    from holdfast.workspace.workspace import Workspace

    names = {n for n in vars(Workspace) if not n.startswith("_")}
    assert {"run", "scores", "account", "metrics"} <= names
