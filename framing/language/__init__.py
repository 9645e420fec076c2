"""German, as far as the scores need it: tokens, tags, lemmas, clauses, roles, quotations, voices, names."""
