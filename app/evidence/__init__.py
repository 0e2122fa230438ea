"""The report: what was asked, what was looked at and what that allows to conclude, without anybody's words or names."""

from app.evidence.report import report_html, write_report

__all__ = ["report_html", "write_report"]
