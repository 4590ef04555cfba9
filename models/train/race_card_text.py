"""The words of models/CARD.md; the numbers are filled in by race_card."""

TEMPLATE = """# Race-time model

Written by `python -m models.train race --report`; do not edit. Every number below was computed by that command.

`race.onnx`: {size} bytes, sha256 `{sha256}`, made with {versions}.
Its bytes hold no version and no digit beyond the tenth decimal, so that the same data give the same file elsewhere too.

## What it does

Given any of a runner's best times (800 m to the marathon) and, where known, age, sex and weekly distance, it gives
the time to expect over any distance from 800 m to the marathon, with an interval that should hold nine times of ten.
It is a straight line of the person over log distance (level and endurance slope) on top of the population's curve,
inferred in closed form from whatever is known. A best that does not fit the others, or the kind of person, is weighed
down and not thrown away. The published time is the {slow_level} quantile of what happened: too fast a promise costs
more. Over the marathon, where that would still promise one runner in five a time over 10 min too fast, it is the
{safe_level} quantile, the safe time; between half marathon and marathon the step is gradual over log distance.
The whole forward pass is in the ONNX graph; times are rounded to 0.1 s.

## Data

The survey of recreational runners of Vickers and Vertosick (BMC Sports Science, Medicine and Rehabilitation 2016,
open access), in the open part of this project's copy: {runners} runners ({women} women), age {age_low} to
{age_high}. Times: {counts}.
Raw times as entered, nothing filtered; times adjusted for course and weather are not used, because a runner does not
know them. The survey is open access; the licence of the copy it was taken from is not stated, so only fitted numbers
are shipped and no record of a person.

File sha256 `{data_sha256}`.

## How it was judged

{parts} folds by runner (seed {seed}); every figure is for runners that neither the point model nor the interval had
seen. {tasks}. "Widest" means: predict one of a runner's times from
all the others; the tables below are of these unless they say otherwise. The formulas start from the known best nearest
in distance to the target. The interval of fold k is learned on the misses, in every other fold j, of a model that saw
neither j nor k.

## Beside Riegel (1.06), VDOT (Daniels and Gilbert) and Cameron

{overall}

### How far on the safe side the marathon is

Goals: MAE at least 30 % below Riegel's, at most 18 % of the runners told a time over 10 min too fast. In brackets the
90 % bootstrap over runners: the goals are reached by the point, the bootstrap says how surely.

{haste}

As a check of the published level, the second line chose its level for each fold on the nine others: the lowest at which
at most 17 % are told a time 10 min too fast, by models that saw neither fold.

{unequal}
The slow spread more: nothing that the survey asked tells them apart any better, as ridge and trees on the same groups
show. What would: the course, day and heat of each race, the weeks of training before it, and more than one marathon of
a runner.

### Marathon from one race alone

{single}

Beside the literature on this survey: Vickers and Vertosick report MSE 381 min² for Riegel, 228 for their regression on
one race and 208 on two, on their own split, with their own exclusions. Unfiltered here:

{literature}

## The interval

Conformal quantiles by target distance and by one or several bests, on a scale that follows level, weekly distance, age,
sex and how well the bests agree. Goal: 90 % pooled between 88 and 92, and every group of 100 people or more within the
99 % binomial band of 90 %. {outside}

{pooled}

Groups with fewer than 100 people are left out. In errors with three slashes: model / Riegel / VDOT / Cameron.

{groups}

## Without an input

The same model, told less:

{ablation}

## What else was tried

{rivals}

## Negative control

The same training with each distance's times dealt out at random among the runners who ran it must lose all gain:

{control}

## Limits

- The form of the model (hinges, where a best loses weight, the two levels, the groups of the interval) was chosen while
  looking at these same folds, so the figures are a little flattered; the survey's runners that are not in this copy
  are the test.
- Volunteers of an online survey, recreational, mostly from English-speaking countries, who reported their own times:
  no elite, few above 60, few very slow, few who train little and run marathons. Some times are typing
  errors and stay in.
- Bests, not races under known conditions: no course, weather, altitude, date or training history enters.
- Below 5 km and between the four distances the curve is continued or joined up, not measured.
- A faster best never makes the answer slower for runners and bests as in the survey; with bests that contradict each
  other wildly (a fast runner who says they run a few km a week) it can, slightly.
- A best over the target distance itself is used and shrunk towards what the others say; the survey holds no repeats,
  so that case is not judged.
- Sex enters as the survey asked it; leave it out and the interval widens.
- General guidance, not a medical device. It says what people like this ran, not what is safe to run.
"""
