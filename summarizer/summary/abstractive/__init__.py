"""Summaries written by a model of the operator's choice; torch comes only with `loading`."""
