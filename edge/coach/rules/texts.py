"""The rules as people may read them: id, text and source. `docs/coach.md` says the same at more length.

The rule of this file: a rule that is applied anywhere stands here, and one that stands here has its test.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as people may read it, and where it comes from."""

    rule_id: str
    text: str
    source: str


RULES: dict[str, Rule] = {
    rule.rule_id: rule
    for rule in (
        Rule(
            "R-110",
            "No training run is longer than 110 % of the longest valid run of the last 30 days, today included.",
            "Frandsen et al., BJSM 2025 (5,205 runners): injury hazard 1.64 (1.31-2.05) above 10 to 30 %",
        ),
        Rule(
            "R-RETURN",
            "After 14 days or more without a run, start again at 50 to 60 % of the longest run before the break; "
            "60 % at most for a week, 80 % at most for a second, nothing hard in both; no further than the usual run.",
            "coaching practice; Mujika and Padilla 2000 on detraining",
        ),
        Rule(
            "R-FIRST",
            "With no run known, the first session is short, easy and may be walked; what a person states as their "
            "longest run counts to 60 %.",
            "coaching practice; ACSM guidelines 2015: start low, go slow",
        ),
        Rule(
            "R-PAIN",
            "With an injury or pain stated there is nothing hard and nothing long, at most 70 % of the usual distance.",
            "project guard-rail: pain or injury -> no quality, no long run; 3/10 or altered gait -> stop",
        ),
        Rule(
            "R-HARDEASY",
            "No hard and no long run on the day of, or the day after, a hard or long run.",
            "hard-easy principle, coaching practice; about 80 % of running easy",
        ),
        Rule(
            "R-RECOVER",
            "After a race nothing hard or long for 2 to 10 days by distance; from 30 km on, two days without running.",
            "coaching practice",
        ),
        Rule(
            "R-ROW",
            "No more days in a row than the person's rhythm: 1 day for newcomers, 2 days below 3.5 runs a week, 6 days "
            "at most.",
            "coaching practice",
        ),
        Rule("R-DONE", "One run a day is enough for this plan: what was run today counts.", "coaching practice"),
        Rule(
            "R-ALTITUDE",
            "In the first 48 h above 1,500 m the person is not used to, targets are by effort and nothing is hard.",
            "project guard-rail; 1,700 m: performance still reduced at 47 h",
        ),
        Rule(
            "R-ALTITUDE-HIGH",
            "In the first 48 h above 2,500 m the person is not used to, only easy running, three quarters as far.",
            "project guard-rail; Wilderness Medical Society 2024 on acute mountain sickness",
        ),
        Rule(
            "R-BETA",
            "With beta-blockers or the like, effort in words replaces every heart-rate target; pace has no slow end.",
            "project guard-rail: beta-blockers hold heart rate down",
        ),
        Rule(
            "R-YOUTH",
            "Under 18: nothing hard by plan, one hour at most, and a guardian should know.",
            "project guard-rail for minors",
        ),
        Rule(
            "R-TAPER",
            "Before a race volume falls by 41 to 60 % over 7 to 21 days; the last long run ends 8 days before it.",
            "taper meta-analysis 2023: up to 21 days, volume -41 to -60 %, intensity kept",
        ),
        Rule(
            "F-NO-MODEL",
            "Without the race model, pace rests on Riegel's formula; it is used, and said, only then.",
            "Riegel 1981: t2 = t1 (d2 / d1) ^ 1.06",
        ),
        Rule(
            "F-NO-PERSON",
            "Where the model of one person cannot be read, pace and heart rate are by rules alone; it is said, only "
            "then.",
            "the person model's card (models/CARD.md)",
        ),
        Rule("R-RACE", "An entered race is exempt from the limit of 110 %.", "the person's own choice"),
        Rule(
            "R-REDFLAG",
            "Chest pain, fainting, unusual breathlessness, a racing or irregular heart, a hot swollen calf and the "
            "like: "
            "stop, seek help, no training advice at all, until the person says that a clinician cleared it.",
            "project guard-rail; ACSM preparticipation screening 2015: signs and symptoms need medical clearance",
        ),
        Rule(
            "R-FEVER",
            "With fever rest: until 48 h after the person says it is gone (7 days after they last spoke of it, when "
            "they "
            "do not), then nothing hard or long for another week.",
            "Friman and Wesslén 2000 on infection and exercise: rest with fever; 24 to 48 h is practice, the longer "
            "is taken",
        ),
        Rule(
            "R-ILL",
            "Ill below the neck (cough, stomach, aching limbs, or not said where): rest until a day after it is "
            "over, three "
            "days when nothing more is said, nothing hard for a week. A cold above the neck: easy and short for two "
            "days.",
            "neck check, Eichner 1993; coaching practice",
        ),
        Rule(
            "R-PAIN-EASE",
            "Pain of 3 or 4 of 10: walk and jog by turns at most, or a substitute; no race.",
            "Thomeé 1997, Silbernagel 2007: 3 to 5 of 10 is acceptable if gone the next morning; one step stricter "
            "here",
        ),
        Rule(
            "R-PAIN-STOP",
            "Pain of 5 or more of 10, pain that grew from one day to the next, pain of 3 or more while only walking is "
            "allowed, or a limp: no running, no race; a substitute that spares the place.",
            "Thomeé 1997, Silbernagel 2007: above 5 of 10 is unacceptable",
        ),
        Rule(
            "R-CLINICIAN",
            "Stopped for more than 7 days, or eased for more than 14: no running, and a clinician should look at it.",
            "project guard-rail; coaching practice",
        ),
        Rule(
            "R-BONE",
            "Signs of bone stress in foot, shin, hip or groin (pain at rest, at night, on one point, growing): no "
            "running "
            "and no substitute until a clinician has cleared it.",
            "Warden 2014 and Kahanov 2015 on bone stress injuries: delay makes them worse",
        ),
        Rule(
            "R-LADDER",
            "Back after an injury rung by rung: walk, walk-run, short easy, easy, full. A rung is earned by days, a "
            "run, "
            "and a pain of 2 of 10 at most said the day after; silence is asked about.",
            "Silbernagel 2007 and Warden 2014: graded return led by pain; the days on each rung are an assumption",
        ),
        Rule(
            "R-MEDS",
            "Painkillers mask pain: nothing hard or long for 24 h. With antibiotics nothing hard until a week "
            "after; with "
            "fluoroquinolones nothing hard or long for 30 days and any tendon pain stops.",
            "FDA warnings 2008 and 2016 on fluoroquinolones and tendons; Khaliq and Zhanel 2003: half of all within "
            "8 days",
        ),
        Rule(
            "R-PREGNANT",
            "Pregnant: by effort, no pace or heart-rate target to chase, nothing hard or long, an hour at most, no "
            "race, no "
            "heat from the red flag on, no running above 2,500 m that the body is not used to; warning signs stop.",
            "ACOG committee opinion 804 (2020); the hour, and 2,500 m, are project guard-rails",
        ),
        Rule(
            "R-POSTPARTUM",
            "After birth: walking for six weeks, low impact to twelve, then walk and jog by turns to sixteen, and "
            "nothing "
            "hard, long or raced for half a year; heaviness, leaking or bleeding: see a clinician.",
            "Goom, Donnelly and Brockwell 2019: running is not advisable before 3 months; the later steps are an "
            "assumption",
        ),
        Rule(
            "R-UNDERWEIGHT",
            "With a body-mass index below 18.5, or a weight goal that leads there: nothing hard, long or raced, 45 "
            "minutes "
            "at most, a clinician should know; nothing here ever helps to lose weight.",
            "WHO: below 18.5 is underweight; IOC 2023 consensus on REDs",
        ),
        Rule(
            "R-REDS",
            "Missed periods, stress fractures, weight falling by more than 1 % a week or other signs of too little "
            "energy: "
            "nothing hard, long or raced, 45 minutes at most, a clinician should look; no advice to eat less, ever.",
            "IOC 2023 consensus on REDs and its assessment tool CAT2; 1 % a week is a project guard-rail",
        ),
        Rule(
            "R-FATIGUE",
            "Tired today or yesterday: nothing hard or long; very tired: at most 60 % of the usual distance.",
            "coaching practice",
        ),
        Rule("R-SLEEP", "After a bad night nothing hard or long.", "coaching practice"),
        Rule("R-STRESS", "On a day of high stress or low mood nothing hard or long.", "coaching practice"),
        Rule("R-SHIFT", "In the 24 h after a night shift nothing hard or long.", "coaching practice"),
        Rule(
            "R-AMS",
            "Signs of mountain sickness, or a headache above 2,000 m: no higher, no running until they are gone; "
            "down if "
            "they get worse. Unsteady, confused or breathless at rest: down at once and call for help.",
            "Wilderness Medical Society 2024: no ascent with symptoms, descent if they worsen; from 2,000 m is an "
            "assumption",
        ),
        Rule(
            "R-HEAT",
            "By WBGT, its unsafe end: from 18 °C by effort, from 23 °C nothing hard or long, from 28 °C no running "
            "outdoors and no race; one flag earlier for people at risk. A climate table alone never forbids running.",
            "ACSM position stands 1996 and 2007 (flags at 18, 23 and 28 °C)",
        ),
        Rule(
            "R-TIME",
            "The time that was said for today is the most a session takes; below ten minutes it is rest.",
            "the person's own word",
        ),
        Rule("R-AVAILABLE", "A day that was said to be none for running is a rest day.", "the person's own word"),
        Rule(
            "R-OVERRIDE",
            "A wish to set a rule aside changes no rule, and is answered.",
            "project guard-rail: rules stand above model and feedback",
        ),
        Rule(
            "R-PATTERN",
            "What provoked pain in this person's own runs is kept below what was borne; it only takes away, stands "
            "below every other rule, and is a pattern, no diagnosis.",
            "the person's own runs and words, models.provoke; simulated evidence only (docs/choose.md)",
        ),
        Rule(
            "R-RACE-GO",
            "An entered race: no start with a red flag, fever, illness below the neck, mountain sickness, a black "
            "flag, an "
            "injury that is not back to full running, in pregnancy, in the half year after birth, or with signs of "
            "REDs; "
            "else go, if the morning agrees.",
            "project guard-rail; ACSM 2007: cancel or withdraw above 28 °C WBGT",
        ),
    )
}
