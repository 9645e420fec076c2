from __future__ import annotations

import pytest

from framing.corpus.boilerplate import split_boilerplate

BODY = "Der Landtag vertagt die Abstimmung.\n\nDie Opposition protestiert dagegen."


@pytest.mark.parametrize(
    "line",
    [
        "Mehr zum Thema - Wie es nun weitergeht",
        "Mehr zum Thema – Wie es nun weitergeht",
        "Mehr zum Thema: Wie es nun weitergeht.",
        ">> Lesen Sie auch: Was die Nachbarn sagen",
        "Lesen Sie hier alles zum Streit um den Haushalt.",
        "Siehe auch: Chronik der Ereignisse",
        "Hinweis: Dieser Text ist erfunden; er dient der Probe.",
        "Hinweis der Redaktion: Der Artikel wurde nachträglich ergänzt.",
        "Redaktionelle Anmerkung: Ein Zitat wurde gekürzt.",
        "Dieser Beitrag erschien zuerst bei den Kollegen vom Morgen.",
        "Unser Portal bemüht sich um Vielfalt; eine Meinung im Gastbeitrag muss nicht die des Hauses sein.",
        "Gastbeiträge geben nicht unbedingt die Meinung der Redaktion wieder.",
        "Unseren Newsletter können Sie hier kostenlos abonnieren.",
        "Jetzt weiterlesen mit dem Probeabo",
        "Dieser Artikel ist nur für Abonnenten zugänglich.",
        "Folgen Sie uns auch auf Telegram!",
        "Quelle: Stadtverwaltung",
        "Fotos: privat",
        "© Verlag am See 2024",
        "Verlag am See, alle Rechte vorbehalten",
        "(dpa)",
        "dpa/afp",
        "(rt/dpa)",
        "[Reuters, AP]",
        "https://beispiel.example/artikel",
    ],
)
def test_a_trailing_line_of_each_kind_is_moved(line: str) -> None:
    assert split_boilerplate(f"{BODY}\n\n{line}") == (BODY, line)


@pytest.mark.parametrize(
    "line",
    [
        "Mehr dazu wollte der Minister nicht sagen.",
        "Dazu passt auch die Aussage: Wer schweigt, stimmt zu.",
        "Weiterlesen will das niemand.",
        "Auch interessant ist der Ausgang in Sachsen.",
        "Hinweis: Am Montag bleiben die Schulen geschlossen.",
        "Der Newsletter der Partei nennt ihn einen Verräter.",
        "Quellen: Auf diese beruft sich der Bericht, und das über viele Seiten, " + "und immer wieder, " * 15,
        "Der Text ist nur für kurze Zeit gültig, sagte sie.",
        "Die Agentur dpa berichtete zuerst.",
        "So steht es unter https://beispiel.example/artikel.",
        "„Mehr zum Thema Frieden“, hieß die Rede.",
    ],
)
def test_a_sentence_of_the_article_stays(line: str) -> None:
    assert split_boilerplate(f"{BODY}\n\n{line}") == (f"{BODY}\n\n{line}", "")


def test_several_lines_keep_their_order() -> None:
    text, boilerplate = split_boilerplate(f"{BODY}\n(dpa)\n\nQuelle: Amt\nMehr zum Thema - Neues")
    assert text == BODY
    assert boilerplate == "(dpa)\nQuelle: Amt\nMehr zum Thema - Neues"


def test_titles_under_a_bare_heading_go_with_it() -> None:
    links = "Mehr zum Thema:\nWer nun regieren will\nWas die Wähler sagen!"
    assert split_boilerplate(f"{BODY}\n\n{links}") == (BODY, links)


def test_a_heading_with_sentences_below_it_is_part_of_the_article() -> None:
    text = f"{BODY}\n\nMehr zum Thema:\nDie Regierung hat dazu am Abend eine Erklärung abgegeben."
    assert split_boilerplate(text) == (text, "")


def test_an_agency_mark_after_the_last_sentence_is_moved() -> None:
    assert split_boilerplate(f"{BODY} (dpa/AFP)") == (BODY, "(dpa/AFP)")


def test_boilerplate_within_the_article_stays() -> None:
    text = f"Erster Absatz.\nLesen Sie auch: Etwas anderes\n{BODY}"
    assert split_boilerplate(text) == (text, "")


def test_a_text_of_boilerplate_alone_leaves_nothing() -> None:
    assert split_boilerplate("Quelle: Amt\n(dpa)") == ("", "Quelle: Amt\n(dpa)")
