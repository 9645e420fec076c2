"""Results for readers: tables, figures and a PDF of a corpus, and one article as highlighted HTML."""

from framing._callable import make_callable
from framing.report.article_html import article_html, article_page
from framing.report.build import ReportFiles, report
from framing.report.tables import export_table

__all__ = ["ReportFiles", "article_html", "article_page", "export_table", "report"]

make_callable(__name__, report)
