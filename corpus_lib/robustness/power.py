"""Statistical power: how many articles a comparison of two groups would need."""

from bisect import bisect_left
from math import inf

from scipy.stats import ncf, t

# The probabilities that a study usually accepts (Cohen 1988): of finding a difference that does not
# exist, and of finding one that does.
ALPHA, POWER = 0.05, 0.80
# Articles per group, up to which scipy gives neighbouring sizes different powers; and a difference in
# standard deviations: two articles per group find any larger one too, and far beyond it scipy fails.
MOST, LARGEST = 2**30, 1e4


def articles_needed(difference: float, sd: float, alpha: float = ALPHA, power: float = POWER) -> int:
    """Compute how many articles per group a study needs to find a difference between two groups.

    In: the `difference` between the means of the groups, and the standard deviation `sd` between the articles
    of one group, in the same unit; `alpha` and `power`, as above (two-sided t test). The result is a plan,
    not a finding. It assumes that both groups are sampled in the same way and vary equally. Raises ValueError
    for a difference or a deviation of zero, and for more than MOST articles. Source: Cohen (1988),
    "Statistical Power Analysis for the Behavioral Sciences", chapter 2; his tables do not round up, as we do.

    >>> articles_needed(difference=0.8, sd=1)
    26
    """
    if not (0 < abs(difference) < inf and 0 < sd < inf and 0 < alpha < 1 and alpha < power < 1):
        given = f"difference={difference}, sd={sd}, alpha={alpha}, power={power}"
        cure = "difference and sd must be finite and not zero, alpha below power, and power below 1"
        raise ValueError(f"The arguments {given} cannot be used: {cure}.")
    size = min(abs(difference) / sd, LARGEST)
    if _power(MOST, size, alpha) < power:
        asked = f"A difference of {difference} with a standard deviation of {sd}"
        raise ValueError(f"{asked} needs more than {MOST:,} articles per group: ask for a larger difference.")
    return bisect_left(range(MOST), power, lo=2, key=lambda n: _power(n, size, alpha))


def _power(n: int, size: float, alpha: float) -> float:
    """Compute the power of a two-sided t test: n articles per group, a difference in standard deviations."""
    bound = t.isf(alpha / 2, 2 * n - 2)
    # The square of t is F; scipy computes its noncentral form for large values too.
    return float(ncf.sf(bound**2, 1, 2 * n - 2, size**2 * n / 2))
