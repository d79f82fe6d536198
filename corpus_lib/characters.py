"""A file -> its text; odd forms of a character -> the plain one; which characters are frequent in Chinese.

`decode` reads UTF-8 and says what a file in another encoding seems to be. No encoding and no script is
certain from a few characters, so each message shows what it would mean.
"""

import re
import string
import unicodedata
from itertools import product
from pathlib import Path

# Every full-width form as its half-width twin, and the Chinese space as a space: each replaces
# one character, so that offsets into a text stay what they were.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# The same for what a numeral is made of, and no more: the full-width comma ends a clause, while the
# half-width one may group digits (1,300).
HALF_WIDTH_NUMERALS = {
    full: half for full, half in HALF_WIDTH.items() if chr(half).isalnum() or chr(half) in "%+-.:/~"
}
# Radicals that programs put for characters when they read a PDF, and that Unicode does not fold itself.
RADICALS = [
    "⺟⺠⺩⺫⺬⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民王目示虎西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟",
]
# Blocks of characters that are only another form of one character: radicals, compatibility characters,
# half-width and full-width forms. Circled numbers stay: ① marks an item of a list.
_BLOCKS = [(0x2F00, 0x2FE0), (0xF900, 0xFB00), (0xFF01, 0xFFF0), (0x2F800, 0x2FA20)]
_FORMS = {c: unicodedata.normalize("NFKC", chr(c)) for block in _BLOCKS for c in range(*block)}
FOLD = {c: form for c, form in _FORMS.items() if len(form) == 1 and form != chr(c)}
FOLD |= {0x3000: " "} | {ord(radical): plain for radical, plain in zip(*RADICALS, strict=True)}
# Characters that print nothing: soft hyphen, zero-width blanks and joiners, direction and variation marks.
INVISIBLE = re.compile(r"[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
# What is written in another form of its character, or prints nothing; full-width marks are not meant.
ODD = {chr(c) for c, plain in FOLD.items() if plain.isalnum()}
ODD |= set(INVISIBLE.findall("".join(map(chr, range(0x10000)))))


def _block(codec: str, leads: range, trails: list[int]) -> set[str]:
    """List the characters that one block of a Chinese character set holds."""
    return set(b"".join(map(bytes, product(leads, trails))).decode(codec, "ignore"))


# Two national standards sort characters by use. The first level of GB2312 has the 3,755 frequent ones of the
# mainland, that of Big5 the 5,401 of Taiwan. Python knows both, so we need no list of our own.
HIGH = list(range(0xA1, 0xFF))
GB2312 = _block("gb2312", range(0xB0, 0xF8), HIGH)
BIG5_FREQUENT = _block("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *HIGH])
FREQUENT = _block("gb2312", range(0xB0, 0xD8), HIGH) | BIG5_FREQUENT
# Chinese characters, and those of private use: GB18030 has many, so that a wrong encoding shows them.
HAN = re.compile("[\u4e00-\u9fff\ue000-\uf8ff]")
RARE = re.compile(f"[{''.join(sorted({*map(chr, range(0x4E00, 0xA000))} - FREQUENT))}\ue000-\uf8ff]")
# What is frequent in Taiwan and unknown to GB2312 occurs in traditional script only: 們, 國, 這.
TRADITIONAL = re.compile(f"[{''.join(sorted(BIG5_FREQUENT - GB2312))}]")
# What Chinese files are saved in, other than UTF-8, and the names that editors use.
ENCODINGS = [
    *(("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")),
    *(("gb18030", "GB18030"), ("big5hkscs", "Big5")),
]
# In the right encoding nearly all characters are ordinary; in a wrong one about half are. Some 2,000 from all
# over the file are enough to tell.
ORDINARY = FREQUENT | set(string.printable) | set("，。、；：？！“”‘’（）《》〈〉【】—…·％\u3000\ufeff")
ORDINARY_SHARE, SAMPLE = 0.8, 2000


def fold(text: str) -> tuple[str, list[int]]:
    r"""Write a text in plain characters, and say where each of them was.

    Full-width Latin, radicals and compatibility forms become the usual character, and what prints
    nothing is left out. Out: the plain text, and for each of its characters, and for its end, the
    offset in `text`.

    >>> fold("公\u200b安ＡＰＰ")
    ('公安APP', [0, 2, 3, 4, 5, 6])
    """
    places = [i for i, character in enumerate(text) if not INVISIBLE.match(character)]
    return INVISIBLE.sub("", text).translate(FOLD), [*places, len(text)]


def decode(path: Path) -> str:
    """Read a file as UTF-8; say where it is not, and what it seems to be.

    A byte-order mark is no part of the text, but its three bytes count in the message. Raises ValueError for
    what is no ordinary file, and for a file in another encoding, or in two.
    """
    if not path.is_file():
        raise ValueError(f"{path} is a folder, a pipe or a broken link: put a file there, or rename it.")
    data = path.read_bytes()
    try:
        text, wrong = data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        text, wrong = data[: error.start].decode("utf-8"), f"byte {error.start} cannot be read"
    name, other = guess_encoding(data) if wrong or "\0" in text else ("", "")
    if wrong or name.startswith("UTF"):
        raise ValueError(f"{path} is not UTF-8: {wrong or 'it has NULs'}. {_cure(name, other, text)}")
    return text.removeprefix("\ufeff")


def _cure(name: str, other: str, before: str) -> str:
    """Say how to make a file UTF-8: by its encoding, or by the line where another encoding begins."""
    if name:
        return f"It seems to be {name} and to begin {other[:12]!r}. Open it as {name} and save it as UTF-8."
    if before.isascii():
        known = ", ".join(dict.fromkeys(name for _, name in ENCODINGS))
        return f"It reads as none of {known}: save it again from its source, as UTF-8."
    n = before.count("\n") + 1
    return f"What comes before is UTF-8: line {n} is damaged or in another encoding. Write it again as UTF-8."


def guess_encoding(data: bytes) -> tuple[str, str]:
    """Name the encoding in which data reads as ordinary Chinese or English, and read it; "" where none fits.

    Only an encoding that can read all of it is named. Compare the text with what you expect: short data
    may fit two encodings.

    >>> guess_encoding("公安局破案3起。".encode("big5"))
    ('Big5', '公安局破案3起。')
    """
    best = (ORDINARY_SHARE, "", "")
    for codec, name in ENCODINGS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        share = 1.0 if text.startswith("\ufeff") else ordinary_share(text)
        if share > best[0]:
            best = (share, name, text.removeprefix("\ufeff"))
    return best[1:]


def ordinary_share(text: str) -> float:
    """Give the share of ordinary characters in a text; that of an empty text is 0."""
    sample = text[:: len(text) // SAMPLE + 1]
    return sum(sign in ORDINARY for sign in sample) / max(len(sample), 1)
