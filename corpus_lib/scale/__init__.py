"""A corpus larger than memory: counted shard by shard, on one machine or on many, and joined again."""

from corpus_lib.scale.counting import count_each, count_shards, finish
from corpus_lib.scale.results import find_contexts, list_faults, load_counted, read_counts, read_kept
from corpus_lib.scale.running import watch, workers
from corpus_lib.scale.shards import list_shards, read_shard

__all__ = [
    "count_each", "count_shards", "find_contexts", "finish", "list_faults", "list_shards", "load_counted",
    "read_counts", "read_kept", "read_shard", "watch", "workers",
]  # fmt: skip
