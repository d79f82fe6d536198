"""What a line of a Chinese news page is: the rules of zone_rules.tsv, and the line's place on its page.

A line that says something of its own is never taken whole for a byline, a caption or the end of the page.
"""

from __future__ import annotations

import re
from pathlib import Path

from corpus_lib.characters import HALF_WIDTH

# Only the head of a line is tried; in a longer one a full stop stands for the rest, which says something.
LONGEST = 200
# A tail may hold an address of up to 400 characters, and a few words.
LONGEST_TAIL = 450


def _read_rules() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Read zone_rules.tsv: `use, name, pattern, reason`, in the order in which rules are tried.

    A `part` stands in later patterns by its name in braces. A `line` gives the zone of a whole line; a `mark`
    shows a byline, and a `word` what may stand beside it; `head` and `tail` are cut off a body line; a
    `clause` tells a sentence; `end` ends the article; `site` is for `ingest`. Rules are bounded, so that no
    line takes long, and have half-width marks.
    """
    rules: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    parts: dict[str, str] = {}
    for row in Path(__file__).with_name("zone_rules.tsv").read_text(encoding="utf-8").split("\n")[1:-1]:
        use, name, pattern, _ = row.split("\t")
        parts[name] = re.sub(r"\{([A-Z_]+)\}", lambda part: parts[part[1]], pattern)
        rules.setdefault(use, []).append((name, re.compile(parts[name])))
    return rules


RULES = _read_rules()
OUTLET = dict(RULES["part"])["OUTLET"]
BYLINE_MARK = re.compile("|".join(mark.pattern for _, mark in RULES["mark"]))
DATELINE, PAGE_END, CLAUSE_MARK = (RULES[use][0][1] for use in ("head", "end", "clause"))
# A heading inside an article is short and has no mark that ends or joins clauses. 30 is
# the width of a headline in two lines; longer lines without a mark are rare, and body.
HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[、.])?[^,。;:、!?…]{1,30}$")
# A line without a full-width mark needs no translation, which is slow where lines are long.
WIDE = re.compile("[\u3000\uff01-\uff5e]")
# A text cut to one width has lines of 15 characters (30 columns) or more, or at least three as wide as
# each other. Where a mark would open the next line, a line is one character narrower or wider.
WRAP_LEAST, WRAP_LINES, WRAP_SLACK = 30, 3, 2


def zone_of(line: str) -> str:
    """Say what a line is, from its own words only.

    A line of the article is `heading` or `body`; only its place tells a title or subtitle. It misleads for a
    caption that is a sentence without a credit, and for an outlet's name alone: they look like body, heading.

    >>> [zone_of(s) for s in ("责任编辑:某某", "资料图", "重塑机制", "今天下雨。")]
    ['byline', 'caption', 'heading', 'body']
    """
    line = line.strip()
    line = _folded(line if len(line) <= LONGEST else line[:LONGEST] + "。")
    for zone, pattern in RULES["line"]:
        if pattern.fullmatch(line):
            return zone
    if _is_byline(line):
        return "byline"
    return "heading" if HEADING.match(line) else "body"


def _folded(line: str) -> str:
    """Replace full-width forms by half-width ones, character by character."""
    return line.translate(HALF_WIDTH) if WIDE.search(line) else line


def _is_byline(line: str) -> bool:
    """Say whether a line has marks of a byline, and beside them nothing but names (not 记者 走进派出所)."""
    if CLAUSE_MARK.search(line):
        return False
    marks = {name for name, mark in RULES["mark"] if mark.search(line)}
    allowed = next((word for name, word in RULES["word"] if name in marks), None)
    words = BYLINE_MARK.sub(" | ", line).split()
    # What opens the line is a mark, an outlet or a short name: a longer text would be a title.
    if allowed is None or (len(words[0]) > 4 and not OUTLET.fullmatch(words[0])):
        return False
    return all(word == "|" or allowed.fullmatch(word) for word in words)


def zones_of(lines: list[str]) -> list[str]:
    """Say what each line of one page is: as `zone_of`, and by its place on the page.

    The first line that could be a heading, and is no sentence, is the title. From the first line on that
    opens a list of other pages below some body, every line is boilerplate. A blank line is `blank`.

    >>> zones_of(["返回首页", "标题", "", "今天下雨。", "相关新闻", "明天晴。"])
    ['boilerplate', 'title', 'blank', 'body', 'boilerplate', 'boilerplate']
    """
    zones = [zone_of(line) if line.strip() else "blank" for line in lines]
    lists = [i for i, line in enumerate(lines) if len(line) < LONGEST and PAGE_END.fullmatch(line)]
    for i in lists:
        zones[i] = "boilerplate"
    first = next((i for i, zone in enumerate(zones) if zone in ("heading", "body")), len(lines))
    if first < len(lines) and not lines[first].rstrip().endswith("。"):
        zones[first] = "title"
    body = zones.index("body") if "body" in zones else len(lines)
    end = next((i for i in lists if i > body), len(lines))
    return unwrap(zones[:end], lines[:end]) + ["boilerplate"] * (len(lines) - end)


def unwrap(zones: list[str], lines: list[str]) -> list[str]:
    """Find the headings that are halves of a sentence, and call them body.

    In a text cut to one width a full line without a mark, on which body follows at once, goes on there.

    >>> unwrap(["heading", "body"], ["某市公安局近日破获一起特大电信网络", "诈骗案,抓获嫌疑人。"])
    ['body', 'body']
    """
    own = [zone in ("heading", "body") for zone in zones]
    widths = [width * counts for width, counts in zip(_widths(lines), own, strict=True)]
    widest = max(widths, default=0)
    full = [width >= widest - WRAP_SLACK for width in widths]
    found = list(zones)
    if widest >= WRAP_LEAST or sum(full) >= WRAP_LINES:
        for i in reversed(range(len(zones) - 1)):
            if found[i] == "heading" and full[i] and found[i + 1] == "body":
                found[i] = "body"
    return found


def is_wrapped(lines: list[str]) -> bool:
    """Say whether a text is cut to one width: a third of its lines are as wide as the widest."""
    widths = [width for width in _widths(lines) if width]
    least = max(WRAP_LEAST, max(widths, default=0) - WRAP_SLACK)
    return sum(width >= least for width in widths) >= max(WRAP_LINES, len(widths) / 3)


def _widths(lines: list[str]) -> list[int]:
    """Give the width of each line: a Chinese character is three bytes and two columns, a Latin letter one."""
    return [(len(line) + len(line.encode(errors="replace"))) // 2 for line in map(str.rstrip, lines)]


def split_line(zone: str, line: str) -> list[tuple[str, str]]:
    """Cut off a body line what is before its first words and after its last: dateline, names, link.

    The parts, joined, are the line; a line of another zone is one part.

    >>> split_line("body", "某某网消息:明天晴。(记者 某某)")
    [('byline', '某某网消息:'), ('body', '明天晴。'), ('byline', '(记者 某某)')]
    """
    if zone != "body":
        return [(zone, line)]
    folded, end = _folded(line), len(line)
    head = DATELINE.match(folded)
    start = head.end() if head else 0
    parts: list[tuple[str, str]] = []
    for tail_zone, pattern in RULES["tail"]:
        if tail := pattern.search(folded, max(start, end - LONGEST_TAIL), end):
            parts.insert(0, (tail_zone, line[tail.start() : end]))
            end = tail.start()
    if not line[start:end].strip():
        return [("byline", line)]
    return [("byline", line[:start])] * (start > 0) + [("body", line[start:end]), *parts]
