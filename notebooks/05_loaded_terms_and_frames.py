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
# # 05 · Loaded terms and frames
#
# **Question.** Which loaded terms does an outlet use and in whose voice, which terms does the list not yet know, and how
# does the reporting weigh the five generic news frames?

# %% [markdown] tags=["demo"]
# **Material.** The demo corpus: four invented outlets on the same twelve events.

# %% [markdown]
# **Method.** Terms are matched by lemma and parts of compounds, each with its voice; rates are per 1,000 tokens with bootstrap
# intervals over articles. Candidates for new terms are words that an outlet uses more than the others, near known loaded terms
# or in scare quotes. Frames are the densities of the vocabulary that goes with conflict, human interest, responsibility,
# economic consequences and morality (Semetko & Valkenburg 2000).

# %% tags=["parameters"]
corpus_file = ""  # written by `framing read`; empty: the demo corpus
outlet = "Gegenlicht"  # for new terms; the one with most loaded terms if the corpus has no such outlet
top = 15
n_resamples = 2000
seed = 0

# %%
# %matplotlib inline
import pandas as pd
from IPython.display import display

import framing
from framing import plots
from framing.compare import compare, means
from framing.demo import demo_corpus
from framing.plots.frames import frames
from framing.report.terms import example_table, term_table
from framing.scorers.frames import FRAMES

pd.set_option("display.max_colwidth", 90)
corpus = framing.load_corpus(corpus_file) if corpus_file else demo_corpus()
scores = framing.score(corpus, seed=seed, progress=False)
several = scores.articles["outlet"].nunique() > 1
if outlet not in set(scores.articles["outlet"]):
    outlet = scores.articles.groupby("outlet")["loaded_per_1000"].mean().idxmax()

# %% [markdown]
# ## How loaded is the language?
#
# **Figure 1.** Loaded terms in the author's own voice per 1,000 tokens.

# %%
rates = means(scores, measures=["loaded_per_1000"], n_resamples=n_resamples, seed=seed)
plots.bars(rates, "loaded_per_1000", title="Loaded terms in the author’s voice");

# %% [markdown]
# **Table 1.** The most frequent terms: all voices and the author's own. A term that stands only in quotations says whom the
# outlet quotes, not how it speaks.

# %%
terms = term_table(scores.hits, scores.articles)
counts = terms.pivot_table(index=["term", "category"], columns="outlet", values="count", aggfunc="sum", fill_value=0)
counts["all"] = counts.sum(axis=1)
counts["own"] = terms.groupby(["term", "category"])["count_author"].sum()
counts.sort_values(["all", "own"], ascending=False, kind="stable").head(top)

# %% [markdown]
# **Table 2.** The same terms where they stand.

# %%
lines = example_table(scores.hits, scores.articles, scores.texts, terms)
lines.assign(context=lines["before"].str[-45:] + "[" + lines["surface"] + "]" + lines["after"].str[:45])[["term", "outlet", "voice", "context"]].head(top)

# %% [markdown]
# ## Terms that the list does not know
#
# **Table 3.** Candidates for a list of your own, the strongest first. They are candidates: a word may be frequent in an outlet
# because of its topics. Look at the context, keep what carries a judgement, and give the file to
# `framing score --loaded-terms +FILE`.

# %%
if several:
    candidates = framing.discover(scores, outlet, top=top, min_count=3, seed=seed, progress=False)
    display(candidates[["rank", "term", "count", "articles", "score", "nearest", "example_1"]].head(top).round(2))

# %% [markdown]
# ## News frames
#
# **Figure 2.** Density of each frame's vocabulary. Compare one frame between outlets, not frames with each other: their word
# lists reach unequally far.

# %%
measures = [f"frame_{name}" for name in FRAMES]
densities = means(scores, measures=measures, n_resamples=n_resamples, seed=seed)
frames(densities, title="News frames, by outlet");

# %% [markdown]
# **Table 4.** Differences from the other outlets, strongest first. p is adjusted for the whole table (Benjamini & Hochberg 1995).

# %%
if several:
    table = compare(scores, measures=measures, reference="rest", n_resamples=n_resamples, seed=seed)
    table = table.reindex(table["effect_size"].abs().sort_values(ascending=False, kind="stable").index)
    display(table[["measure", "group_a", "estimate_a", "estimate_b", "difference", "ci_low", "ci_high", "effect_size", "p_adjusted"]].head(10).round(2))

# %% [markdown]
# **Table 5.** The frame that leads an article, where one does: number of articles.

# %%
leading = framing.dominant_frame(scores.articles)
pd.crosstab(leading.rename("leading frame"), scores.articles["outlet"])

# %% [markdown]
# **Table 6.** The words behind each frame, so that a reader can judge what was counted.

# %%
hits = scores.hits[scores.hits["scorer"] == "frames"]
words = hits.groupby("category")["term"].agg(lambda s: ", ".join(f"{w} ({n})" for w, n in s.value_counts().head(8).items()))
with pd.option_context("display.max_colwidth", 160):
    display(words.to_frame("most frequent words"))

# %% [markdown]
# ## What it says, and what not
#
# - A loaded term is one **on the list**, made by one coder. What the list lacks is not counted; Table 3 is the remedy.
# - A frame is measured here by vocabulary. The frames of Semetko and Valkenburg were measured by questions to coders; words
#   for conflict make a conflict frame likely and do not prove it. Validate with notebook 03 before you rest a claim on it.
# - Densities depend on topics: an article on a budget has words of economy whatever its frame. Compare on the same events.

# %% [markdown]
# ## To cite and to repeat

# %%
print(scores.signature.short().replace("|", "\n"))
