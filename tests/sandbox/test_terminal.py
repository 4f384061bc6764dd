"""What a message looks like in the terminal."""

import io
import re
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.formatting.tdlib import find_entities, parse
from bot.sandbox.terminal import MAX_WIDTH, render_message
from bot.sandbox.terminal_buttons import Act, ButtonNumbers
from bot.sandbox.terminal_text import clean, wrap

OUR_OWN_SEQUENCES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
DANGEROUS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def message(html: str = "", **fields: Any) -> dict[str, Any]:
    parsed = parse(html)
    return {
        "message_id": 7,
        "date": 1_763_030_000,  # 2025-11-13 10:33:20 UTC
        "from": {"id": 1, "is_bot": True, "first_name": "Вестник"},
        "text": parsed.text,
        "entities": list(parsed.entities),
        **fields,
    }


def shown(
    msg: dict[str, Any],
    *,
    width: int = 80,
    terminal: bool = False,
    numbers: ButtonNumbers | None = None,
    **how: Any,
) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        _environ={},
    )
    view = render_message(msg, numbers=numbers or ButtonNumbers(), zone=UTC, **how)
    console.print(view, soft_wrap=True)
    return out.getvalue()


def body(msg: dict[str, Any], **how: Any) -> list[str]:
    """The lines under the name, without the bar."""
    return [line[2:] for line in shown(msg, **how).splitlines()[1:]]


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": list(rows)}}


class TestTheMessage:
    def test_begins_with_the_sender_and_the_time_and_stands_behind_a_bar(self) -> None:
        assert shown(message("Доброе утро.\n\nНовостей нет.")) == (
            "Вестник · 10:33\n│ Доброе утро.\n│\n│ Новостей нет.\n"
        )

    def test_says_that_it_was_edited(self) -> None:
        first = shown(message("Готово."), edited=True).splitlines()[0]
        assert first == "Вестник · 10:33 · edited"

    def test_from_a_channel_bears_its_title(self) -> None:
        post = message("Выпуск.", sender_chat={"id": -100, "title": "Неделя"})
        assert shown(post).startswith("Неделя · ")

    def test_names_what_it_carries(self) -> None:
        photo = message(text=None, caption="Карта", photo=[{"width": 10, "height": 10}])
        paper = message(text=None, document={"file_name": "brief\x1b.pdf"})
        other = message(text=None, rich_message={})
        assert body(photo) == ["Photo", "Карта"]
        assert body(paper) == ["File: brief.pdf"]
        assert body(other) == ["A message of a kind that only Telegram itself can show."]

    def test_is_never_wider_than_ninety_columns(self) -> None:
        lines = shown(message("Новость недели. " * 40), width=200).splitlines()
        assert MAX_WIDTH - 10 < max(map(cell_len, lines)) <= MAX_WIDTH


class TestStyles:
    def test_nest(self) -> None:
        assert "\x1b[1mА\x1b[0m\x1b[1;3mБ\x1b[0m\x1b[1mВ" in shown(
            message("<b>А<i>Б</i>В</b>"), terminal=True
        )

    def test_overlap(self) -> None:
        entities = [
            {"type": "bold", "offset": 0, "length": 2},
            {"type": "underline", "offset": 1, "length": 2},
        ]
        out = shown(message(text="АБВ", entities=entities), terminal=True)
        assert "\x1b[1mА\x1b[0m\x1b[1;4mБ\x1b[0m\x1b[4mВ" in out

    def test_stand_at_utf16_offsets(self) -> None:
        assert "🇰🇿 и 🇺🇸: \x1b[1mнеделя\x1b[0m" in shown(
            message("🇰🇿 и 🇺🇸: <b>неделя</b>"), terminal=True
        )

    def test_are_left_out_of_plain_text(self) -> None:
        assert body(message("<b>Итоги</b> <code>№ 5</code> <s>нет</s>")) == ["Итоги № 5 нет"]

    def test_a_date_is_shown_as_its_text(self) -> None:
        assert body(message('<tg-time unix="1763030000">13 ноября</tg-time>')) == ["13 ноября"]


class TestLinks:
    def test_can_be_clicked_on_a_terminal(self) -> None:
        out = shown(message('<a href="https://example.org/a">Отчёт</a>'), terminal=True)
        assert re.search(r"\x1b\]8;id=\d+;https://example\.org/a\x1b\\\x1b\[4;94mОтчёт", out)

    def test_show_their_address_once_in_plain_text(self) -> None:
        twice = '<a href="https://example.org/a">Отчёт</a>, <a href="https://example.org/a">он</a>.'
        assert body(message(twice))[0] == "Отчёт (https://example.org/a), он."

    def test_whose_address_is_visible_do_not_repeat_it(self) -> None:
        html = '<a href="https://www.example.org/">example.org</a>, <a href="https://b.kz">b.kz</a>'
        assert body(message(html))[0] == "example.org, b.kz"

    def test_of_an_unusual_kind_cannot_be_clicked(self) -> None:
        entity = {"type": "text_link", "offset": 0, "length": 4, "url": "file:///etc/passwd"}
        assert "\x1b]8" not in shown(message(text="Файл", entities=[entity]), terminal=True)

    def test_at_the_end_of_a_quote_keep_the_address_in_the_quote(self) -> None:
        html = '<blockquote><a href="https://e.org/1">Он</a></blockquote>Дальше'
        assert body(message(html))[:2] == ["▎ Он (https://e.org/1)", "Дальше"]

    def test_are_not_broken_in_plain_text(self) -> None:
        address = "https://example.org/" + "a" * 120
        assert body(message(f"Отчёт опубликован: {address} сегодня"), width=60) == [
            "Отчёт опубликован:",
            address,
            "сегодня",
        ]


class TestThePreview:
    linked = '<a href="https://first.org/x">Раз</a> и <a href="https://www.second.org">два</a>'

    def test_names_the_host_of_the_first_link(self) -> None:
        assert body(message(self.linked), terminal=True)[-1].endswith(
            "\x1b[2mLink preview: first.org\x1b[0m"
        )

    def test_is_of_the_address_the_bot_chose(self) -> None:
        options = {"url": "https://www.second.org", "show_above_text": True}
        lines = body(message(self.linked, link_preview_options=options))
        assert lines[0] == "Link preview: second.org"

    def test_is_absent_when_switched_off(self) -> None:
        lines = body(message(self.linked, link_preview_options={"is_disabled": True}))
        assert not any("preview" in line for line in lines)


class TestQuotes:
    long = "<blockquote expandable>" + "\n".join(f"Строка {n}" for n in range(1, 7))

    def test_stand_behind_a_bar_of_their_own(self) -> None:
        html = "Он сказал:\n<blockquote>Да.\nНет.</blockquote>\nИ ушёл."
        assert body(message(html)) == ["Он сказал:", "▎ Да.", "▎ Нет.", "И ушёл."]

    def test_side_by_side_are_told_apart(self) -> None:
        html = "<blockquote>Раз</blockquote>\n<blockquote>Два</blockquote>"
        assert body(message(html)) == ["▎ Раз", "", "▎ Два"]

    def test_that_expand_show_three_lines(self) -> None:
        assert body(message(self.long + "</blockquote>")) == [
            "▎ Строка 1",
            "▎ Строка 2",
            "▎ Строка 3",
            "▎ … more lines: 3 · type > to unfold",
        ]

    def test_unfold_on_demand(self) -> None:
        lines = body(message(self.long + "</blockquote>"), unfolded=True)
        assert lines[-1] == "▎ Строка 6"

    def test_fold_by_the_lines_of_this_terminal(self) -> None:
        quote = message("<blockquote expandable>" + "слово " * 30 + "</blockquote>")
        console = Console(width=200, file=io.StringIO())
        narrow = Console(width=40, file=io.StringIO())
        view = render_message(quote, numbers=ButtonNumbers())
        assert not view.is_folded(console)
        assert view.is_folded(narrow)

    def test_explain_the_unfolding_once_a_message(self) -> None:
        html = f"{self.long}</blockquote>\nи\n{self.long}</blockquote>"
        assert shown(message(html)).count("type >") == 1


class TestSpoilers:
    secret = "Победил <tg-spoiler>Ер Тлеуов</tg-spoiler>!"

    def test_are_veiled(self) -> None:
        assert body(message(self.secret)) == ["Победил ▒▒ ▒▒▒▒▒▒!"]

    def test_unfold(self) -> None:
        assert body(message(self.secret), unfolded=True) == ["Победил Ер Тлеуов!"]

    def test_do_not_give_themselves_away_by_an_address(self) -> None:
        html = '<tg-spoiler><a href="https://e.org/winner">Тлеуов</a></tg-spoiler>'
        assert "winner" not in shown(message(html, link_preview_options={"is_disabled": True}))


class TestButtons:
    rows = keyboard(
        [
            {"text": "Подробнее", "callback_data": "d:1"},
            {"text": "Источник", "url": "https://example.org"},
        ],
        [{"text": "Источник ↗", "url": "https://example.org/b"}],
    )

    def test_stand_in_their_rows_with_numbers(self) -> None:
        lines = body(message("Новость", **self.rows))
        assert lines[-2:] == ["[1] Подробнее  [2] Источник ↗", "[3] Источник ↗"]

    def test_of_a_wide_row_go_on_in_the_next_line(self) -> None:
        row = [{"text": f"Понедельник {n}", "callback_data": str(n)} for n in range(3)]
        lines = body(message("Когда?", **keyboard(row)), width=45)
        assert lines[1:] == ["[1] Понедельник 0  [2] Понедельник 1", "[3] Понедельник 2"]

    def test_count_on_from_message_to_message(self) -> None:
        numbers = ButtonNumbers()
        shown(message("Раз", **self.rows), numbers=numbers)
        second = shown(message("Два", message_id=8, **self.rows), numbers=numbers)
        assert "[4] Подробнее" in second

    def test_keep_their_numbers_when_the_message_is_shown_again(self) -> None:
        numbers = ButtonNumbers()
        fewer = keyboard([{"text": "Назад", "callback_data": "back"}])
        shown(message("Раз", **self.rows), numbers=numbers)
        assert "[1] Назад" in shown(message("Два", **fewer), numbers=numbers)
        assert numbers.find(2) is None
        assert "[1] Подробнее" in shown(message("Раз", **self.rows), numbers=numbers)

    def test_get_new_numbers_when_there_are_more_than_before(self) -> None:
        numbers = ButtonNumbers()
        fewer = keyboard([{"text": "Назад", "callback_data": "back"}])
        shown(message("Раз", **fewer), numbers=numbers)
        assert "[2] Подробнее" in shown(message("Два", **self.rows), numbers=numbers)
        assert numbers.find(1) is None
        assert numbers.newest(2) == [3, 4]

    def test_of_a_reply_keyboard_send_their_text(self) -> None:
        numbers = ButtonNumbers()
        markup = {"keyboard": [["Да"], [{"text": "Нет"}, {"text": "Я", "request_contact": True}]]}
        lines = body(message("Верно?", reply_markup=markup), numbers=numbers)
        assert lines[-2:] == ["[1] Да", "[2] Нет  [3] Я ×"]
        acts = [button.act for n in (1, 2, 3) if (button := numbers.find(n))]
        assert acts == [Act.SAY, Act.SAY, Act.ELSEWHERE]

    @pytest.mark.parametrize(
        ("button", "sentence"),
        [
            ({"url": "https://e.org"}, "This button opens https://e.org"),
            ({"login_url": {"url": "https://e.org"}}, "This button opens https://e.org"),
            ({"copy_text": {"text": "«Да»"}}, "This button copies: «Да»"),
            (
                {"web_app": {"url": "https://app.org"}},
                "This button opens an app inside Telegram: https://app.org",
            ),
            ({"pay": True}, "This button works only in Telegram itself."),
        ],
    )
    def test_say_what_telegram_would_do(self, button: dict[str, Any], sentence: str) -> None:
        numbers = ButtonNumbers()
        shown(message("?", **keyboard([{"text": "Кнопка", **button}])), numbers=numbers)
        pressed = numbers.find(1)
        assert pressed is not None
        assert pressed.explain(str) == sentence


class TestHostileText:
    title = "Срочно\x1b]0;взлом\x07\x1b[2J\x9b31m\x00 \u202eтекст\u202c\u2066.\ud800"

    def test_cannot_steer_the_terminal(self) -> None:
        button = {"text": self.title, "callback_data": "x"}
        link = {"type": "text_link", "offset": 0, "length": 6, "url": f"https://e.org/{self.title}"}
        hostile = message(
            text=self.title,
            entities=[link],
            link_preview_options={"url": f"https://{self.title}/"},
            sender_chat={"id": 1, "title": self.title + "\n\n"},
            **keyboard([button]),
        )
        for terminal in (False, True):
            out = OUR_OWN_SEQUENCES.sub("", shown(hostile, terminal=terminal))
            assert not DANGEROUS.search(out)
            assert "Срочно]0;взлом[2J31m текст.\ufffd" in out

    def test_keeps_its_styles_in_place(self) -> None:
        entity = {"type": "bold", "offset": 3, "length": 2}
        out = shown(message(text="\x1bА\x00да!", entities=[entity]), terminal=True)
        assert "А\x1b[1mда\x1b[0m!" in out

    @given(
        text=st.text(max_size=80) | st.text("ab \n\t\x1b\x9b\u202e😀\ud800", max_size=40),
        entities=st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(
                        ["bold", "spoiler", "blockquote", "expandable_blockquote", "text_link"]
                    ),
                    "offset": st.integers(-2, 50),
                    "length": st.integers(-2, 50),
                    "url": st.sampled_from(["https://e.org", "\x1b\\", "http://[", ""]),
                }
            ),
            max_size=5,
        ),
        terminal=st.booleans(),
    )
    def test_of_any_kind_is_harmless(
        self, text: str, entities: list[dict[str, Any]], terminal: bool
    ) -> None:
        out = shown(message(text=text, entities=entities), terminal=terminal, width=30)
        assert not DANGEROUS.search(OUR_OWN_SEQUENCES.sub("", out))

    @given(st.text(max_size=60))
    def test_that_telegram_itself_marked_up_keeps_every_word(self, text: str) -> None:
        found = message(text=text, entities=list(find_entities(text)))
        out = " ".join(body(found, width=30, terminal=False))
        for word in clean(text).split():
            assert word in out


class TestLines:
    def test_do_not_break_at_a_space_that_binds(self) -> None:
        text = Text("Встреча прошла 12\u00a0ноября 2025\u00a0года в Астане")
        assert [line.plain for line in wrap(text, 20, fold=True)] == [
            "Встреча прошла",
            "12\u00a0ноября 2025\u00a0года",
            "в Астане",
        ]

    @given(st.text("аб 😀\n漢", max_size=120), st.integers(10, 40))
    def test_fit_and_lose_nothing_but_spaces(self, text: str, width: int) -> None:
        lines = [line.plain for line in wrap(Text(text), width, fold=True)]
        assert max(map(cell_len, lines)) <= width
        assert "".join("".join(lines).split()) == "".join(text.split())
