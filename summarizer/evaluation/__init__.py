"""Measuring summaries: references, peers, and sentences spoilt on purpose."""
