"""Which subject a story belongs to."""

import subprocess
import sys
from pathlib import Path

from bot.beat import load_beat
from bot.briefings.topics import Topics

BEAT = Path("beats/kz-us.toml")

# As many words of mining as of trade.
TIE = (
    "from pathlib import Path\n"
    "from bot.beat import load_beat\n"
    "from bot.briefings.topics import Topics\n"
    "beat = load_beat(Path('beats/kz-us.toml'))\n"
    "first, second = (topic for topic in beat.topics if topic.id in ('trade', 'minerals'))\n"
    "text = ' и '.join((*first.words[:2], *second.words[:2]))\n"
    "print(Topics.of_beat(beat).of('', text))\n"
)


def test_a_tie_is_settled_the_same_way_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", TIE],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(6)
    }
    assert len(told) == 1
    assert told != {"None\n"}


def test_the_headline_counts_twice() -> None:
    beat = load_beat(BEAT)
    first, second = beat.topics[:2]
    topics = Topics.of_beat(beat)
    assert topics.of(first.words[0], second.words[0]) == first.id
