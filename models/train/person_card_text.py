"""The words of models/PERSON_CARD.md; the numbers are filled in by person_card."""

TEMPLATE = """# The prior of a person

Written by `python -m models.train person`; do not edit. Every number in the tables was computed by that command.

`person.onnx`: {size} bytes, sha256 `{sha256}`.

## What it does

From whatever is known of a person (age, sex, weight, height, stated experience, maximal heart rate, distance and
number of runs of 28 days, altitude and warmth of home, beta-blockers, a 10 km time, mean speed and mean heart rate
of 28 days; anything may be missing) it gives mean and covariance of ten quantities, and an embedding of four
numbers in which near means alike. It is a hierarchical linear model: linear in features of what is given, with the
variance that each unknown adds, and the three measured values (10 km time, mean speed, mean heart rate) taken as
measurements. `models/adapt.py` then learns one person from their runs (Kalman filter with Student weights and
drift), `models/conformal.py` makes the intervals. The same weights run in NumPy (`models/person_forward.py`) where
onnxruntime is absent.

{quantities}

## Data

`training_history`: years of runs of {people} people in the open part of this project's copy (MIT), {runs} runs of
10 min and more with a believable mean heart rate; duplicates, rides and spikes left out as the coach leaves them
out. Age, sex, weight, medicines and weather of these people are not known. `race_results`: {surveyed} runners of
the survey of Vickers and Vertosick (2016) with any race time, sha256 `{survey_sha256}`. Nothing of a person is
shipped, only fitted numbers.

## How it was judged

One person left out whole; the heart-rate part is fitted on the others. Within the person {starts} starts in time
(every 60 runs from the 31st on, ten a person at most): the runs right before a start are known, 0, 1, 3, 10 or 30
of them, the next 60 are asked, and nothing is learned from those. Every person counts the same; bootstraps are over
people. Expected is the mean heart rate of a session from its speed, duration, climb, usual warmth of place and
season, and days since the last run.

Mean absolute error in bpm:

{errors}

Population line: regression on speed over everybody else's runs. Personal mean and line: of the known runs. Mixed
model: level, speed slope and distance slope vary between people, fitted by EM.

Each person, this model / mixed model:

{persons}

{groups}

## Controls

With the known runs of somebody else, and with heart rates dealt out at random among all runs (in learning and
adapting; true ones are asked), the gain must go. What is left of it with dealt-out rates is one mean for everybody,
which is as good as the population line here.

{controls}

## Intervals

90 %, conformal by number of known runs, with weights and quantiles that saw neither the person nor, for the
quantiles, the person that they are made from; "corrected" follows each outcome of the person (adaptive conformal
inference).

{covers}

## 10 km speed from the profile

Survey runners, ten folds over people. The median for everybody errs by {median} %; with profiles dealt out at
random the model errs by {mixed} %. The 10 km times of the ten nearest by embedding differ from one's own by {near}
%, of people at random by {far} %.

{fitness}

## Limits

- Eleven people say little about mankind: means and spreads start from physiology with the weight of eight people,
  and the bootstrap intervals above are wide. One of the eleven (slow, hilly, very low heart rate) alone makes much
  of the error before any run.
- {assumed} effects are assumed or from the literature and not judged on people here: age and maximal heart rate on
  the heart-rate line, beta-blockers, stated experience, living high or in warmth; so is the altitude sensitivity.
- The form (Student weights, drift, robust fit of people, climb held at 2 %) was chosen with these people in sight,
  so the figures are a little flattered; people that are not in this copy are the test. Variants were also compared
  on a public set of 116 other runners, of which nothing was fitted.
- Warmth is what is usual for latitude, season and hour, not weather. Heart rates are as watches recorded them, some
  from the wrist.
- Survey runners are volunteers: few above 60, few very slow, no elite.
- It expects heart rate; it does not find illness, and must not be used to.

## Energy

Training took {cpu_s} s of processor time (it differs a little from run to run); at an assumed {watts} W for one
busy core that is {joules} J. Judging takes about a minute more.
"""
