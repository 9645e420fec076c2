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
# # 03 · Validate against hand coding
#
# **Question.** How far does a measure agree with what human coders see, is the agreement the same in every outlet, and which
# comparisons does it therefore allow?

# %% [markdown] tags=["demo"]
# **Material.** The stance toward actors in the demo corpus, which was annotated along with the texts. With sheets of your own
# coders the same notebook validates a measure on your corpus; without sheets it draws the sample that they are to code.

# %% [markdown]
# **Method.** A stratified sample by outlet and score; coders who see neither outlet nor score; Krippendorff's α with interval
# (Hayes & Krippendorff 2007); precision, recall, F1 and rank correlation in each outlet; outlet means corrected by the
# coded sample (prediction-powered inference, Angelopoulos et al. 2023).

# %% tags=["parameters"]
corpus_file = ""  # written by `framing read`; empty: the demo corpus and its annotation
task = "toward"  # "sentiment", "toward" or "loaded_terms"; the demo has "toward"
sheets = []  # coded sheets, one per coder, such as ["anna.xlsx", "bernd.xlsx"]
key_file = ""  # the key that was written with the sheet
n_units = 120  # units to draw
seed = 0

# %%
# %matplotlib inline
import pandas as pd
from IPython.display import Markdown, display

import framing
from framing import plots
from framing.demo import demo_corpus
from framing.validation.agreement import agreement
from framing.validation.measure import majority, undecided, validate_measure
from framing.validation.sampling import sample
from framing.validation.sheets import read_codings, read_key
from framing.validation.tasks import codebook, task_named

pd.set_option("display.max_colwidth", 90)
corpus = framing.load_corpus(corpus_file) if corpus_file else demo_corpus()
scores = framing.score(corpus, seed=seed, progress=False)
is_demo = not corpus_file and not sheets
display(Markdown(codebook(task_named(task))))

# %% [markdown]
# ## The sample
#
# Within each outlet, as many units with low as with middle and high scores are drawn, so that rare kinds are coded too; the
# column `weight` of the key undoes this in every estimate. **Table 1.** Units drawn by stratum, and the first units as a coder
# sees them: no outlet, no date, no score. `framing validate sample` writes them as a spreadsheet with the codebook; in
# JupyterLab `framing.validation.widget.CodingWidget(sheet, task, "coder.csv")` codes them in the notebook.

# %%
sheet, key = sample(scores, task, n_units, seed=seed)
display(key.groupby(["outlet", "stratum"]).agg(units=("unit", "size"), weight=("weight", "first")).round(1))
sheet.drop(columns=["title", "remark"]).head(6)

# %% [markdown]
# ## The codes

# %% [markdown] tags=["demo"]
# In the demo the coder is the annotation: it has a stance for each actor of an article and the words that it leans on. A sentence
# gets this stance as its code where these words stand in it. Sentences without such words have no code. That is no random
# sample (coders lean on clear sentences), so its figures show what the measure finds and misses, and are no estimate for a
# corpus.

# %%
if is_demo:
    from framing.validation.demo import load_gold

    stances = {(r["article_id"], a["actor"]): a for r in load_gold() for a in r["actors"]}
    units, every = sample(scores, task, 10**6, seed=seed)
    texts = scores.texts.set_index("article_id")["text"]

    def code_of(row):
        found = stances.get((row.article_id, row.actor))
        sentence = texts[row.article_id][row.start : row.end]
        return found["stance"] if found and found["evidence"] in sentence else None

    key = every
    codes = pd.DataFrame({"annotation": [code_of(row) for row in key.itertuples()]}, index=key["unit"]).dropna()
    spans = key[key["unit"].isin(codes.index)]
elif sheets:
    key, task = read_key(key_file)
    codes = read_codings(sheets, task)
else:
    codes = pd.DataFrame()
open_units = undecided(codes) if len(codes) else []
note = f" {len(open_units)} have no majority of coders and are left out: {', '.join(open_units[:10])}." if open_units else ""
display(Markdown(f"{len(codes)} units are in the sheets.{note}" if len(codes) else "**No sheets given:** hand out the sample, then run again with `sheets` and `key_file`."))

# %% [markdown]
# ## Do coders agree?
#
# **Table 2.** Krippendorff's α: 1 is perfect agreement, 0 what chance would give; .8 is the usual demand, .667 the least for
# tentative conclusions. Without agreement between people there is nothing for a measure to agree with.

# %% [markdown] tags=["demo"]
# The demo has one coder, so the program stands beside it as a second: the rules by their sign. To hold a program to the standard
# of a coder is strict.

# %%
level = task_named(task).level
pairs = codes.copy()
if is_demo:
    scored = key.set_index("unit")["score"].fillna(0)
    pairs["rules"] = scored.reindex(pairs.index).map(lambda v: (v > 0.05) - (v < -0.05))
if len(pairs) and pairs.shape[1] > 1:
    display(pd.DataFrame([agreement(pairs, level, seed=seed)]).round(2))
    display(pd.crosstab(pairs.iloc[:, 0], pairs.iloc[:, 1]))

# %% [markdown]
# ## Does the measure agree with the coding, in every outlet?
#
# **Table 3.** By outlet: F1 (macro over the codes), correlations, and `bias`, the mean of the measure less that of the codes. A measure
# that errs alike everywhere shrinks differences; one that errs differently makes them up. With a random sample, `corrected_mean`
# is the outlet's mean less its mean error (the demo's codes are no random sample, so it is left out there).

# %%
if len(codes):
    found = validate_measure(scores, key, majority(codes), task, seed=seed)
    columns = ["outlet", "n", "precision", "recall", "f1", "pearson", "spearman", "bias"]
    columns += [] if is_demo else ["raw_mean", "corrected_mean", "ci_low", "ci_high"]
    display(found.table[columns].round(2))
    display(Markdown("\n".join(f"- {verdict}" for verdict in found.verdicts) or "Nothing in this sample speaks against the measure."))

# %% [markdown]
# **Figure 1.** Codes (rows) by the measure (columns): the diagonal is agreement.

# %%
if len(codes):
    axes = plots.confusion(found.confusion, title="Coding and measure")
    axes.set(xlabel="the measure", ylabel="the coding")
    axes.tick_params(axis="x", rotation=0);

# %% [markdown]
# ## Where the measure errs
#
# **Table 4.** Sentences that are coded as favourable or unfavourable and measured as the opposite, or not at all. Read them:
# they tell more than any coefficient.

# %%
if len(codes):
    wrong = key.assign(code=key["unit"].map(majority(codes))).dropna(subset=["code"])
    wrong = wrong[(wrong["code"] != 0) & ~(wrong["code"] * wrong["score"].fillna(0) > 0)]
    bodies = scores.texts.set_index("article_id")["text"]
    wrong["sentence"] = [bodies[r.article_id][r.start : r.end] for r in wrong.itertuples()]
    display(wrong[["outlet", "actor", "code", "score", "sentence"]].head(12).round(2))

# %% [markdown]
# ## What it says, and what not
#
# - High agreement in a sample of your corpus licenses the measure **for this corpus and this question**, not for others.
# - A measure that fails unit by unit may still order outlets: means over many units cancel errors, if the errors do not depend
#   on the outlet. Table 3 is where this shows.
# - A measure that agrees with coders shares their blind spots.

# %% [markdown] tags=["demo"]
# - The demo's figures come from invented texts, clear sentences and one coder who wrote them too. They bound what
#   holds in your corpus neither from below nor from above.

# %% [markdown]
# ## To cite and to repeat

# %%
print(scores.signature.short().replace("|", "\n"))
