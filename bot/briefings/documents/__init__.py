"""Editions as documents: PDF, DOCX, HTML and JSON."""
