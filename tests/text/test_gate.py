"""The half of the labelled sentences that no rule was tuned on is read well enough."""

from gate_figures import figures, macro_f1, negative_recall, words


def test_the_gate_half_is_read_well_enough():
    found = figures("gate")
    print(words(found))
    right, negative = negative_recall(found.said)
    assert macro_f1(found.said) >= 0.75
    assert right / negative >= 0.80
    assert macro_f1(found.said) > macro_f1(found.plain)


def test_the_measure_tells_a_reader_that_says_neutral_to_all():
    pairs = [(label, "neutral") for label, _ in figures("tuning").said]
    assert macro_f1(pairs) < 0.3
    assert negative_recall(pairs)[0] == 0
