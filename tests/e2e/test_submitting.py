"""A person sends something to read: a link, a post, a text, a file."""

import pytest

from bot.archive import Archive
from tests.e2e.conftest import AddArticle
from tests.e2e.site import Page, Site, article_page
from tests.e2e.town import Bubble, Reader, Town
from tests.intake.documents import make_docx, make_pdf

TITLE = "Посол Казахстана провёл переговоры в Чикаго"
PARAGRAPHS = (
    "Посол Казахстана в США Ержан Тестов прибыл в Чикаго и провёл переговоры с мэром города.",
    "Стороны обсудили прямые рейсы между Алматы и Чикаго и торговлю между Казахстаном и США.",
    "Следующая встреча казахстанских и американских дипломатов пройдёт в Астане в декабре.",
)
ARTICLE = "\n\n".join((*PARAGRAPHS, "Переговоры длились два часа, сообщили в посольстве."))
WEATHER = (
    "В Атырау ожидается сильный снег. Синоптики предупредили жителей о метели и гололёде на "
    "дорогах. Коммунальные службы вывели на улицы всю снегоуборочную технику, водителей просят "
    "быть внимательными. К концу недели снег закончится, температура поднимется до нуля, а в "
    "выходные обещают солнце без осадков."
)


async def forwards(reader: Reader, text: str, *, username: str | None = "probnik") -> list[Bubble]:
    """Forward a channel's post to the bot; returns what it answers."""
    town = reader.town
    editor = await town.reader()
    channel = -1001
    await town.client.add_chat(
        id=channel,
        type="channel",
        title="Проба в Telegram",
        admins=[editor.id],
        members=[reader.id],
        bot="left",
        username=username,
    )
    await town.client.say(editor.id, text, chat=channel)
    [post] = await town.client.messages(channel)
    before = await town.last_event()
    await town.client.forward(reader.id, post["message_id"], from_chat=channel)
    return await town.answers(reader.chat, before)


async def sends_file(reader: Reader, name: str, content: bytes) -> list[Bubble]:
    before = await reader.town.last_event()
    await reader.town.client.send_document(reader.id, name, content)
    return await reader.town.answers(reader.chat, before)


async def test_a_link_becomes_a_card_while_progress_is_shown(town: Town, site: Site) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS, published="2026-11-20T10:00:00+05:00")
    reader = await town.reader()
    progress, card = await reader.sends(f"{site.url}/visit")
    assert progress.text == "Читаю 127.0.0.1 …"
    assert card.text.startswith(f"{TITLE}\nПроба · 20 ноября, 10:00\n\n{PARAGRAPHS[0]}")
    assert card.buttons["Источник"]["url"] == f"{site.url}/visit"
    assert card.preview == f"{site.url}/visit"
    assert len(await reader.screen()) == 1
    actions = [call.params["action"] for call in await town.client.calls("sendChatAction")]
    assert "typing" in actions


async def test_what_an_operator_sends_is_in_latest_for_everybody(town: Town, site: Site) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    operator, reader = await town.operator(), await town.reader()
    await operator.sends(f"{site.url}/visit")
    [unfolded] = await operator.presses("Подробнее")
    assert PARAGRAPHS[2] in unfolded.text
    [listed] = await reader.sends("/latest")
    assert TITLE in listed.text


@pytest.mark.parametrize("sent", ["a link", "a text", "a post", "a file"])
async def test_what_a_reader_sends_is_shown_to_them_and_is_news_for_nobody(
    town: Town, site: Site, archive: Archive, sent: str
) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    reader, other = await town.reader(), await town.reader()
    match sent:
        case "a link":
            *_, card = await reader.sends(f"{site.url}/visit")
        case "a text":
            *_, card = await reader.sends(ARTICLE)
        case "a post":
            *_, card = await forwards(reader, ARTICLE)
        case _:
            *_, card = await sends_file(reader, "Визит.docx", make_docx(PARAGRAPHS, title=TITLE))
    assert PARAGRAPHS[1] in card.text
    [unfolded] = await reader.presses("Подробнее")
    assert PARAGRAPHS[2] in unfolded.text
    [nothing] = await other.sends("/latest")
    assert "Статей пока нет" in nothing.text
    [nothing] = await other.sends("/digest")
    assert TITLE not in nothing.text
    assert PARAGRAPHS[1] not in nothing.text
    assert await archive.articles.count() == 0
    assert await town.application.analyst.pending() == 0


async def test_an_operator_who_sends_what_a_reader_sent_makes_it_news(
    town: Town, site: Site
) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    reader, operator = await town.reader(), await town.operator()
    await reader.sends(f"{site.url}/visit")
    await operator.sends(f"{site.url}/visit")
    [listed] = await reader.sends("/latest")
    assert TITLE in listed.text
    # The reader's own card is of the same article.
    first = (await reader.screen())[0]
    [unfolded] = await reader.presses("Подробнее", on=first)
    assert PARAGRAPHS[2] in unfolded.text


async def test_a_readers_file_changes_nothing_of_what_all_read(
    town: Town, site: Site, archive: Archive
) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    operator, reader = await town.operator(), await town.reader()
    await operator.sends(f"{site.url}/visit")
    forged = (
        f'<html><head><title>{TITLE}</title><link rel="canonical" href="{site.url}/visit"></head>'
        f"<body><article><h1>{TITLE}</h1><p>{ARTICLE.replace('Чикаго', 'Москву')}</p></article>"
        "</body></html>"
    )
    await sends_file(reader, "visit.html", forged.encode())
    [article] = await archive.articles.latest(5)
    assert "Москву" not in (await archive.articles.text(article.id) or "")
    assert await archive.arrivals.revisions(article.id) == []


async def test_the_bot_of_one_person_keeps_what_they_send(
    own_town: Town, site: Site, archive: Archive
) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    person = await own_town.reader()
    await person.sends(f"{site.url}/visit")
    [listed] = await person.sends("/latest")
    assert TITLE in listed.text
    await own_town.client.add_chat(
        id=-1002, type="channel", title="Свой канал", admins=[person.id], bot="administrator"
    )
    await own_town.client.say(person.id, ARTICLE, chat=-1002)
    await own_town.settled()
    assert await archive.articles.count() == 2


async def test_an_article_that_is_known_is_shown_without_fetching_it_again(
    town: Town, site: Site
) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    reader, other = await town.reader(), await town.reader()
    await reader.sends(f"{site.url}/visit")
    *_, card = await other.sends(f"Смотрите: {site.url}/visit?utm_source=telegram")
    assert card.text.startswith(TITLE)
    assert site.visits == ["/visit"]


async def test_an_article_beside_the_beat_is_shown_and_that_is_said(town: Town, site: Site) -> None:
    site.pages["/snow"] = article_page("Снег в Атырау", *WEATHER.split(". "))
    reader = await town.reader()
    *_, card = await reader.sends(f"{site.url}/snow")
    assert card.text.startswith("Снег в Атырау")
    assert "Похоже, это не по моей теме (отношения Казахстана и США)" in card.text


async def test_three_links_are_read_at_a_time(town: Town, site: Site) -> None:
    for number in range(4):
        words = f"Посол Казахстана в США сказал речь номер {number} в городе Чикаго."
        site.pages[f"/{number}"] = article_page(f"Речь {number}", words, *PARAGRAPHS)
    reader = await town.reader()
    bubbles = await reader.sends(" ".join(f"{site.url}/{number}" for number in range(4)))
    assert any("не больше 3 ссылок" in bubble.text for bubble in bubbles)
    screen = [bubble.text.split("\n")[0] for bubble in await reader.screen()]
    assert {"Речь 0", "Речь 1", "Речь 2"} <= set(screen)
    assert sorted(site.visits) == ["/0", "/1", "/2"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page("", status=404), "такой страницы нет"),
        (Page("", status=401), "только тем, кто вошёл"),
        (Page("", status=403), "не даёт программам читать"),
        (Page("", status=500), "Попробуйте позже"),
        (Page("x" * 5_100_000), "больше 5 МБ"),
        (Page(b"\xff\xd8\xff", content_type="image/jpeg"), "картинка, звук или видео"),
        (Page("<html><body><a href='/'>Главная</a></body></html>"), "не нашёл статьи"),
        (Page("", status=302, headers={"Location": "http://10.0.0.1/"}), "частную сеть"),
    ],
    ids=["404", "401", "403", "500", "large", "picture", "menu", "into the network"],
)
async def test_why_a_page_gave_nothing_is_said_with_a_next_step(
    town: Town, site: Site, page: Page, said: str
) -> None:
    site.pages["/page"] = page
    reader = await town.reader()
    *_, answer = await reader.sends(f"{site.url}/page")
    assert said in answer.text
    assert answer.text.startswith("127.0.0.1: ")
    assert len(await reader.screen()) == 1


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("http://192.168.1.1/admin", "частную сеть"),
        ("http://169.254.169.254/latest/meta-data/", "частную сеть"),
        ("https://93.184.216.34:8443/", "собственный порт"),
        ("https://somebody:secret@93.184.216.34/", "имя или пароль"),
        ("https://t.me/probnik/12", "Перешлите мне сам пост"),
    ],
)
async def test_what_must_not_be_opened_is_not_opened(town: Town, link: str, said: str) -> None:
    reader = await town.reader()
    *_, answer = await reader.sends(link)
    assert said in answer.text


async def test_a_forwarded_post_is_an_article_of_its_channel(town: Town) -> None:
    reader = await town.reader()
    *_, card = await forwards(reader, ARTICLE)
    assert "Проба в Telegram · 22 ноября, 12:00" in card.text
    assert card.buttons["Источник"]["url"].startswith("https://t.me/probnik/")


async def test_a_short_forwarded_post_is_news_too(town: Town) -> None:
    reader = await town.reader()
    *_, card = await forwards(reader, PARAGRAPHS[0], username=None)
    assert PARAGRAPHS[0] in card.text
    assert "Источник" not in card.buttons


async def test_a_forwarded_teaser_leads_to_the_page_behind_it(town: Town, site: Site) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    reader = await town.reader()
    *_, card = await forwards(reader, f"Посол провёл переговоры. Подробнее: {site.url}/visit")
    assert card.text.startswith(TITLE)
    assert card.buttons["Источник"]["url"] == f"{site.url}/visit"


async def test_a_pasted_text_is_read_and_nothing_about_the_sender_is_kept(
    town: Town, archive: Archive
) -> None:
    operator = await town.operator()
    progress, card = await operator.sends(ARTICLE)
    assert progress.text == "Читаю текст …"
    assert PARAGRAPHS[1] in card.text
    assert "издание не указано" in card.text
    [article] = await archive.articles.latest(5)
    assert article.outlet is None
    assert article.url is None


@pytest.mark.parametrize("first_is", ["operator", "reader"])
async def test_the_same_text_pasted_twice_is_one_article(
    town: Town, archive: Archive, first_is: str
) -> None:
    people = [await town.operator(), await town.reader()]
    if first_is == "reader":
        people.reverse()
    *_, first = await people[0].sends(ARTICLE)
    *_, second = await people[1].sends(ARTICLE)
    assert first.text == second.text
    assert await archive.articles.count() == 1


@pytest.mark.parametrize("said", ["что нового?", "Zakon.kz сообщил о визите посла", "https://"])
async def test_a_sentence_is_talk_and_no_article(town: Town, said: str) -> None:
    reader = await town.reader()
    [answer] = await reader.sends(said)
    assert "Свежие новости" in answer.buttons


async def test_a_pdf_and_a_word_document_are_read(town: Town, archive: Archive) -> None:
    reader = await town.operator()
    progress, card = await sends_file(reader, "Визит.docx", make_docx(PARAGRAPHS, title=TITLE))
    assert progress.text == "Читаю Визит.docx …"
    assert card.text.startswith(TITLE)
    *_, card = await sends_file(reader, "визит.pdf", make_pdf([["Госсекретарь США", *WORDS]]))
    assert "Госсекретарь США" in card.text
    assert await archive.articles.count() == 2


WORDS = ["прибыл в Астану и встретился с президентом", "Казахстана. Они обсудили торговлю."]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("скан.pdf", make_pdf([[], []]), "картинки без текста"),
        ("смета.xlsx", b"PK", "Я читаю файлы .txt, .html, .pdf и .docx"),
        ("битый.docx", b"PK\x03\x04", "повреждён"),
        ("пустой.txt", b" ", "нет текста"),
    ],
)
async def test_why_a_file_gave_nothing_is_said_with_a_next_step(
    town: Town, name: str, content: bytes, said: str
) -> None:
    reader = await town.reader()
    *_, answer = await sends_file(reader, name, content)
    assert answer.text.startswith(name)
    assert said in answer.text


# The sandbox's own client says so of every large upload.
@pytest.mark.filterwarnings("ignore:Sending a large body")
async def test_a_file_that_telegram_does_not_hand_out_is_refused_kindly(town: Town) -> None:
    reader = await town.reader()
    [answer] = await sends_file(reader, "том.pdf", bytes(20 * 1024 * 1024 + 1))
    assert "больше 20 МБ" in answer.text


async def test_what_is_sent_in_a_group_is_not_read(town: Town, site: Site) -> None:
    member = await town.reader()
    await town.client.add_chat(id=-500, type="group", title="Отдел", members=[member.id])
    member.chat = -500
    assert await member.sends(f"коллеги, смотрите: {site.url}/visit") == []
    assert site.visits == []


async def test_a_sample_that_is_known_shows_its_card(
    town: Town, site: Site, add_article: AddArticle
) -> None:
    await add_article(ARTICLE, title=TITLE, url=f"{site.url}/old")
    reader = await town.reader()
    *_, card = await reader.sends(f"{site.url}/old")
    assert card.text.startswith(TITLE)
    assert site.visits == []
