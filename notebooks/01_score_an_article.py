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
# # 01 · Score an article
#
# **Question.** What does the toolkit measure in a single article, which words does each number rest on, and where does
# it go wrong?

# %% [markdown] tags=["demo"]
# **Material.** One article of the demo corpus. Outlet, persons and event are invented (see `corpora/demo/README.md`);
# the text is written in the manner of an alternative medium, and its annotation was written along with it.

# %% [markdown]
# **Method.** `framing.score_article` parses title and text, finds *hits* (words or passages with character offsets),
# and forms every number from them. We show the hits in place, form the numbers again from the table of hits, open the
# parse that they rest on, and compare with the annotation.

# %% tags=["parameters"]
corpus_file = ""  # written by `framing read`; empty: the demo corpus
article_id = "Gegenlicht/01-pazifikgipfel"  # the first article if the corpus has no such id

# %%
# %matplotlib inline
import matplotlib.pyplot as plt
import pandas as pd

import framing
from framing.demo import demo_corpus

pd.set_option("display.max_colwidth", 70)
articles = (framing.load_corpus(corpus_file) if corpus_file else demo_corpus()).articles.set_index("article_id")
article_id = article_id if article_id in articles.index else articles.index[0]
article = articles.loc[article_id]
scores = framing.score_article(article["text"], article["title"], outlet=article["outlet"])

# %% [markdown]
# ## The article, with its evidence
#
# Underlined: words with a valence. Background: loaded terms. Outline: actors. Tint: quotations. Pointing at a mark
# shows its value and why it was found. The object shows itself this way at the end of any cell; `scores.to_html(page=True)`
# gives the same as a page of its own.

# %%
scores

# %% [markdown]
# ## Every number is formed from hits
#
# The table `hits` has one row per piece of evidence. `value` is what goes into a mean: for sentiment the valence after
# negation, intensifiers and reversers (`note` says what was applied), for loaded terms the strength from 1 to 3 (`note` is
# then a neutral wording). Scare quotes, words of distance and doubting cues have the value 0: they are shown and counted
# apart, but are no loaded terms.
# `voice` tells whose word it is: the **author**'s, **quoted**, or **distanced** (indirect speech, scare quotes,
# *sogenannt*, *angeblich*).

# %%
hits = scores.hits
shown = ["field", "start", "surface", "term", "category", "value", "voice", "note"]
hits.loc[hits["scorer"] == "sentiment", shown].round(3)

# %%
hits.loc[hits["scorer"] == "loaded_terms", [*shown, "target"]]

# %% [markdown]
# The first check is that a hit lies where it says; the second, that the numbers of the article follow from the hits.
# Counts of tokens come from the parse, everything else from the table above.

# %%
fields = {"title": article["title"], "text": article["text"]}
assert all(fields[h.field][h.start : h.end] == h.surface for h in hits.itertuples())

tokens = pd.concat([framing.parse(text).to_frame() for text in fields.values()], ignore_index=True)
sentiment = hits[hits["scorer"] == "sentiment"]
loaded = hits[hits["scorer"] == "loaded_terms"]
terms = loaded[~loaded["category"].isin(["scare_quote", "distancing", "doubting_cue"])]
own_terms = (terms["voice"] == "author").sum()

by_hand = pd.Series(
    {
        "n_tokens": len(tokens),
        "quoted_share": (tokens["voice"] == "quoted").mean(),
        "sentiment": sentiment["value"].mean(),
        "sentiment_author": sentiment.loc[sentiment["voice"] == "author", "value"].mean(),
        "sentiment_quoted": sentiment.loc[sentiment["voice"] == "quoted", "value"].mean(),
        "sentiment_title": sentiment.loc[sentiment["field"] == "title", "value"].mean(),
        "loaded_terms": len(terms),
        "loaded_terms_author": own_terms,
        "loaded_per_1000": own_terms / len(tokens) * 1000,
        "scare_quotes": (loaded["category"] == "scare_quote").sum(),
    }
)
check = pd.DataFrame({"by hand": by_hand, "framing": pd.Series(scores.article)[by_hand.index].astype(float)})
pd.testing.assert_series_equal(check["by hand"], check["framing"], check_names=False)
check.round(3)

# %% [markdown]
# ## Sentiment by voice
#
# **Figure 1.** Each point is a word with a valence, at its place in the text; lines are the means by voice. A mean of a
# few points moves with every one of them, so the number of points matters as much as the mean.

# %%
voices = {"author": ("#1f77b4", "o"), "quoted": ("#d95f02", "s"), "distanced": ("#7f7f7f", "^")}
figure, axes = plt.subplots(figsize=(7.5, 2.8), layout="constrained")
in_text = sentiment[sentiment["field"] == "text"]
for voice, (colour, marker) in voices.items():
    of_voice = in_text[in_text["voice"] == voice]
    if len(of_voice):
        mean = of_voice["value"].mean()
        axes.plot(of_voice["start"], of_voice["value"], marker, color=colour, label=f"{voice}, n = {len(of_voice)}, mean {mean:+.2f}")
        axes.axhline(mean, color=colour, linewidth=0.8, linestyle="--")
axes.axhline(0, color="black", linewidth=0.6)
axes.set(ylim=(-1.05, 1.05), xlim=(0, len(article["text"])), xlabel="position in the text (characters)", ylabel="valence, −1 to 1")
axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=8);

# %% [markdown]
# ## The parse behind it: who does what to whom, and who speaks
#
# Roles: the agent and the patient of each verb. In a passive (`passive`) the grammatical subject is the patient.

# %%
document = framing.parse(article["text"])
roles = document.roles()
words = [document.text[start:end] for start, end in zip(roles["start"], roles["end"], strict=True)]
roles.assign(words=words)[["verb", "role", "words", "passive"]]

# %% [markdown]
# Quotations: `direct` stands in quotation marks, `indirect` is a reported clause, `reported` the content as a noun phrase
# or infinitive. The class of the cue says what the choice of the verb tells about the truth of what follows: *sagte* is
# neutral, *behauptete* doubting, *stellte klar* affirming.

# %%
quotes = scores.quotes
said = [fields[q.field][q.start : q.end] for q in quotes.itertuples()]
quotes.assign(words=said)[["form", "words", "speaker", "actor", "cue", "cue_class"]]

# %% [markdown]
# Actors: one row per person, state or organisation. `sentiment_toward` is the mean of the hits of the scorer `toward` whose
# target is the actor: words that a rule of grammar shows to be about it (a naming, an attribute, a predicate, a verb of which it
# is agent or theme, a word of stance). Nearness alone does not count, nor what the actor itself is quoted with. `agency` is
# the mean of verb values over all roles of the actor (Antoniak et al. 2023): the value of the verb (−1, 0, 1) where the actor is
# its agent, 0 where it is the patient. Both numbers are formed again below.

# %%
columns = ["name", "type", "mentions", "sentiment_toward", "agent", "patient", "agency", "quotes", "namings"]
scores.actors.sort_values("mentions", ascending=False, kind="stable")[columns].round(2)

# %%
of_actors = scores.actors.set_index("actor").sort_index()
for scorer, column in (("toward", "sentiment_toward"), ("agency", "agency")):
    by_hand = hits[hits["scorer"] == scorer].groupby("target")["value"].mean().reindex(of_actors.index)
    pd.testing.assert_series_equal(by_hand, of_actors[column], check_names=False, check_index_type=False)
hits.loc[hits["scorer"] == "toward", ["target", "surface", "value", "voice", "category", "note"]].round(2)

# %% [markdown] tags=["demo"]
# ## How far to trust it: the same article annotated by hand
#
# The annotation of the demo corpus has offsets. **Table 1** sets loaded terms and quotations that were found beside those
# annotated; a pair counts where the two spans overlap.

# %% tags=["demo"]
from framing.validation.demo import load_gold

# an article of your own has no annotation: everything found is then an addition
empty = {"loaded_terms": [], "quotations": []}
gold = next((record for record in load_gold() if not corpus_file and record["article_id"] == article_id), empty)


def overlapping(found, annotated):
    """Number of annotated spans that some found span overlaps."""
    return sum(any(f[0] == a[0] and f[1] < a[2] and a[1] < f[2] for f in found) for a in annotated)


def spans(frame):
    return list(zip(frame["field"], frame["start"], frame["end"], strict=True))


meta = ("scare_quote", "distancing")
annotated_terms = [(t["field"], t["start"], t["end"]) for t in gold["loaded_terms"] if t["category"] not in meta]
annotated_scare = [(t["field"], t["start"], t["end"]) for t in gold["loaded_terms"] if t["category"] == "scare_quote"]
rows = {
    "loaded terms": (spans(terms), annotated_terms),
    "scare quotes": (spans(loaded[loaded["category"] == "scare_quote"]), annotated_scare),
}
for form in ("direct", "indirect", "reported"):
    annotated = [("text", q["start"], q["end"]) for q in gold["quotations"] if q["form"] == form]
    rows[f"{form} quotations"] = (spans(quotes[quotes["form"] == form]), annotated)
pd.DataFrame(
    [(what, len(a), len(f), overlapping(f, a), overlapping(a, f)) for what, (f, a) in rows.items()],
    columns=["what", "annotated", "found", "annotated that were found", "found that were annotated"],
)

# %% tags=["demo"]
missed = [t for t in annotated_terms if not overlapping(spans(terms), [t])]
print("loaded terms annotated, not found: ", [fields[f][a:b] for f, a, b in missed])
extra = [t for t in spans(terms) if not overlapping(annotated_terms, [t])]
print("loaded terms found, not annotated: ", [fields[f][a:b] for f, a, b in extra])

# %% [markdown]
# ## What it says, and what not
#
# It says which words of this article carry a valence or a judgement, in whose voice they stand, who is named how often
# and beside what, and who gets to speak. Each of these statements can be opened down to the character.
#
# It does not say:
#
# - **what the article thinks of anyone.** Document sentiment is the tone of the words. A sober report of a war is
#   negative; an admiring portrait of a war is not. Stance needs a target; `sentiment_toward` has one, but sees
#   only what lexicon and grammar show.
# - **what is implied.** Irony, rhetorical questions (*Wovor soll das Frühwarnsystem dann warnen?*), allusions and free
#   indirect speech are not recognised.
# - **what was left out.** Selection, order and weight of facts are framing too; no lexicon sees them.
# - **whether a claim is true**, or whether a loaded term is deserved.
# - **anything about readers.** How a text works on people is not measured here.
#
# A short word or phrase in quotation marks is a quotation if somebody says it and a scare quote if nobody does. The
# table of quotations above shows how the rules decided here; where they err, the voice of the words inside is wrong too.
# One article is an example, not a finding. Notebook 02 compares outlets, with intervals.

# %% [markdown]
# ## To cite and to repeat
#
# `framing` version and lexicons that made these numbers:

# %%
from framing import lexicons

print(f"framing {framing.__version__}")
print(pd.Series({name: lexicons.load(name).digest for name in lexicons.available()}, name="digest").to_string())
