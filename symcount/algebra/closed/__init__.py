"""Written terms made closed forms, sizes after many iterations, and what is done to a whole formula."""
