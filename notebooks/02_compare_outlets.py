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
# # 02 · Compare outlets
#
# **Question.** Do outlets that report the same events differ in tone, in loaded terms, in how much they let others
# speak, and in how they portray actors? How certain are the differences?

# %% [markdown] tags=["demo"]
# **Material.** The demo corpus: 48 articles, four invented outlets on the same twelve invented events. Its differences were
# written into it on purpose and are described in `corpora/demo/README.md`, so that we can check at the end which of
# them the measures find. To use a corpus of your own, change the cell of parameters.

# %% [markdown]
# **Method.** Every article is scored by itself; the *article* is the unit of all statistics, never the word. Outlets are
# compared by differences of means with percentile bootstrap intervals with tails for few units (Hesterberg 2015; whole
# articles resampled within outlet), by a studentised permutation test (Chung & Romano 2013), and by Hedges' *g*. The p
# values of all tests in one table are adjusted for their number (Benjamini and Hochberg 1995).

# %% tags=["parameters"]
corpus_file = ""  # written by `framing read`; empty: the demo corpus
reference = "Depeschendienst Mitte"  # every other outlet is compared with this one; "rest" is possible
contrast = ("Bundeskurier", "Gegenlicht")  # for the word shift
key_outlet = "Gegenlicht"  # for keyness, against all others
min_articles = 3  # an actor is shown for outlets with at least so many articles about it
period = "M"  # "D" days, "W" weeks, "M" months
n_resamples = 2000
seed = 0

# %%
# %matplotlib inline
import pandas as pd
from IPython.display import Markdown, display

import framing
from framing import plots
from framing.compare import compare, keyness_of_counts, means, over_time, word_shift
from framing.demo import demo_corpus

pd.set_option("display.max_colwidth", 60)
corpus = framing.load_corpus(corpus_file) if corpus_file else demo_corpus()
scores = framing.score(corpus, seed=seed, progress=False)
articles = scores.articles
# outlets named above that a corpus of your own does not have give way to some that it has
outlets = articles.groupby("outlet")["sentiment"].mean().sort_values(kind="stable").index.tolist()
reference = reference if reference in outlets else "rest" if len(outlets) > 2 else outlets[0]
contrast = contrast if set(contrast) <= set(outlets) else (outlets[-1], outlets[0])
key_outlet = key_outlet if key_outlet in outlets else outlets[0]
scores

# %% [markdown]
# **Table 1.** The corpus as scored.

# %%
overview = articles.groupby("outlet").agg(
    articles=("article_id", "size"),
    first=("published", "min"),
    last=("published", "max"),
    tokens=("n_tokens", "mean"),
    sentences=("n_sentences", "mean"),
    coverage=("sentiment_coverage", "mean"),
)
overview.round({"tokens": 0, "sentences": 1, "coverage": 3})

# %% [markdown]
# `coverage` is the share of content words that the valence lexicon knows. Sentiment rests on that share only, and outlets
# with different coverage are compared on different parts of their vocabulary.
#
# ## Differences with intervals
#
# **Table 2.** Each outlet beside the reference: `difference` is outlet minus reference, in the unit of the measure; `g` is
# Hedges' effect size; `p_adjusted` counts all rows of this table as one family.

# %%
measures = ["sentiment", "sentiment_author", "loaded_per_1000", "scare_quotes", "quoted_share"]
comparison = compare(scores, measures=measures, reference=reference, n_resamples=n_resamples, seed=seed)
columns = ["measure", "group_a", "estimate_a", "estimate_b", "difference", "ci_low", "ci_high", "effect_size", "p_adjusted"]
comparison[columns].round(3).rename(columns={"effect_size": "g"})

# %%
print(comparison["method"].iloc[0])

# %% [markdown]
# **Figure 1.** Loaded terms in the author's own voice per 1,000 tokens, and sentiment of the author's words. Filled points:
# adjusted p below .05.

# %%
plots.differences(comparison[comparison["measure"] == "loaded_per_1000"], title="Loaded terms, beside the reference")
plots.differences(comparison[comparison["measure"] == "sentiment_author"], title="Sentiment in the author’s voice, beside the reference");

# %%
clear = comparison[comparison["p_adjusted"] < 0.05]
lines = [
    f"- {row.group_a}: `{row.measure}` {'higher' if row.difference > 0 else 'lower'} than {row.group_b} "
    f"by {abs(row.difference):.2f} (95 % interval {row.ci_low:+.2f} to {row.ci_high:+.2f}, adjusted p = {row.p_adjusted:.3f})"
    for row in clear.itertuples()
]
note = f"Of {len(comparison)} comparisons {len(clear)} have an adjusted p below .05:"
display(Markdown("\n".join([note, "", *lines])))

# %% [markdown]
# What this says: by these measures the outlets in the list write differently from the reference beyond what chance
# among articles would give. What it does not: a comparison that is missing from the list is *not shown to be equal*;
# the fewer the articles, the larger the differences that can go unseen. Look at the interval, not at the star.
#
# ## Whose voice
#
# `quoted_share` counts direct speech only. Indirect speech and reported content are in the table of quotations.
# **Table 3.** Share of the characters that stand in a quotation, and the classes of the words that introduce speech.

# %%
lengths = scores.texts.set_index("article_id")["text"].str.len()


def covered(quotes):
    """Number of characters of the text that lie in some quotation; quotations may nest."""
    return len({i for q in quotes.itertuples() for i in range(q.start, q.end)})


def share(forms):
    chosen = scores.quotes[scores.quotes["form"].isin(forms) & (scores.quotes["field"] == "text")]
    count = chosen.groupby("article_id")[["start", "end"]].apply(covered).reindex(lengths.index, fill_value=0)
    return (count / lengths).groupby(articles.set_index("article_id")["outlet"]).mean()


cues = scores.quotes.merge(articles[["article_id", "outlet"]], on="article_id")
cues = pd.crosstab(cues["outlet"], cues["cue_class"])
voices = pd.DataFrame({"direct": share(["direct"]), "all forms": share(["direct", "indirect", "reported"])}).round(3)
voices.join(cues)

# %% [markdown]
# ## Which kinds of loaded term
#
# **Table 4.** Number of hits by category, in the author's voice. Scare quotes, words of distance (*sogenannt*, *angeblich*)
# and doubting cues are listed too; they are not part of the rate above.

# %%
loaded = scores.hits[scores.hits["scorer"] == "loaded_terms"].merge(articles[["article_id", "outlet"]], on="article_id")
kept = loaded[(loaded["voice"] == "author") | loaded["category"].isin(["scare_quote", "distancing"])]
pd.crosstab(kept["category"], kept["outlet"])

# %% [markdown]
# ## Actors
#
# **Figure 2.** Mean value of what is said of an actor: namings, attributes, predicates, verbs, words of stance that a rule of
# grammar leads to a mention of it, in the author's and in quoted words. Small figures: number of articles with such a value.
# Most mentions come without any judgement: those articles have no value, and a cell with one or two articles is an
# anecdote.

# %%
about = means(scores, measures=["sentiment_toward"], min_articles=min_articles, n_resamples=n_resamples, seed=seed)
often = scores.actors.groupby("actor")["article_id"].nunique().sort_values(ascending=False, kind="stable").index
known = [a for a in often if about.loc[about["target"] == a, "n"].sum() >= 3][:12]
chosen = about[about["target"].isin(known)].sort_values("target", key=lambda s: s.map(known.index), kind="stable")
plots.heatmap(chosen, title="Sentiment toward actors");

# %% [markdown]
# ## Which words tell an outlet from the others
#
# **Figure 3.** Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008) of all word forms of
# title and text. The order is by z, which takes tokens for independent and is a ranking, not a test; the lines are
# bootstrap intervals over whole articles.

# %%
from framing.report.vocabulary import count_words

texts = articles[["article_id", "outlet"]].merge(scores.texts, on="article_id", validate="one_to_one")
matrix, words = count_words((texts["title"].fillna("") + "\n" + texts["text"]).tolist())
keys = keyness_of_counts(matrix, words, texts["outlet"].tolist(), key_outlet, seed=seed)
plots.keyness(keys, 12);

# %% [markdown]
# No lexicon takes part here, so keyness may show what the lexicons miss. It also shows what is no framing at all:
# sentence length, tense, favourite function words.
#
# ## Which words make the difference in sentiment
#
# **Figure 4.** Word shift (Gallagher et al. 2021) between two outlets: how much each word of the valence lexicon adds to
# the difference of mean valence. It pools the hits of all articles, so an article with many hits weighs more than in
# Table 2.

# %%
shift = word_shift(scores, *contrast)
plots.word_shift(shift, 20);

# %%
total = shift["contribution"].sum()
display(Markdown(f"The contributions sum to {total:+.3f}, the difference of the mean valence of the hits of {contrast[0]} and {contrast[1]}. "
                 f"The ten largest make up {shift['contribution'].head(10).abs().sum() / shift['contribution'].abs().sum():.0%} of all movement."))

# %% [markdown]
# A shift carried by a few words is open to two checks: read them in context (`scores.hits`), and leave them out.
#
# ## Over time
#
# **Figure 5.** Sentiment in the author's voice by period. Bands are bootstrap intervals over the articles of the period;
# a period with one article has a point and no band.

# %%
plots.over_time(over_time(scores, "sentiment_author", freq=period, n_resamples=n_resamples, seed=seed));

# %% [markdown] tags=["demo"]
# With two or three articles per outlet and month this figure shows how a curve is drawn, not a trend.
#
# ## The planted differences
#
# The demo corpus was written with differences in it. **Table 5** names those that can be put as one statement, and
# whether the measures found them. It is computed, so a change in the toolkit that loses one of them shows here.

# %% tags=["demo"]
if not corpus_file:
    of = articles.groupby("outlet")[["sentiment_author", "loaded_per_1000", "scare_quotes"]].mean()
    kinds = pd.crosstab(kept["category"], kept["outlet"])
    toward = about.pivot(index="target", columns="group", values="estimate")
    everywhere = voices["all forms"].sort_values()
    doubt = cues["doubting"] + cues["affirming"]

    def opposed(actor):
        """Whether the two outlets are of opposite sign toward an actor; None where one has no value."""
        row = toward.reindex(index=[actor], columns=["Bundeskurier", "Gegenlicht"]).iloc[0]
        return None if row.isna().any() else bool(row.iloc[0] * row.iloc[1] < 0)

    def leads(table, row, outlet):
        return row in table.index and table.loc[row].idxmax() == outlet

    def values(series, digits):
        return " · ".join(f"{name} {value:.{digits}f}" for name, value in series.dropna().items())

    def row_of(category):
        return values(kinds.loc[category], 0) if category in kinds.index else "none found"

    own, rate, scare = of["sentiment_author"], of["loaded_per_1000"], of["scare_quotes"]
    drama = rate[["Morgenblitz", "Gegenlicht"]].min() > rate["Bundeskurier"]
    statements = [
        ("agency: most text in quotations of all forms", everywhere.idxmax() == "Depeschendienst Mitte", values(everywhere, 2)),
        ("agency: fewest loaded terms", rate.idxmin() == "Depeschendienst Mitte", values(rate, 1)),
        ("Morgenblitz and Gegenlicht: more loaded terms than Bundeskurier", drama, values(rate, 1)),
        ("nine in ten scare quotes in Gegenlicht", scare["Gegenlicht"] / scare.sum() > 0.9, values(scare, 2)),
        ("Morgenblitz leads in dramatisation", leads(kinds, "dramatisation", "Morgenblitz"), row_of("dramatisation")),
        ("Bundeskurier leads in delegitimising terms", leads(kinds, "delegitimising", "Bundeskurier"), row_of("delegitimising")),
        ("Bundeskurier leads in euphemisms", leads(kinds, "euphemism", "Bundeskurier"), row_of("euphemism")),
        ("Gegenlicht leads in abuse of the press", leads(kinds, "press_abuse", "Gegenlicht"), row_of("press_abuse")),
        ("agency: fewest doubting and affirming cues", doubt.idxmin() == "Depeschendienst Mitte", values(doubt, 0)),
        ("author’s sentiment highest in Bundeskurier", own.idxmax() == "Bundeskurier", values(own, 2)),
        ("author’s sentiment lowest in Gegenlicht", own.idxmin() == "Gegenlicht", values(own, 2)),
        ("author’s sentiment nearest to 0 in the agency", own.abs().idxmin() == "Depeschendienst Mitte", values(own, 2)),
    ]
    for actor in ("USA", "NATO", "EU", "Russland"):
        what = f"Bundeskurier and Gegenlicht of opposite sign toward {actor}"
        statements.append((what, opposed(actor), values(toward.reindex([actor]).iloc[0], 2)))
    planted = pd.DataFrame(statements, columns=["planted difference", "found", "measured"])
    planted["found"] = planted["found"].map({True: "yes", False: "no"}).fillna("cannot be told")
    with pd.option_context("display.max_colwidth", 130):
        display(planted)

# %% [markdown] tags=["demo"]
# The table reads in both directions. A *yes* is a plausibility check on made-up texts, with differences stronger than those
# of real newspapers; it is no evidence of accuracy. Behind a *no* may stand a gap in a lexicon, too few articles with a value, or
# something that no lexicon can know: mockery often has no negative words, and drama is spread over many ordinary ones. The
# table alone does not tell which; the hits do. *Cannot be told* means that an outlet has too few articles
# with a value: most mentions of an actor come without a judgement that grammar leads to it.

# %% [markdown]
# ## What it says, and what not
#
# - The differences are differences **in wording between these articles**. They become statements about outlets only if the
#   articles are a sample of what the outlets publish.
# - **Topics differ between outlets** in most real corpora (in the demo every outlet covers every event). A difference in
#   sentiment may be one in what is reported; compare within events (`cluster="event"` keeps them together in resampling).
# - Sentiment of a document is **no stance** toward anyone in it, and loaded terms are those **on the list**, one coder's
#   list.
# - Irony, rhetorical questions, free indirect speech, pictures, placement and omission are **not measured**.
# - Nothing here says which outlet is right, or biased. There is no neutral point that could be measured; the reference is
#   a choice.
#
# ## To cite and to repeat

# %%
print(scores.signature.short().replace("|", "\n"))
