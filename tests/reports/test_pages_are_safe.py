"""Pages carry no script, ask no host for anything, and show hostile texts as texts."""

from html.parser import HTMLParser

import pytest

NAMES = [
    "account normal",
    "account withheld",
    "account not_scored",
    "account held",
    "account capped",
    "account long_name",
    "account negative",
    "account no_history",
    "account sparse",
    "account hostile",
    "portfolio",
    "portfolio hostile",
    "portfolio empty",
    "quality",
    "quality hostile",
    "quality empty",
    "flat",
    "flat hostile",
    "flat empty",
]
EMPTY = {"meta", "link", "br", "hr", "img", "input", "col", "source", "wbr"}
ADDRESSES = {"href", "src", "srcset", "action", "poster", "data", "formaction", "xlink:href", "background"}


class Page(HTMLParser):
    """Tags with their attributes and the open elements around them, and all text."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.open, self.text = [], [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs), tuple(self.open)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_page_is_well_formed_and_without_script(pages, name):
    page = Page(pages[name])
    assert not page.open
    tags = [tag for tag, _, _ in page.seen]
    assert "script" not in tags
    assert "img" not in tags
    assert tags.count("style") == 1
    for tag, attributes, _ in page.seen:
        assert not [key for key in attributes if key.startswith("on") or key == "style"], tag
        for key in ADDRESSES & set(attributes):
            assert attributes[key].startswith("#"), (tag, attributes[key])


@pytest.mark.parametrize("name", NAMES)
def test_page_names_no_host_and_fits_the_strict_policy(pages, name):
    page = pages[name]
    assert "http:" not in page
    assert "https:" not in page
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert len(page.encode()) < 400_000


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("hostile")])
def test_hostile_text_is_shown_as_text(pages, name):
    page = Page(pages[name])
    assert "<script>alert('x')</script>" in page.text
    assert "\u202e" not in pages[name]
    assert "\x1b" not in pages[name]


def test_an_attack_in_an_attribute_stays_in_it(pages):
    page = Page(pages["portfolio hostile"])
    titles = [attributes["title"] for _, attributes, _ in page.seen if "title" in attributes]
    assert titles
    assert all(title.startswith("<script>") for title in titles)
