"""Run natasha's own names on stdin's texts: a program for the Python that has natasha, not ours."""

import json
import sys

from natasha import (  # type: ignore[import-untyped,unused-ignore]
    PER,
    Doc,
    MorphVocab,
    NamesExtractor,
    NewsEmbedding,
    NewsMorphTagger,
    NewsNERTagger,
    NewsSyntaxParser,
    Segmenter,
)


def main() -> None:
    """Read a JSON list of texts; write a JSON list of lists of [first, last] for each."""
    segmenter, vocabulary, embedding = Segmenter(), MorphVocab(), NewsEmbedding()
    morph, syntax = NewsMorphTagger(embedding), NewsSyntaxParser(embedding)
    ner, names = NewsNERTagger(embedding), NamesExtractor(vocabulary)
    answers = []
    for text in json.load(sys.stdin):
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_morph(morph)
        doc.parse_syntax(syntax)
        doc.tag_ner(ner)
        found = []
        for span in doc.spans:
            if span.type == PER:
                span.normalize(vocabulary)
                span.extract_fact(names)
                slots = span.fact.as_dict if span.fact else {}
                found.append([slots.get("first"), slots.get("last"), span.normal])
        answers.append(found)
    json.dump(answers, sys.stdout, ensure_ascii=False)


main()
