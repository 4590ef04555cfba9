"""models/PERSON_CARD.md as text: every number in it is computed here, on people that the model never saw."""

from __future__ import annotations

import hashlib
from pathlib import Path

from models.person_forward import STATE
from models.train.person_card_text import TEMPLATE
from models.train.person_evidence import Errors, Evidence, covers, errors, gather, groups
from models.train.person_fitness import constant_error, held_out, neighbours
from models.train.person_fitness import groups as fitness_groups
from models.train.person_prior import ASSUMED
from models.train.person_protocol import KNOWN, by_person, starts
from models.train.person_training import Trained
from models.train.race_card import table
from models.train.race_training import data_sha256 as survey_sha256

#: Assumed: what one busy core of a small computer draws above idle.
WATTS_A_CORE = 15.0


def quantities(t: Trained) -> str:
    """Return the table of the population: mean and spread of each quantity, and where it comes from."""
    sources = ["survey", "survey", "survey and histories", *["histories"] * 4, "literature", *["histories"] * 2]
    lines = [
        [name, f"{mean:.3g}", f"{sd:.2g}", source]
        for name, mean, sd, source in zip(STATE, t.weights.state_mean, t.weights.state_sd, sources, strict=True)
    ]
    return table(["quantity", "mean", "spread of people of whom nothing is known", "from"], lines)


def errors_table(found: list[Errors]) -> str:
    """Return the table of errors by runs known: model, baselines, gain with its interval."""
    names = list(found[0].rivals)
    lines = [
        [
            str(one.known),
            f"{one.ours:.2f}",
            *(f"{one.rivals[name]:.2f}" for name in names),
            f"{one.gain:.1f} ({one.gain_low:.0f} to {one.gain_high:.0f})",
        ]
        for one in found
    ]
    return table(["known runs", "this model", *names, "below the line % (95 % of bootstraps)"], lines)


def by_person_table(e: Evidence) -> str:
    """Return the table of errors of each person, without a name: the model beside the mixed model."""
    ours, theirs = by_person(e.sessions.misses), by_person(e.rivals["mixed model"])
    count = [len(p) for p in e.people if len(starts(p))]
    lines = [
        [f"{k + 1} ({n} runs)", *(f"{a:.1f} / {b:.1f}" for a, b in zip(own, other, strict=True))]
        for k, (n, own, other) in enumerate(zip(count, ours, theirs, strict=True))
    ]
    return table(["person", *(f"{known} known" for known in KNOWN)], lines)


def covers_table(e: Evidence) -> str:
    """Return the table of interval coverage and width."""
    lines = [
        [c.name, str(c.count), f"{100 * c.share:.1f}", f"{100 * c.least:.0f}", f"{c.width_bpm:.1f}"] for c in covers(e)
    ]
    return table(["interval", "sessions", "inside %", "least of a person %", "mean width bpm"], lines)


def groups_table(e: Evidence) -> str:
    """Return the table of errors by kind of session after ten runs."""
    lines = [[name, str(count), f"{bpm:.2f}"] for name, (count, bpm) in groups(e).items()]
    return table(["sessions, after 10 runs", "n", "mean absolute error bpm"], lines)


def controls_table(e: Evidence, found: list[Errors]) -> str:
    """Return the table of the controls beside the model and the population line."""
    lines = [["this model", *(f"{one.ours:.2f}" for one in found)]]
    lines += [[name, *(f"{bpm:.2f}" for bpm in values)] for name, values in e.controls.items()]
    lines.append(["population line", *(f"{one.rivals['population line']:.2f}" for one in found)])
    return table(["bpm", *(f"{known} known" for known in KNOWN)], lines)


def _fitness(t: Trained) -> dict[str, str]:
    told, mixed = held_out(t.survey, t.people), held_out(t.survey, t.people, shuffled=True)
    lines = [
        [g.name, str(g.count), f"{g.error_percent:.1f}", f"{100 * g.share:.1f}",
         f"{100 * g.band_low:.1f} to {100 * g.band_high:.1f}", f"{g.width_percent:.0f}"]
        for g in fitness_groups(told)
    ]  # fmt: skip
    header = ["group", "n", "mean absolute error %", "inside %", "99 % band of 90 %", "width %"]
    near, far = neighbours(told)
    return {
        "fitness": table(header, lines),
        "median": f"{constant_error(told):.1f}",
        "mixed": f"{fitness_groups(mixed)[0].error_percent:.1f}",
        "near": f"{near:.1f}",
        "far": f"{far:.1f}",
    }


def _energy(t: Trained) -> dict[str, str]:
    joules = WATTS_A_CORE * t.cpu_s
    return {"cpu_s": f"{t.cpu_s:.1f}", "watts": f"{WATTS_A_CORE:g}", "joules": f"{joules:.0f}"}


def card(t: Trained, data: Path) -> str:
    """Return the text of PERSON_CARD.md (a minute or two)."""
    e = gather(t.people, t.fitness)
    found = errors(e)
    return TEMPLATE.format(
        sha256=hashlib.sha256(t.model).hexdigest(),
        size=len(t.model),
        survey_sha256=survey_sha256(data),
        people=len(t.people),
        runs=sum(len(p) for p in t.people),
        surveyed=len(t.survey),
        starts=sum(len(starts(p)) for p in t.people),
        quantities=quantities(t),
        assumed=len(ASSUMED),
        errors=errors_table(found),
        persons=by_person_table(e),
        covers=covers_table(e),
        groups=groups_table(e),
        controls=controls_table(e, found),
        **_fitness(t),
        **_energy(t),
    )
