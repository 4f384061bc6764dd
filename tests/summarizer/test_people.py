"""Who is a person of an article, and which mentions are one person."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.analysis import Person
from summarizer.models import load_models
from summarizer.ner import TAG_AT_MOST, tag
from summarizer.people import find_people

MODELS = load_models()


def names(text: str, known: dict[str, str] | None = None) -> list[str]:
    return [person.name for person in find_people(text, MODELS, known=known)]


def people(text: str) -> dict[str, Person]:
    return {person.name: person for person in find_people(text, MODELS)}


@pytest.mark.parametrize(
    "text",
    [
        "Отмена поправки Джексона-Вэника обсуждалась в Сенате.",
        "Операция «Жусан» завершилась успешно.",
        "Спикер прибыл в Нур-Султан. Жители Нур-Султана его ждали.",
        "Казахстанец отрубил дерево. Казахстанец заявил, что рад.",
        "Колонна прошла по улице Абая и проспекту Назарбаева.",
        "Студенты университета имени Сулеймана Демиреля победили.",
        "Лауреаты премии имени Мухтара Ауэзова названы.",
        "Авианосец «Гарри Трумэн» вышел в море.",
        "Президент провёл встречу с министром и послом.",
        "Компания «Макдоналдс» закрыла рестораны в Астане.",
        "Елбасы поздравил народ с праздником.",
        "Глава государства посетил Атырау и Актобе.",
        "Доктрина Монро остаётся предметом споров.",
        "Аэропорт имени Джона Кеннеди принял рейс из Алматы.",
        "Поезд прибыл на станцию Достык в среду.",
        "Сборная Коста-Рики обыграла Сальвадор.",
        "В январе в Давосе прошёл форум.",
        "Госдепартамент США и Белый дом выступили с заявлением.",
    ],
)
def test_what_only_carries_a_name_is_no_person(text: str) -> None:
    assert names(text) == []


def test_a_surname_alone_joins_the_full_name() -> None:
    text = "Приехал Стив Дэйнс. Позже Дэйнса приняли в Сенате, и с Дэйнсом говорил спикер."
    person = people(text)["Стив Дэйнс"]
    assert person.surfaces == ("Стив Дэйнс", "Дэйнса", "Дэйнсом")


def test_initials_join_the_full_name() -> None:
    text = "К.Токаев выступил в Астане. Ранее Касым-Жомарт Токаев посетил Вашингтон."
    person = people(text)["Касым-Жомарт Токаев"]
    assert not person.initials_only
    assert len(person.mentions) == 2


def test_initials_stay_when_nothing_more_is_known() -> None:
    (person,) = find_people("На встрече выступила У.Зея.", MODELS)
    assert (person.name, person.initials_only) == ("У. Зея", True)


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Приехали Исса Садуев и Марат Садуев. Исса Садуев выступил первым."
    assert names(text) == ["Исса Садуев", "Марат Садуев"]


def test_a_surname_that_two_bear_joins_neither() -> None:
    text = "Приехали Тимур Садуев и Марат Садуев. Вечером Садуев выступил перед студентами."
    found = people(text)
    assert list(found) == ["Тимур Садуев", "Марат Садуев", "Садуев"]
    assert len(found["Тимур Садуев"].mentions) == 1


def test_husband_and_wife_are_told_apart() -> None:
    text = "Приехали Олег Жаров и Анна Жарова. Жаров улыбался. Жарова выступила с речью."
    found = people(text)
    assert found["Олег Жаров"].surfaces == ("Олег Жаров", "Жаров")
    assert found["Анна Жарова"].surfaces == ("Анна Жарова", "Жарова")


def test_a_surname_shared_by_a_couple_is_given_to_both() -> None:
    assert names("Барак и Мишель Обама прилетели в Астану.") == ["Барак Обама", "Мишель Обама"]


def test_a_word_that_opens_the_sentence_is_no_part_of_the_name() -> None:
    text = "Серхио Гор приехал в Астану в четверг. Визит Гора продлится два дня."
    assert people(text)["Серхио Гор"].surfaces == ("Серхио Гор", "Гора")


def test_a_first_name_that_is_a_river_too_stays_in_the_name() -> None:
    assert names("Конгрессмен Трент Келли внёс законопроект.") == ["Трент Келли"]


def test_other_initials_are_another_person() -> None:
    text = "Выступили Марат Садуев и А. Садуев."
    assert names(text) == ["Марат Садуев", "А. Садуев"]


def test_all_forms_of_a_name_are_one_person() -> None:
    text = (
        "Асия Биби вышла на свободу. Дело Асии Биби длилось годы. Адвокаты встретили Асию Биби, "
        "о ней и об Асии Биби писали газеты."
    )
    assert list(people(text)) == ["Асия Биби"]


def test_one_slip_of_the_pen_is_the_same_person() -> None:
    text = "Приехал Леван Гачечиладзе. Леван Гачичиладзе выступил на площади."
    assert names(text) == ["Леван Гачечиладзе"]


def test_two_that_differ_by_a_letter_in_one_sentence_are_two() -> None:
    text = "Приехали Марат Садубаев и Марат Садувакаев, Сергей Берёзкин и Сергей Перёзкин."
    assert len(names(text)) == 4


def test_a_patronymic_stays_out_of_the_name() -> None:
    text = "Касым-Жомарт Кемелевич Токаев подписал указ."
    person = people(text)["Касым-Жомарт Токаев"]
    assert person.surfaces == ("Касым-Жомарт Кемелевич Токаев",)


def test_lookalike_letters_are_repaired_in_the_name_alone() -> None:
    text = "Приехал Мaрат Cадуев."
    (person,) = find_people(text, MODELS)
    assert (person.name, person.surfaces) == ("Марат Садуев", ("Мaрат Cадуев",))


def test_the_latin_form_in_brackets_is_the_same_person() -> None:
    (person,) = find_people("Сенатор Стив Дэйнс (Steve Daines) приехал в Астану.", MODELS)
    assert person.surfaces == ("Стив Дэйнс", "Steve Daines")


def test_names_in_capitals_are_read() -> None:
    text = "ПРЕЗИДЕНТ КАСЫМ-ЖОМАРТ ТОКАЕВ ВСТРЕТИЛСЯ С ГОССЕКРЕТАРЁМ МАЙКОМ ПОМПЕО"
    assert names(text) == ["Касым-Жомарт Токаев", "Майк Помпео"]


def test_gender_is_told_by_first_name_or_verb() -> None:
    found = people("Айгуль Куспан выступила. Марат Садуев ответил.")
    assert (found["Айгуль Куспан"].gender, found["Марат Садуев"].gender) == ("f", "m")


def test_an_initial_and_an_open_surname_tell_no_gender() -> None:
    assert people("На приёме был и У. Зея.")["У. Зея"].gender is None


def test_a_followed_surname_gets_its_canonical_name() -> None:
    known = {"токаев": "Касым-Жомарт Токаев"}
    assert names("Об этом сказал Токаев.", known=known) == ["Касым-Жомарт Токаев"]


def test_a_followed_surname_of_somebody_else_is_left_alone() -> None:
    known = {"токаев": "Касым-Жомарт Токаев"}
    assert names("Выступил Марат Токаев. Токаев был краток.", known=known) == ["Марат Токаев"]


def test_initials_are_kept_for_a_followed_surname() -> None:
    known = {"зея": "Узра Зея"}
    assert names("На встрече выступила У.Зея.", known=known) == ["У. Зея"]


def test_long_english_titles_hide_no_name() -> None:
    found = people(
        "Kazakhstan's First Deputy Foreign Minister Bekasyl Tobylgiyev and U.S. Deputy Assistant "
        "Secretary of State Jasper Windall agreed. Senate Foreign Relations Committee Chairman "
        "Jim Risch met Ambassador Yerzhan Ashikbayev. President Tokayev was not there."
    )
    names = ["Bekasyl Tobylgiyev", "Jasper Windall", "Jim Risch", "Yerzhan Ashikbayev"]
    assert list(found) == names
    [post] = found["Jasper Windall"].roles
    assert post.title == "U.S. Deputy Assistant Secretary of State"


def test_english_names_are_found_with_and_without_titles() -> None:
    text = (
        "U.S. Secretary of State Antony Blinken met President Kassym-Jomart Tokayev in Astana. "
        "Blinken thanked Tokayev. The White House and the New York Times reported it. "
        "Steve Daines, a senator from Montana, attended."
    )
    found = people(text)
    assert list(found) == ["Antony Blinken", "Kassym-Jomart Tokayev", "Steve Daines"]
    assert [role.title for role in found["Antony Blinken"].roles] == ["U.S. Secretary of State"]
    assert found["Kassym-Jomart Tokayev"].surfaces == ("Kassym-Jomart Tokayev", "Tokayev")


def test_kazakh_case_endings_are_taken_off() -> None:
    text = (
        "Мемлекет басшысы Қасым-Жомарт Тоқаевтың сөзіне қарағанда, бұл өте маңызды. "
        "Тоқаевқа хат жолданды. Ерлан Қошановпен кездесу өтті."
    )
    known = {"токаев": "Касым-Жомарт Токаев"}
    assert names(text, known=known) == ["Касым-Жомарт Токаев", "Ерлан Қошанов"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "слово",
        "Я",
        "😀 🇰🇿 👩‍👩‍👧",
        "שלום עולם مرحبا",
        "....",
        "«»",
        "\u200b\ufeff",
        "А. Б. В.",
    ],
)
def test_little_text_is_no_trouble(text: str) -> None:
    assert all(person.mentions for person in find_people(text, MODELS))


def test_a_list_of_two_thousand_names_is_read() -> None:
    given = ("Марат", "Ерлан", "Асхат", "Тимур")
    text = ", ".join(
        f"{given[n % 4]} Сад{'аеиоу'[n % 5]}{'бвгдж'[n // 5 % 5]}ов" for n in range(2000)
    )
    found = find_people(text, MODELS)
    assert found
    assert all(text[span.start : span.end] for person in found for span in person.mentions)


def test_what_follows_the_bound_is_not_tagged() -> None:
    text = "Приехал Марат Садуев. " * (1_000_000 // 22)
    tagged = tag(text, MODELS)
    assert tagged.sentences[-1][-1].span.end < TAG_AT_MOST * 1.1


WORDS = """
    Токаев Майка Помпео К. Айгуль Куспан президента США сказал , . и « » — ( ) сенатор Стив
    Дэйнсом бин III О’Рейли 😀 ТОКАЕВ Cпикер 5 Джо Smith улица имени
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\u202e", "A\u0301"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=120))
def test_spans_are_slices_and_the_answer_is_the_same_each_time(text: str) -> None:
    found = find_people(text, MODELS)
    assert found == find_people(text, MODELS)
    for person in found:
        assert person.name.strip()
        slices = [text[span.start : span.end] for span in person.mentions]
        assert set(slices) == set(person.surfaces)
        assert list(person.mentions) == sorted(person.mentions, key=lambda span: span.start)
        for role in person.roles:
            assert role.title
            assert 0 <= role.span.start < role.span.end <= len(text)
    starts = [person.mentions[0].start for person in found]
    assert starts == sorted(starts)
