"""Samples are fixed, belong to their row, and have the covariance asked for."""

from __future__ import annotations

import numpy as np
import pytest

from coercivity.calibration.backtest.samples import error_samples, fixed_normals, reported_samples, samples_for


def test_another_row_changes_no_number_of_a_row() -> None:
    alone, together = fixed_normals(["b"], 2048), fixed_normals(["a", "b"], 2048)
    assert alone[:, 0].tolist() == together[:, 1].tolist()


def test_later_rows_change_no_sample_of_earlier_ones() -> None:
    whole = np.array([[0.5, 0.3, 0.1], [0.3, 0.6, 0.2], [0.1, 0.2, 0.7]])
    all_three = error_samples(np.zeros(3), whole, ["a", "b", "c"], 2048)
    first_two = error_samples(np.zeros(2), whole[:2, :2], ["a", "b"], 2048)
    np.testing.assert_allclose(all_three[:, :2], first_two, atol=1e-12)


def test_errors_have_the_mean_and_the_covariance_asked_for() -> None:
    mean, covariance = np.array([0.2, -0.1]), np.array([[0.25, 0.1], [0.1, 0.16]])
    found = error_samples(mean, covariance, ["a", "b"], 8192)
    assert found.mean(axis=0) == pytest.approx(mean, abs=0.01)
    assert np.cov(found.T) == pytest.approx(covariance, abs=0.01)


def test_a_matrix_that_is_no_covariance_is_refused() -> None:
    with pytest.raises(ValueError, match="positive definite"):
        error_samples(np.zeros(2), np.array([[1.0, 2.0], [2.0, 1.0]]), ["a", "b"], 64)


def test_every_draw_has_as_many_samples() -> None:
    assert samples_for(64) == 2048
    assert samples_for(63) == 63 * 33
    model = np.array([[1.0], [10.0]])
    assert reported_samples(model, np.zeros((4, 1)))[:, 0].tolist() == [1.0, 1.0, 10.0, 10.0]
    with pytest.raises(ValueError, match="not equally many"):
        reported_samples(model, np.zeros((3, 1)))
