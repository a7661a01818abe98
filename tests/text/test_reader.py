"""What a reading finds, where, and what it leaves alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.text.cleaning import message_only
from holdfast.text.language import language
from holdfast.text.mentions import KINDS
from holdfast.text.reader import MOST, Reader

READER = Reader(["Acmely", "Monday", "Blue Harbor"])


def kinds(text: str) -> set[str]:
    return {m.kind for m in READER.read(text).mentions}


@pytest.mark.parametrize(("said", "denied", "kind"), [
    ("We are going to cancel our contract.", "We are not going to cancel our contract.", "cancellation"),
    ("We will run an RFP in May.", "There will not be an RFP in May.", "evaluation"),
    ("There is a budget freeze.", "There is no budget freeze.", "budget"),
    ("We compared you with Acmely.", "We never compared you with Acmely.", "competitor"),
    ("The layoffs hit us.", "Without the layoffs, rumours aside, we grow.", "reorganisation"),
])
def test_what_is_denied_does_not_count(said, denied, kind):
    assert kind in kinds(said)
    assert kind not in kinds(denied)


def test_a_supposition_does_not_count_and_a_threat_does():
    assert "cancellation" not in kinds("What happens to the data if we cancel our subscription?")
    assert "cancellation" in kinds("If this is not solved we will cancel our subscription.")


def test_a_denial_ends_with_its_clause():
    assert "cancellation" in kinds("We are not angry, but we will cancel our subscription.")


@pytest.mark.parametrize("text", [
    "See you on Monday", "Monday is a holiday here", "We are acmelying about", "the blue harbors are closed",
    "Let's meet with Anna on monday",
])
def test_a_name_inside_another_word_or_without_context_is_no_competitor(text):
    assert "competitor" not in kinds(text)


@pytest.mark.parametrize("text", ["they use Monday.com", "ACMELY is cheaper", "a quote from Blue  Harbor"])
def test_a_name_is_found_in_its_context(text):
    assert "competitor" in kinds(text)


def test_the_offsets_are_those_of_the_text_as_it_was_written():
    text = "Hi Ann,\n\nwe will run an RFP in May.\n\nKind regards,\nBo"
    found = READER.read(text).mentions
    assert [(m.kind, text[m.start:m.end]) for m in found] == [("evaluation", "RFP")]


def test_greeting_quote_and_signature_do_not_change_the_mood():
    plain = "The dashboard does not load."
    wrapped = f"Good morning dear team,\n{plain}\n> thanks, great, wonderful\nBest wishes,\nJoy\n-- \nJoy Love, Happy"
    assert READER.read(wrapped).mood == READER.read(plain).mood < 0


def test_what_is_not_english_is_unknown_and_never_neutral():
    for text in ("Wir warten noch immer auf die Antwort", "ありがとう", "", "12345", "Где отчёт?"):
        reading = READER.read(text)
        assert (reading.language, reading.mood, reading.mentions) == ("unknown", None, ())


def test_the_version_changes_with_the_names_and_not_with_their_order():
    assert Reader(["A", "B"]).version == Reader(["B", " A "]).version != Reader(["A"]).version


@given(st.text(max_size=300) | st.lists(st.sampled_from(
    ["we", "will", "cancel", "our", "contract", "if", "not", ",", ".", "\n", "budget", "Acmely", "Hi", "Best", "> "]
), max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_the_same_twice_with_spans_inside_of_it(text):
    reading = READER.read(text)
    assert reading == READER.read(text)
    assert reading.language == language(message_only(text))
    assert len(message_only(text)) == len(text)
    assert all(0 <= m.start < m.end <= len(text) and m.kind in KINDS for m in reading.mentions)
    assert reading.mood is None or -1 <= reading.mood <= 1


def test_no_more_than_the_beginning_of_a_long_text_is_read():
    text = "We wait. " * (MOST // 9) + " " * 20 + "We will cancel our contract."
    assert "cancellation" not in kinds(text)
