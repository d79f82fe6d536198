"""Who counts the shards (processes, or the workers of a cluster), and a bar that shows how far they are."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

from joblib import parallel_config
from tqdm import tqdm

# Seconds to wait for a scheduler, and for its workers.
WAIT = 10


@contextmanager
def workers(n: int = 1, cluster: str = "") -> Iterator[None]:
    """Let `count_shards` use n processes, or the workers of a Dask cluster at an address.

    Raises ValueError for no process, RuntimeError where no scheduler answers or a cluster has fewer than two
    threads of work (joblib would not use it), and ModuleNotFoundError where Dask is not installed.
    """
    if not cluster:
        if n == 0:
            raise ValueError("workers: 0 processes cannot count; give 1 or more.")
        with parallel_config(backend="loky", n_jobs=n):
            yield
        return
    with _connect(cluster) as client, parallel_config(backend="dask"):
        for _ in range(WAIT):
            if (threads := sum(client.nthreads().values())) > 1:
                break
            sleep(1)  # workers may be on their way
        else:
            raise RuntimeError(
                f"The cluster at {cluster} has {threads} worker threads and needs two: start more."
            )
        yield


def _connect(cluster: str) -> Any:
    """Connect to a Dask scheduler."""
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        missing = "Dask is not installed: run pip install -e '.[scale]' in the project."
        raise ModuleNotFoundError(missing) from error
    try:
        return Client(cluster, timeout=WAIT)
    except (OSError, ValueError, TypeError) as error:
        silent = f"No scheduler answers at {cluster} ({error}): start one, or correct the address."
        raise RuntimeError(silent) from error


def watch(rows: Iterable[dict[str, Any]], n: int) -> Iterator[dict[str, Any]]:
    """Pass the rows of `count_each` on, with a bar: shards of n, characters a second, time left."""
    characters = 0
    with tqdm(total=n, unit="shard") as bar:
        for row in rows:
            characters += row["n_characters"]
            bar.set_postfix_str(f"{characters / bar.format_dict['elapsed']:,.0f} characters/s")
            bar.update()
            yield row
