# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 06 · Your own corpus
#
# **Question.** Does my corpus bear the comparison that I have in mind? What is in it, what is missing, what is double, and how
# small a difference could it show?

# %% [markdown] tags=["demo"]
# **Material.** Your corpus: set `corpus_file` to what `framing read SRC -o corpus.parquet` wrote. Until then, the demo corpus.

# %% [markdown]
# **Method.** First the data, then the question. We describe size, period, lengths, missing values and near duplicates (MinHash,
# Broder 1997), look for events that several outlets report, compare once over all articles and once over common events, try
# other ways of measuring, and end with the smallest difference that this number of articles could show.

# %% tags=["parameters"]
corpus_file = ""  # written by `framing read`; empty: the demo corpus
measure = "sentiment_author"
n_resamples = 2000
seed = 0

# %%
# %matplotlib inline
import pandas as pd
from IPython.display import Markdown, display

import framing
from framing import plots
from framing.compare import compare
from framing.compare.duplicates import duplicate_shares, near_duplicates
from framing.demo import demo_corpus
from framing.report.checks import describe

pd.set_option("display.max_colwidth", 70)
corpus = framing.load_corpus(corpus_file) if corpus_file else demo_corpus()
scores = framing.score(corpus, seed=seed, progress=False)
several = scores.articles["outlet"].nunique() > 1
scores

# %% [markdown]
# ## What is in it
#
# **Table 1.** Articles and period by outlet; quartiles of length in tokens; articles without a date, a title or a measured
# sentiment; copies.

# %%
sizes = scores.articles.groupby("outlet").agg(articles=("article_id", "size"), first=("published", "min"), last=("published", "max"))
described, near = describe(scores)
sizes.join(described.set_index("outlet"))

# %% [markdown]
# Lengths that differ by a factor of two often mean that one outlet's articles were cut by a paywall. A record that could not be
# read is not lost: `framing read` writes it to a table of rejects, with the reason.
#
# **Table 2.** Articles whose text another outlet has too. Agency copy that several outlets print says nothing of any of them,
# and makes intervals too narrow.

# %%
pairs = near_duplicates(scores, seed=seed)
duplicate_shares(pairs, scores.articles).round(2)

# %% [markdown]
# ## Do outlets report the same events?
#
# **Table 3.** Events with articles of two outlets or more. They are taken from the column `event` if the corpus has one, and
# else found by similarity of texts within two days; `framing same-event` writes them to a table that you can correct.

# %%
if "event" in scores.articles:
    known = scores
else:
    known = framing.with_events(scores, framing.same_event(scores))
events = known.articles.groupby("event").agg(articles=("article_id", "size"), outlets=("outlet", "nunique"), title=("title", "first"))
shared = events[events["outlets"] > 1].sort_values(["outlets", "articles"], ascending=False, kind="stable")
display(Markdown(f"{len(shared)} of {len(events)} events are reported by more than one outlet."))
shared.head(8)

# %% [markdown]
# ## The comparison, and the same over common events
#
# **Figure 1.** Above, the difference of each pair of outlets over all articles; below it, over the events that both report. What
# vanishes below was a difference in what is reported, not in how.

# %%
if several:
    every = compare(known, measures=[measure], n_resamples=n_resamples, seed=seed)
    display(every[["group_a", "group_b", "n_a", "n_b", "difference", "ci_low", "ci_high", "effect_size", "p_adjusted"]].round(3))
if several and len(shared) > 1:
    matched = compare(known, measures=[measure], test="sign_flip", n_resamples=n_resamples, seed=seed)
    plots.same_event(every, matched, measure);

# %% [markdown]
# ## Does it hang on how it was measured?
#
# **Figure 2.** The order of the outlets by sentiment: as scored, by textblob-de, in one voice, without titles, and without the ten words that
# move the outlets most. Kendall's τ of 1 is the same order.

# %%
if several:
    robust = framing.robustness(scores, methods=("textblob-de",), n_resamples=n_resamples, seed=seed, progress=False)
    plots.robustness(robust);

# %% [markdown]
# ## How small a difference could it show?
#
# **Table 4.** The smallest standardised difference that a comparison of two outlets finds with a probability of 80 % at a level
# of 5 %, by the normal approximation: `(1.96 + 0.84) * sqrt(1/n_a + 1/n_b)`. 0.2 is called small, 0.5 middling, 0.8 large.

# %%
if several:
    sizes_of = scores.articles.groupby("outlet")[measure].count()
    least = [(a, b, n_a, n_b, 2.8 * (1 / n_a + 1 / n_b) ** 0.5)
             for i, (a, n_a) in enumerate(sizes_of.items()) for b, n_b in list(sizes_of.items())[i + 1 :] if n_a and n_b]
    display(pd.DataFrame(least, columns=["outlet", "other", "n", "n other", "smallest g"]).round(2))

# %% [markdown]
# A comparison that is not significant with few articles has not shown that outlets are alike; it has shown that the corpus cannot
# tell.
#
# ## What it says, and what not
#
# - These checks find what breaks a comparison: cut texts, copies, events that only one side reports, results that hang on a
#   method. They do not find a biased selection of articles: how the corpus was drawn, only you know, and your paper must say.
# - Events found by similarity are a guess. Correct the table by hand before a claim rests on it.
# - Then hand-code a sample (notebook 03): no check here tells whether the measure sees what you mean.

# %% [markdown]
# ## To cite and to repeat

# %%
print(scores.signature.short().replace("|", "\n"))
