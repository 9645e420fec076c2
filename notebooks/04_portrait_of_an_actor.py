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
# # 04 · Portrait of an actor
#
# **Question.** How is one actor portrayed: how often, by which names, as doing or as suffering, with what said of it, and how
# does it get to speak? Does this differ between outlets?

# %% [markdown] tags=["demo"]
# **Material.** One actor in the demo corpus; with `corpus_file` and `actor`, one of yours.

# %% [markdown]
# **Method.** Everything is formed from the scores: mentions; hits of sentiment *toward* the actor, in the author's and in quoted
# voice; verbs of which it is agent or patient, with their agency and power (Sap et al. 2017; Antoniak et al. 2023); quotations
# with the class of the verb that introduces them. Means have percentile bootstrap intervals with tails for few units (Hesterberg
# 2015) over articles.

# %% tags=["parameters"]
corpus_file = ""  # written by `framing read`; empty: the demo corpus
actor = "Russland"  # id as in the table of actors; the most mentioned one if the corpus has no such actor
n_resamples = 2000
seed = 0

# %%
# %matplotlib inline
import pandas as pd
from IPython.display import Markdown, display

import framing
from framing import plots
from framing.demo import demo_corpus

pd.set_option("display.max_colwidth", 110)
corpus = framing.load_corpus(corpus_file) if corpus_file else demo_corpus()
scores = framing.score(corpus, seed=seed, progress=False)
named = scores.actors.groupby("actor")["article_id"].nunique().sort_values(ascending=False, kind="stable")
if actor not in named:
    actor = named.index[0]
who = framing.portrait(scores, actor, n_resamples=n_resamples, seed=seed)
display(Markdown(f"**{who.name}** ({who.type}): {who.n_mentions} mentions in {who.n_articles} of {who.n_corpus} articles."))

# %% [markdown]
# **Figure 1.** The portrait on a page; `framing portrait` writes the same as PDF.

# %%
plots.portrait(who);

# %% [markdown]
# ## By outlet
#
# **Table 1.** Mean with 95 % interval and number of articles behind it. Where an outlet has few articles with a value, the
# interval says so; a mean without one rests on too little.

# %%
table = who.measures.copy()


def shown(row):
    if pd.isna(row.estimate):
        return "–"
    interval = "" if pd.isna(row.ci_low) else f" [{row.ci_low:.2f}, {row.ci_high:.2f}]"
    return f"{row.estimate:.2f}{interval} n={row.n:.0f}"


table["cell"] = table.apply(shown, axis=1)
table.pivot(index="measure", columns="group", values="cell").reindex(table["measure"].unique())

# %% [markdown]
# ## By which names
#
# **Table 2.** Namings with their number by outlet; `loaded` marks words that judge.

# %%
who.namings.head(12).round(2)

# %% [markdown]
# ## Doing and suffering
#
# **Table 3.** The verbs of which the actor is agent or patient, and what each adds to agency and power.

# %%
who.verbs.groupby("role", sort=False).head(8).round(2)

# %% [markdown]
# ## How it gets to speak
#
# **Table 4.** Quotations by the class of what introduces them: *sagte* is neutral, *behauptete* doubts, *stellte klar* affirms.

# %%
who.speech

# %% [markdown]
# ## What is said of it
#
# **Table 5.** The strongest sentences of each kind, with the word that made the value, the rule that led it to the actor, and
# whose voice it is. If these are wrong, so is the mean: read them first.

# %%
with pd.option_context("display.max_colwidth", 160):
    display(who.sentences[["kind", "outlet", "voice", "value", "rule", "surface", "sentence"]].round(2))

# %% [markdown]
# ## What it says, and what not
#
# - A negative value says that negative words are **said of** the actor, by author or by those quoted; it does not say that the
#   outlet rejects the actor, nor that the words are undeserved.
# - Agency is grammar: who stands as the one that acts. It is no measure of influence in the world.
# - Irony, comparison and what a reader infers from facts are not seen; in a mocking text the signs may turn.
# - Most mentions carry no judgement. A mean over the few that do is a mean over chosen places.

# %% [markdown]
# ## To cite and to repeat

# %%
print(scores.signature.short().replace("|", "\n"))
