"""Notebooks and a corpus -> pages. The only folder that imports nbclient or nbconvert."""
