"""Files as people have them -> a corpus folder, and what is doubtful in it.

`draft_folder` is the command `new`, `check_folder` is `check`. Nothing here changes a file that is there.
"""

from corpus_lib.ingest.checking import check_folder
from corpus_lib.ingest.drafting import draft_folder

__all__ = ["check_folder", "draft_folder"]
