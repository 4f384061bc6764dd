"""What stories need of an article, beside what is kept of it about people."""

from dataclasses import replace

from bot.analysis.jobs import Job
from summarizer.analysis import Analysis
from summarizer.findings import Findings


def with_story_parts(findings: Findings, analysis: Analysis, job: Job) -> Findings:
    """Add the fingerprint and the material of an article to what was found in it.

    The models and the sentence encoder are loaded at the first article; for the worker alone.
    """
    # numpy and the models come with these.
    from summarizer.models import load_models  # noqa: PLC0415
    from summarizer.stories_embed import load_encoder  # noqa: PLC0415
    from summarizer.stories_reading import fingerprint  # noqa: PLC0415
    from summarizer.stories_telling import material  # noqa: PLC0415
    from summarizer.text import read_article  # noqa: PLC0415

    article = read_article(job.text, title=job.title)
    models = load_models()
    return replace(
        findings,
        fingerprint=fingerprint(
            article,
            analysis,
            models,
            published=job.published,
            encode=load_encoder(),
            common=job.common,
        ),
        material=material(
            article,
            analysis,
            models,
            line=findings.headline,
            brief=findings.brief,
            published=job.published,
        ),
    )
