"""What a checker of accessibility asks of the pages, as far as the markup says it."""

import itertools
from html.parser import HTMLParser

import pytest

NAMES = [
    "account normal",
    "account withheld",
    "account not_scored",
    "account capped",
    "account hostile",
    "portfolio",
    "portfolio empty",
    "quality",
    "quality empty",
    "flat",
    "flat empty",
]
EMPTY = {"meta", "br", "img", "input"}


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children, self.text = tag, attributes, parent, [], ""

    def all(self, *tags):
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    def words(self):
        return self.text + "".join(child.words() for child in self.children)


class Tree(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.root = self.here = Node("", {}, None)
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs), self.here)
        self.here.children.append(node)
        if tag not in EMPTY:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Node(tag, dict(attrs), self.here))

    def handle_endtag(self, tag):
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.text += data


@pytest.fixture(params=NAMES)
def root(request, pages):
    return Tree(pages[request.param]).root


def test_language_title_and_landmarks(root):
    html = next(root.all("html"))
    assert html.attributes["lang"] == "en"
    assert next(root.all("title")).words().strip()
    assert [len(list(root.all(tag))) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert next(root.all("main")).attributes["id"] == "main"
    assert any(a.attributes.get("href") == "#main" for a in root.all("a"))


def test_headings_do_not_skip_a_level(root):
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_references_exist(root):
    nodes = []

    def walk(node):
        nodes.append(node)
        for child in node.children:
            walk(child)

    walk(root)
    ids = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in nodes:
        for key in ("aria-labelledby", "aria-describedby"):
            assert set((node.attributes.get(key) or "").split()) <= set(ids)


def test_every_section_has_a_name(root):
    for section in root.all("section"):
        assert section.attributes.get("aria-labelledby") or section.attributes.get("aria-label")


def test_every_picture_speaks_or_is_silent_beside_its_words(root):
    pictures = list(root.all("svg"))
    assert pictures
    for picture in pictures:
        if picture.attributes.get("aria-hidden") == "true":
            continue
        assert picture.attributes["role"] == "img"
        assert picture.attributes["aria-label"].strip()
        assert next(picture.all("title")).words().strip()
        assert next(picture.all("desc")).words().strip()


def test_every_table_has_a_caption_and_heads_with_scope(root):
    for table in root.all("table"):
        assert next(table.all("caption")).words().strip()
        heads = list(table.all("th"))
        assert heads
        assert all(head.attributes.get("scope") in ("col", "row") for head in heads)
        for row in next(table.all("tbody")).all("tr"):
            assert any(cell.tag == "th" for cell in row.children)


def test_rows_are_as_wide_as_their_head(root):
    for table in root.all("table"):
        width = sum(1 for _ in next(table.all("thead")).all("th", "td"))
        for row in table.all("tr"):
            cells = [node for node in row.children if node.tag in ("th", "td")]
            assert sum(int(cell.attributes.get("colspan", 1)) for cell in cells) == width


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(root):
    for node in root.all("div"):
        if "scroll" in (node.attributes.get("class") or "").split():
            assert node.attributes.get("tabindex") == "0"
            assert node.attributes.get("role") == "region"
            assert node.attributes.get("aria-label")


def test_lists_hold_items_only(root):
    for node in root.all("ul", "ol"):
        assert {child.tag for child in node.children} <= {"li"}
    for node in root.all("dl"):
        assert {child.tag for child in node.children} <= {"div", "dt", "dd"}


def test_a_score_is_read_out_whole(pages):
    for label in (
        "38 of 100, at risk, 92 percent of weight has data, range 36 to 44",
        "No score, not enough data, 31 percent of weight has data",
    ):
        assert any(f'aria-label="{label}"' in page for page in pages.values())


def test_no_band_stands_by_colour_alone(pages):
    for name in ("portfolio", "flat"):
        for chip in (n for n in Tree(pages[name]).root.all("span") if n.attributes.get("class", "").startswith("chip")):
            assert "of 100, " in chip.attributes["aria-label"] or "No score" in chip.attributes["aria-label"]
            assert next(chip.all("svg"))
