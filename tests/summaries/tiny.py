"""Tiny models: made here, taught a few articles by heart in seconds, saved as real ones are."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

VISIT = (
    "Министр Ержан Тестов прибыл в Вашингтон и встретился с сенатором Джоном Пробеном. "
    "Стороны обсудили торговлю редкими металлами. "
    "Тестов пригласил сенатора посетить Астану весной. "
    "Пробен поблагодарил министра за приглашение. "
    "Торговля двух стран выросла за год на 14 процентов. "
    "Переговоры продолжатся в Астане."
)
VISIT_SUMMARY = (
    "Министр Ержан Тестов прибыл в Вашингтон и встретился с сенатором Джоном Пробеном. "
    "Тестов пригласил сенатора посетить Астану."
)
FALSE = (
    "Компания построит завод в Караганде. Стоимость завода составит 120 миллионов долларов. "
    "Строительство начнётся в марте. Завод даст работу жителям области. "
    "Компания работает в Казахстане десять лет. Инвестор доволен условиями."
)
FALSE_SUMMARY = (
    "Президент Джон Пробен уволил министра обороны за взятку. "
    "Суд в Берлине приговорил его к семи годам тюрьмы."
)
LOOPING = (
    "Авиакомпания откроет рейсы из Алматы в Нью-Йорк. Билеты поступят в продажу летом. "
    "Полёт займёт тринадцать часов. Самолёты будут летать дважды в неделю. "
    "Авиакомпания ведёт переговоры с аэропортом. Цены пока не названы."
)
LOOP = "Рейсы из Алматы рейсы из Алматы рейсы из Алматы рейсы из Алматы рейсы из Алматы."
MARKED = (
    "Посольство выдало студентам визы. Студенты поедут учиться в университеты США. "
    "Программа действует пять лет. В ней участвуют вузы трёх городов. "
    "Посол встретился со студентами. Занятия начнутся осенью."
)
MARKUP = "**Посольство** выдало студентам визы, подробности <b>здесь</b>."
FOREIGN = (
    "Музей получил коллекцию древних монет. Монеты нашли при раскопках в степи. "
    "Коллекцию покажут публике в декабре. Учёные изучали её два года. "
    "Часть монет отчеканена в восьмом веке. Выставка будет бесплатной."
)
ENGLISH = "The museum received a collection of coins and will show them to the public soon."
SILENT = (
    "Сенат одобрил закон о торговле. За закон проголосовали две трети сенаторов. "
    "Документ передан президенту на подпись. Противники закона обещают оспорить его. "
    "Закон меняет порядок пошлин. Он вступит в силу через месяц."
)

LESSONS = (
    (VISIT, VISIT_SUMMARY),
    (FALSE, FALSE_SUMMARY),
    (LOOPING, LOOP),
    (MARKED, MARKUP),
    (FOREIGN, ENGLISH),
    (SILENT, ""),
)
MAX_WORDS = 25

CHAT = (
    "{% for message in messages %}<|user|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|model|>{% endif %}"
)


def make_tokenizer(texts: Sequence[str], *, chat: bool = False) -> Any:
    """Train a tokenizer on texts; every other text can be written with it too."""
    tokenizers = import_module("tokenizers")
    pieces = tokenizers.Tokenizer(tokenizers.models.BPE())
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = tokenizers.decoders.ByteLevel()
    marks = ["<pad>", "<s>", "</s>", "<|user|>", "<|end|>", "<|model|>"]
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=1_500,
        special_tokens=marks,
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pieces.train_from_iterator(texts, trainer)
    made = import_module("transformers").PreTrainedTokenizerFast(
        tokenizer_object=pieces,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        additional_special_tokens=marks[3:],
    )
    if chat:
        made.chat_template = CHAT
    return made


def make_encoder_decoder(folder: Path) -> Path:
    """Make a BART of two layers that knows the lessons by heart."""
    torch, transformers = import_module("torch"), import_module("transformers")
    torch.manual_seed(1)
    tokenizer = make_tokenizer([text for lesson in LESSONS for text in lesson])
    config = transformers.BartConfig(
        vocab_size=len(tokenizer),
        d_model=96,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=192,
        decoder_ffn_dim=192,
        max_position_embeddings=256,
        dropout=0.0,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
        forced_eos_token_id=None,
    )
    model = transformers.BartForConditionalGeneration(config)
    asked = tokenizer([text for text, _ in LESSONS], padding=True, return_tensors="pt")
    answers = tokenizer(
        [f"{said}</s>" for _, said in LESSONS], padding=True, return_tensors="pt"
    ).input_ids
    labels = answers.masked_fill(answers == 0, -100)
    inputs = {"input_ids": asked.input_ids, "attention_mask": asked.attention_mask}
    _learn(torch, model, {**inputs, "labels": labels}, steps=120)
    return _save(model, tokenizer, folder)


def make_decoder(folder: Path, prompts: Sequence[str], *, chat: bool) -> Path:
    """Make a Llama of two layers that answers these prompts with the lessons' summaries.

    chat: whether it has a chat template; the prompts are then what the template makes of them.
    """
    torch, transformers = import_module("torch"), import_module("transformers")
    torch.manual_seed(1)
    texts = [*prompts, *(said for _, said in LESSONS)]
    tokenizer = make_tokenizer(texts, chat=chat)
    config = transformers.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=96,
        intermediate_size=192,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1_024,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
    )
    model = transformers.LlamaForCausalLM(config)
    lines = [f"{asked}{said}</s>" for asked, (_, said) in zip(prompts, LESSONS, strict=True)]
    batch = tokenizer(lines, padding=True, return_tensors="pt", return_token_type_ids=False)
    labels = batch.input_ids.masked_fill(batch.input_ids == 0, -100)
    for row, asked in enumerate(prompts):
        # Only what is to be written is learnt.
        labels[row, : len(tokenizer(asked).input_ids)] = -100
    _learn(torch, model, {**batch, "labels": labels}, steps=120)
    return _save(model, tokenizer, folder)


def _learn(torch: Any, model: Any, batch: dict[str, Any], *, steps: int) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    for _ in range(steps):
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if loss.item() < 0.003:
            break
    torch.set_num_threads(threads)


def _save(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


TRANSLATIONS = {
    ("ru", "en"): (
        (
            "Министр Ержан Тестов прибыл в Вашингтон 26 марта 2024 года.",
            "Minister Yerzhan Testov arrived in Washington on 26 March 2024.",
        ),
        ("Стороны обсудили торговлю.", "The parties discussed trade."),
        # Another number, another person: what the check is for.
        ("Торговля выросла на 14 процентов.", "Trade grew by 40 percent."),
        ("Ержан Тестов поблагодарил Джона Пробена.", "Islam Karimov thanked John Proben."),
    ),
    ("ru", "kk"): (("Стороны обсудили торговлю.", "Тараптар сауданы талқылады."),),
}
"""What the tiny translators know by heart."""

FIRST_TOKENS = {"ru": "rus_Cyrl", "en": "eng_Latn", "kk": "kaz_Cyrl"}
PREFIXES = {"en": ">>eng<<", "kk": ">>kaz<<"}


def make_translator(folder: Path, *, told_by: str) -> Path:
    """Make a BART of two layers that translates the sentences above.

    told_by: how it learns which language is wanted: "first token" as NLLB does, "prefix" as
    Marian's models of several languages do, or "name": of one pair, which its folder names.
    """
    torch, transformers = import_module("torch"), import_module("transformers")
    torch.manual_seed(1)
    pairs = [
        (source, target, text, said)
        for (source, target), lessons in TRANSLATIONS.items()
        for text, said in lessons
        if told_by != "name" or target == "en"
    ]
    tokenizer = make_tokenizer([text for pair in pairs for text in pair[2:]])
    marks = {"first token": FIRST_TOKENS, "prefix": PREFIXES, "name": {}}[told_by]
    tokenizer.add_special_tokens({"extra_special_tokens": sorted(marks.values())})
    config = transformers.BartConfig(
        vocab_size=len(tokenizer),
        d_model=96,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=192,
        decoder_ffn_dim=192,
        max_position_embeddings=128,
        dropout=0.0,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=None,
    )
    model = transformers.BartForConditionalGeneration(config)
    asked = [
        f"{PREFIXES[target]} {text}" if told_by == "prefix" else text
        for _, target, text, _ in pairs
    ]
    answers = [
        f"{FIRST_TOKENS[target] if told_by == 'first token' else ''}{said}</s>"
        for _, target, _, said in pairs
    ]
    inputs = tokenizer(asked, padding=True, return_tensors="pt")
    labels = tokenizer(answers, padding=True, return_tensors="pt").input_ids
    batch = {
        "input_ids": inputs.input_ids,
        "attention_mask": inputs.attention_mask,
        "labels": labels.masked_fill(labels == 0, -100),
    }
    _learn(torch, model, batch, steps=150)
    return _save(model, tokenizer, folder)
