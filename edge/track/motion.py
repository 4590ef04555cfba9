"""Where a runner was, by all fixes around together: a Gaussian process per axis, in windows of fixes.

The rule of this file: a fix is never right or wrong for good; its weight follows from what the fixes on both sides say.
The motion is an integrated Wiener process (white acceleration), the receiver's error is white noise beside an error
that lasts (reflections, the slow wander of the satellites), as a Gauss-Markov process. Windows are small dense systems
that are solved together, so there is no loop over fixes.
Sources: Rasmussen & Williams 2006, ch. 2 and 5.4.2 (leaving one out); Lange et al. 1989, JASA 84:881-896 (weights of
Student's t); Jazwinski 1970, ch. 7 (the motion).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column

_PLACE_M2, _SPEED_M2_S2 = 1e6, 25.0
_FREEDOM = 4.0
_ABSENT = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """The receiver's error in each of b windows (b,): white sd in m, lasting sd in m, its time constant in s.

    `push_m2_s3` is the spectral density of the runner's acceleration.
    """

    white_m: Column
    lasting_m: Column
    lasting_s: Column
    push_m2_s3: Column

    def rows(self, chosen: Column) -> Errors:
        """Return the errors of chosen windows."""
        index = chosen.astype(np.int64)
        return Errors(self.white_m[index], self.lasting_m[index], self.lasting_s[index], self.push_m2_s3[index])


# Corners are looked for where most seconds have a fix: between sparse ones no turn is seen, only its doubt.
_DENSE, _CALM_PUSH = 0.6, 0.03
#: Receivers and places from open sky to a street between high buildings, in m, m and s; on a way with bends of 12 m
#: radius at 3 m/s, and (the last ones) round right angles at 4 m/s within some seconds.
CLASSES = Errors(
    np.array([0.3, 0.5, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 0.3, 0.5, 1.0]),
    np.array([0.5, 2.0, 4.0, 4.0, 8.0, 8.0, 12.0, 12.0, 0.5, 2.0, 4.0]),
    np.full(11, 20.0),
    np.repeat([_CALM_PUSH, 1.0], [8, 3]),
)


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """What the fixes of b windows say at q instants: position (b, q, 2) in m, velocity (b, q, 2), variances (b, q)."""

    position_m: Column
    velocity_m_s: Column
    position_m2: Column
    velocity_m2_s2: Column


def _place(a_s: Column, b_s: Column, push_m2_s3: Column) -> Column:
    """Return the prior covariance of the positions at two instants."""
    less = np.minimum(a_s, b_s)
    drift = push_m2_s3 * less**2 * (3.0 * np.maximum(a_s, b_s) - less) / 6.0
    return np.asarray(_PLACE_M2 + _SPEED_M2_S2 * a_s * b_s + drift)


def _place_speed(a_s: Column, b_s: Column, push_m2_s3: Column) -> Column:
    """Return the prior covariance of the position at a with the velocity at b."""
    grows = np.where(a_s <= b_s, 0.5 * a_s**2, b_s * (a_s - 0.5 * b_s))
    return np.asarray(_SPEED_M2_S2 * a_s + push_m2_s3 * grows)


def _measured(t_s: Column, weight: Column, scale: Column, errors: Errors) -> Column:
    """Return the covariance (b, w, w) of the fixes at times (b, w): motion, lasting and white error."""
    a_s, b_s = t_s[:, :, None], t_s[:, None, :]
    covariance = _place(a_s, b_s, errors.push_m2_s3[:, None, None])
    lasting = errors.lasting_m[:, None] * scale
    fades = np.exp(np.abs(a_s - b_s) / -errors.lasting_s[:, None, None])
    covariance += lasting[:, :, None] * lasting[:, None, :] * fades
    row = np.arange(weight.shape[1])
    covariance[:, row, row] += (errors.white_m[:, None] * scale) ** 2 / np.maximum(weight, _ABSENT)
    return covariance


def weights(t_s: Column, place_m: Column, present: Column, scale: Column, errors: Errors, rounds: int = 3) -> Column:
    """Return the weight (b, w) in 0..1 of every fix, from how far it lies off what all others say.

    For times (b, w) in s since each window's start, places (b, w, 2) in m, `present` 1 or 0, and the error of each fix
    relative to the usual one.
    """
    weight = present
    white = (errors.white_m[:, None] * scale) ** 2
    whole = _measured(t_s, present, scale, errors)
    row = np.arange(t_s.shape[1])
    for _ in range(rounds):
        whole[:, row, row] += white / np.maximum(weight, _ABSENT) - white / np.maximum(present, _ABSENT)
        inverse = np.linalg.inv(whole)
        whole[:, row, row] -= white / np.maximum(weight, _ABSENT) - white / np.maximum(present, _ABSENT)
        own = np.einsum("bii->bi", inverse)
        off = (inverse @ place_m) / own[:, :, None]
        expected = np.maximum(1.0 / own - white / np.maximum(weight, _ABSENT), 0.0) + white
        strange = np.einsum("bij,bij->bi", off, off) / expected
        weight = present * np.minimum(1.0, (_FREEDOM + 2.0) / (_FREEDOM + strange))
    return np.asarray(weight)


def choose_errors(t_s: Column, place_m: Column, present: Column, scale: Column, joined: bool) -> Errors:
    """Return the class of errors that explains each window best, judged on every second fix.

    The logarithms of the marginal likelihoods are compared; with `joined`, a window's neighbours have half a say each.
    """
    count = len(t_s)
    t_s, place_m, present, scale = t_s[:, ::2], place_m[:, ::2], present[:, ::2], scale[:, ::2]
    weight = weights(t_s, place_m, present, scale, CLASSES.rows(np.full(count, 4)))
    told = np.empty((len(CLASSES.white_m), count))
    for k in range(len(told)):
        covariance = _measured(t_s, weight, scale, CLASSES.rows(np.full(count, k)))
        misfit = np.einsum("bij,bij->b", place_m, np.linalg.solve(covariance, place_m))
        told[k] = -0.5 * misfit - np.linalg.slogdet(covariance)[1]
    sparse = np.mean(present, axis=1) < _DENSE
    told[CLASSES.push_m2_s3 > _CALM_PUSH] -= np.where(sparse, np.inf, 0.0)
    if joined:
        wide = np.pad(told, ((0, 0), (1, 1)), mode="edge")
        told = told + 0.5 * (wide[:, :-2] + wide[:, 2:])
    return CLASSES.rows(told.argmax(axis=0))


def motion(t_s: Column, place_m: Column, weight: Column, scale: Column, errors: Errors, at_s: Column) -> Motion:
    """Return position and velocity at instants (b, q) in s of each window, given its weighted fixes (b, w)."""
    covariance = _measured(t_s, weight, scale, errors)
    push = errors.push_m2_s3[:, None]
    with_place = _place(at_s[:, :, None], t_s[:, None, :], push[:, :, None])
    with_speed = np.swapaxes(_place_speed(t_s[:, :, None], at_s[:, None, :], push[:, :, None]), 1, 2)
    both = np.concatenate((with_place, with_speed), axis=1)
    solved = np.linalg.solve(covariance, np.concatenate((place_m, np.swapaxes(both, 1, 2)), axis=2))
    mean = both @ solved[:, :, :2]
    known = np.einsum("bqw,bwq->bq", both, solved[:, :, 2:])
    count = at_s.shape[1]
    place_m2 = np.maximum(_place(at_s, at_s, push) - known[:, :count], 0.0)
    speed_m2_s2 = np.maximum(_SPEED_M2_S2 + push * at_s - known[:, count:], 0.0)
    return Motion(mean[:, :count], mean[:, count:], place_m2, speed_m2_s2)


def speed_m2_s2(told: Motion, errors: Errors) -> Column:
    """Return the variance of the speed (b, q) between corners: where there are some, the push is theirs alone."""
    return told.velocity_m2_s2 * (_CALM_PUSH / errors.push_m2_s3[:, None])


def path_speed_m_s(told: Motion, errors: Errors) -> Column:
    """Return the expected speed (b, q) in m/s along the path: a smoothed velocity is too short by its uncertainty.

    The velocity across the path is not known better than its variance, and it lengthens the path (Rice 1944).
    """
    square = np.einsum("bqi,bqi->bq", told.velocity_m_s, told.velocity_m_s)
    return np.asarray(np.sqrt(square + speed_m2_s2(told, errors)))
