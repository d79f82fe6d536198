"""Build pages from notebooks and a corpus. Only this folder imports nbclient and nbconvert."""
