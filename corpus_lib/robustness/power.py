"""Statistical power: how many articles a comparison of two groups would need."""

from __future__ import annotations

from bisect import bisect_left
from math import inf

from scipy.stats import ncf, t

# The two chances that the plan of a study usually accepts (Cohen 1988): of finding a difference
# that is not there, and of finding one that is.
ALPHA, POWER = 0.05, 0.80

# Articles per group. Nobody plans for more, and up to there scipy tells neighbouring numbers apart.
MOST = 2**30

# In standard deviations. Two articles per group find any difference as large; far beyond it scipy fails.
LARGEST = 1e4


def articles_needed(difference: float, sd: float, alpha: float = ALPHA, power: float = POWER) -> int:
    """Say how many articles per group a study needs to find a difference between two groups.

    In: the `difference` between the means of the groups, and the standard deviation `sd`
    between the articles of one group, in the same unit; `alpha`, the chance of finding
    a difference that is not there (two-sided); `power`, the chance of finding this one.
    Out: the least number for which a t test of two groups of that size has the power.
    Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", chapter 2; his
    tables round to the nearest number, this rounds up.

    It is a plan, not a finding: articles must be drawn alike and vary alike in both groups.

    Raises ValueError when there is no difference or no deviation, and when MOST articles per
    group are too few.

    >>> articles_needed(difference=0.8, sd=1)
    26
    """
    if not (0 < abs(difference) < inf and 0 < sd < inf and 0 < alpha < 1 and alpha < power < 1):
        raise ValueError(
            f"A difference of {difference} at a deviation of {sd} (alpha {alpha}, power {power}) "
            f"cannot be planned for: they must be finite and above zero, alpha below power, power below 1."
        )
    size, n = min(abs(difference) / sd, LARGEST), 2
    while _power(n, size, alpha) < power:
        if n >= MOST:
            raise ValueError(
                f"A difference of {difference} at a deviation of {sd} cannot be planned for: it needs more "
                f"than {MOST:,} articles per group. Ask for a larger difference."
            )
        n *= 2
    return bisect_left(range(n + 1), power, lo=2, key=lambda n: _power(n, size, alpha))


def _power(n: int, size: float, alpha: float) -> float:
    """Compute the chance that a two-sided t test of two groups of n finds a difference of this size."""
    bound = t.isf(alpha / 2, 2 * n - 2)
    # The square of t is F; scipy computes its noncentral form for large values too.
    return float(ncf.sf(bound**2, 1, 2 * n - 2, size**2 * n / 2))
