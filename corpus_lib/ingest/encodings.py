"""The bytes of a file -> the encoding that it seems to have, and its text. An encoding is always a guess.

Two programs guess: `guess_encoding` and charset-normalizer. Where they read a file differently, and both
readings look like text, the file is in doubt.
"""

from charset_normalizer import from_bytes

from corpus_lib.characters import ENCODINGS, ORDINARY_SHARE, guess_encoding, ordinary_share
from corpus_lib.quality import find_mojibake

# Standards that others contain: the wider one reads every file of the narrower, with a few marks of its own.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
# The second guess needs no more than this; it reads 10 MB in about a second.
GUESS_MOST = 10_000_000


def read_bytes(data: bytes) -> tuple[str, str]:
    """Decode a file, and name its encoding: "" for UTF-8, two names with a bar between them in doubt.

    Out: the cell `encoding` of articles.tsv, and the text without its mark. What no encoding reads as text
    gives "" and what UTF-8 can read of it: `read_articles` says what is wrong.

    >>> read_bytes("公安局破案3起。".encode("gbk")), read_bytes("公安".encode())
    (('gb18030', '公安局破案3起。'), ('', '公安'))
    """
    plain = reads_as(data, "utf-8")
    name, text = guess_encoding(data)
    if not text or (plain and not ("\0" in plain and name.startswith("UTF"))):
        return "", plain or data.decode("utf-8", "replace")
    codec = next(c for c, other in ENCODINGS if other == name and reads_as(data, c) == text)
    best = from_bytes(data).best() if len(data) <= GUESS_MOST else None
    second = WIDER.get(best.encoding, best.encoding) if best else codec
    other = reads_as(data, second)
    fits = ordinary_share(other) > ORDINARY_SHARE and not any(map(find_mojibake, other.splitlines()))
    return (f"{codec} | {second}" if fits and other != text else codec), text


def reads_as(data: bytes, codec: str) -> str:
    """Decode data without its mark; give "" where the encoding cannot read all of it as characters."""
    try:
        return data.decode(codec).encode().decode().removeprefix("\ufeff")
    except (LookupError, ValueError):
        return ""
