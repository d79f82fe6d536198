"""Files as people have them -> a corpus folder (the command `new`), and what is doubtful in it (`check`)."""

from corpus_lib.ingest.checking import check_folder
from corpus_lib.ingest.drafting import draft_folder

__all__ = ["check_folder", "draft_folder"]
