"""The README of a whole export: for somebody who has never heard of Kadenz."""

from __future__ import annotations

from app.exporting.values import header
from edge.samples import STREAMS

_TEXT = """# An export of a Kadenz diary

Kadenz is a running coach that keeps what it knows in one file on its owner's machine. This folder is all of that file
in open formats: JSON (UTF-8), JSON lines (one JSON object a line), CSV (comma, point as decimal mark, first line names
the columns), CSV packed with gzip. No program of ours is needed to read it. It holds positions, heart rate and what a
person said about their body: treat it as such.

Another Kadenz takes it over with `kadenz import FOLDER`, value for value. `sha256sum -c SHA256SUMS` tells whether every
file is as it was written. `export.json` says when it was made and how many rows each table has.

## Tables

| file | one line is |
|---|---|
| `runs.jsonl` | a recording: `start_unix_s` (seconds since 1970-01-01 UTC), `utc_offset_s`, sport, device, the device's own totals (`stated`), `pauses` and `laps` (JSON: from and to in seconds since the start, metres, trigger) |
| `summaries.jsonl` | derived numbers of the run of the same `id` (JSON in `document`); they can be computed again |
| `profile.jsonl` | what the person said about themselves |
| `races.jsonl` | a race: `day` counts days since 1970-01-01, metres, seconds |
| `decisions.jsonl` | what the coach suggested on a morning (`document`), and everything it was computed from (`inputs`) |
| `outcomes.jsonl` | what came of a decision |
| `sentences.jsonl` | a check-in: what the person said in their words, what was understood, and when it was taken back |
| `memories.jsonl` | by `name`: what was learned of the person, accepted plans, settings and what they were asked and agreed to |
| `beliefs.json` | what is believed of the person at the time of the export, for reading; it follows from the other files |

`null` is "not known". `{"utf8": …}` and `{"base64": …}` are bytes, as text where they are text; `{"float": "inf"}` is a
number that JSON cannot write. Texts that are JSON themselves (`document`, `inputs`, `stated`, …) and `gap.jsonl` are kept to
the letter, and write a number that is not known as `NaN`.

## Samples: `runs/ID/`

One file a stream. `t_s` is seconds since the recording's start; units are in the names of the columns (SI; `bpm` beats a
minute, `spm` steps a minute with both feet, `deg` WGS 84 degrees). An empty cell was not measured. `rr_s` holds the beat
intervals of its row with spaces between. Numbers have as many digits as it takes to read the same 64-bit float back.

| file | columns |
|---|---|
STREAMS
| `device.jsonl`, `gap.jsonl` | who sent the samples; stretches of a stream that were lost, and why |
| `segments.csv` | how Kadenz keeps the streams in pieces: `count` rows of `stream` in the order of `place` |
| `raw.jsonl` | pieces that text cannot hold exactly, as Kadenz packs them (base64); as a rule there are none |
"""


def readme() -> str:
    """Return the text."""
    rows = "\n".join(f"| `{name}.csv.gz` | {', '.join(header(name))} |" for name in STREAMS)
    return _TEXT.replace("STREAMS", rows)
