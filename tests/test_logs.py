"""Whatever is logged, by whom and how: no secret passes."""

import logging
from collections.abc import Callable

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import set_up_logs, without_secrets
from tests.operating import logs_put_back

TOKEN = "1234567890:AAsecret_token-of-nobody_0123456789"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
tokens = st.builds(
    "{}:{}".format,
    st.integers(10**7, 10**11),
    st.text(ALPHABET, min_size=30, max_size=40),
)


Logged = Callable[[Callable[[], object]], str]


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Logged:
    """Do something with the logs set up as for a service, and give what was logged."""

    def carry_out(work: Callable[[], object]) -> str:
        with logs_put_back():
            set_up_logs("debug", secrets=["a-secret-of-the-webhook", "short"])
            work()
        text = capsys.readouterr().err
        assert text, "nothing was logged"
        assert "AAsecret" not in text
        return text

    return carry_out


@given(before=st.text(), token=tokens, after=st.text())
def test_no_text_around_a_token_lets_it_pass(before: str, token: str, after: str) -> None:
    assert token not in without_secrets(before + token + after)


@given(token=tokens, after=st.text())
def test_the_half_behind_the_colon_does_not_pass_either(token: str, after: str) -> None:
    assert token.partition(":")[2] not in without_secrets(f"/bot{token}/{after}").removesuffix(
        after
    )


@given(text=st.text(st.characters(exclude_characters=":")))
def test_a_text_without_secrets_stays_as_it_is(text: str) -> None:
    assert without_secrets(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe",
        f"BOT_TOKEN={TOKEN}",
        f"'{TOKEN}'",
        f"x{TOKEN}",
    ],
)
def test_a_token_is_found_wherever_it_stands(text: str) -> None:
    assert "AAsecret" not in without_secrets(text)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://vestnik:geheim@db/vestnik",
        "postgresql+asyncpg://vestnik:ge:he@im@db:5432/vestnik",
        "http://:geheim@proxy:3128",
    ],
)
def test_the_password_in_an_address_is_cut_out(url: str) -> None:
    shown = without_secrets(f"cannot connect to {url} today")
    assert "geheim" not in shown
    assert "im@db" not in shown
    assert shown.startswith("cannot connect to ")
    assert shown.endswith(" today")


def test_in_a_message(logged: Logged) -> None:
    text = logged(lambda: structlog.get_logger().info(f"the token is {TOKEN}"))
    assert "the token is <token>" in text


def test_in_what_goes_with_a_message(logged: Logged) -> None:
    address = f"/bot{TOKEN}/getMe"
    text = logged(lambda: structlog.get_logger().warning("asked", address=address, all=[TOKEN]))
    assert "address='/bot<token>/getMe'" in text


def test_in_a_traceback(logged: Logged) -> None:
    def fail() -> None:
        try:
            raise ValueError(f"cannot open /bot{TOKEN}/getMe")
        except ValueError:
            structlog.get_logger().exception("failed")

    text = logged(fail)
    assert "Traceback" in text
    assert "cannot open /bot<token>/getMe" in text


def test_from_a_library(logged: Logged) -> None:
    def fail() -> None:
        try:
            raise OSError(f"/bot{TOKEN}/getMe refused")
        except OSError:
            logging.getLogger("some.library").error("calling %s", TOKEN, exc_info=True)

    text = logged(fail)
    assert "calling <token>" in text
    assert "/bot<token>/getMe refused" in text


def test_a_secret_that_does_not_look_like_one(logged: Logged) -> None:
    text = logged(lambda: structlog.get_logger().info("set", secret="a-secret-of-the-webhook"))
    assert "a-secret-of-the-webhook" not in text


def test_an_ordinary_word_is_not_cut_out_of_the_log(logged: Logged) -> None:
    assert "a short word" in logged(lambda: structlog.get_logger().info("a short word"))


def test_an_event_tells_its_time_level_and_name(logged: Logged) -> None:
    line = logged(lambda: structlog.get_logger().info("delivered", delivery=7))
    assert line.startswith("timestamp='")
    assert "level='info' event='delivered' delivery=7" in line
