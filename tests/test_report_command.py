"""Laws of `kadenz report` as a command: files, codes, one line for what cannot be done; looked at in a browser."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from report_runs import add, streams

from app.cli import main
from app.pages import browser
from app.pages.browser import BrowserError, chromium, command
from app.store import Store


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("diary") / "d.db"
    with Store(path) as store:
        for day in range(0, 20, 2):
            add(store, streams(1500 + 10 * day, every_s=2), day=day)
    return path


def test_a_page_is_written_and_json_says_where(diary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "run.html"
    assert main(["report", "--out", str(out), "--db", str(diary), "--json", "--lang", "de", "--theme", "dark"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["file"] == str(out) and "written" in said.err
    assert '<html lang="de">' in out.read_text()


def test_without_a_file_it_is_a_short_text_as_ever(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--db", str(diary)]) == 0
    assert "The run" in capsys.readouterr().out
    assert main(["report", "--month", "--db", str(diary)]) == 0
    assert "km in" in capsys.readouterr().out
    assert main(["report", "--year", "2026", "--db", str(diary), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["runs"] == 10


@pytest.mark.parametrize(
    "wrong",
    [["--month", "2026-13"], ["--year", "last"], ["--out", "x.png"], ["--month", "--year"], ["a-run", "--year"],
     ["--theme", "pink"], ["--lang", "fr"]],
)  # fmt: skip
def test_wrong_usage_is_told_with_code_2(wrong: list[str], diary: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", "--db", str(diary), *wrong])
    assert ended.value.code == 2


def test_what_cannot_be_done_is_one_line(
    diary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["report", "no-such-run", "--db", str(diary)]) == 1
    assert main(["report", "--month", "--out", str(tmp_path / "no" / "m.html"), "--db", str(diary)]) == 1
    monkeypatch.setenv(browser.NAMED_BY, "/no/such/chromium")
    assert main(["report", "--month", "--out", str(tmp_path / "m.pdf"), "--db", str(diary)]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 3 and "Chromium" in lines[2] and not (tmp_path / "m.pdf").exists()
    with Store(tmp_path / "empty.db"):
        pass
    assert main(["report", "--year", "--db", str(tmp_path / "empty.db")]) == 1


@pytest.fixture(scope="module")
def found() -> str:
    """A Chromium; skipped where there is none, but not where the test run must have one."""
    try:
        return chromium()
    except BrowserError as problem:
        if os.environ.get("KADENZ_MUST_HAVE_CHROMIUM"):
            raise
        pytest.skip(str(problem))


#: Reports what lies over the edge, and which texts of a picture lie over each other, as JSON in the title.
_LOOK = """<script>
window.onload = () => document.fonts.ready.then(() => {
  const seen = [...document.querySelectorAll('svg')].filter(s => getComputedStyle(s).display !== 'none');
  const over = [];
  for (const svg of seen) {
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    texts.forEach(([a, p], i) => texts.slice(i + 1).forEach(([b, q]) => {
      const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (x > 1.5 && y > 3) over.push([svg.getAttribute('aria-label').slice(0, 30), a, b]);
    }));
  }
  const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + '.' + e.getAttribute('class'));
  const loose = [...document.fonts].filter(f => f.status === 'error').length;
  document.title = JSON.stringify({over, wide: wide.slice(0, 5), pictures: seen.length, loose,
    scroll: document.documentElement.scrollWidth - innerWidth});
});
</script>"""


def looked_at(page: str, folder: Path, width: int) -> dict[str, object]:
    """Return what a browser sees of a page at a width: overlaps, overflows, how many pictures are shown."""
    file = folder / f"page-{width}.html"
    probe = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace("</body>", _LOOK + "</body>")
    file.write_text(probe.replace("<body>", f'<body style="width:{width}px">') if width < 500 else probe)
    told = folder / f"told-{width}.html"
    profile = folder / f"profile-{width}"
    import subprocess

    arguments = command(
        f"--window-size={width},3000", "--virtual-time-budget=4000", "--dump-dom", file.as_uri(), profile=profile
    )
    ended = subprocess.run(arguments, capture_output=True, timeout=120, check=False)
    told.write_bytes(ended.stdout)
    title = re.search(r"<title>(.*?)</title>", told.read_text(), re.S)
    assert title is not None, ended.stderr[-500:]
    found: dict[str, object] = json.loads(title[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    return found


@pytest.mark.parametrize("what", [[], ["--month", "2026-06"], ["--year", "2026"]], ids=["run", "month", "year"])
def test_in_a_browser_nothing_overlaps_and_nothing_overflows(
    what: list[str], diary: Path, tmp_path: Path, found: str
) -> None:
    out = tmp_path / "page.html"
    assert main(["report", *what, "--out", str(out), "--db", str(diary), "--lang", "de"]) == 0
    for width in (500, 700, 1100):
        seen = looked_at(out.read_text(), tmp_path, width)
        assert (seen["over"], seen["wide"], seen["loose"]) == ([], [], 0), (width, seen)
        assert int(str(seen["scroll"])) <= 0 and int(str(seen["pictures"])) >= 4


def test_a_pdf_is_pages_of_a4(diary: Path, tmp_path: Path, found: str) -> None:
    out = tmp_path / "run.pdf"
    assert main(["report", "--out", str(out), "--db", str(diary)]) == 0
    content = out.read_bytes()
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert content.startswith(b"%PDF-") and boxes
    assert all(abs(float(w) - 595.0) < 2.0 and abs(float(h) - 842.0) < 2.0 for w, h in boxes)
