"""How long it takes to match 100,000 names against 10,000 indicators, and how much memory.

    python bench/names.py [names] [indicators]

The names are made up: a measure, a group, a service, a place and a year's wording, in one committee, so that no
committee narrows the search. Half of them are an indicator's name in other words, the rest are names of nothing known.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from namndata.identity.proposals import Profile, Register, propose

MEASURES = (
    "Andel",
    "Antal",
    "Andelen",
    "Kostnad per",
    "Nettokostnad för",
    "Väntetid för",
    "Medelvärde för",
    "Index för",
)
GROUPS = ("barn", "ungdomar", "vuxna", "äldre", "elever", "brukare", "anhöriga", "medarbetare", "chefer", "hushåll")
STATES = (
    "nöjda",
    "trygga",
    "placerade",
    "beviljade",
    "pågående",
    "avslutade",
    "nya",
    "behöriga",
    "aktuella",
    "inskrivna",
)
SERVICES = ("hemtjänst", "särskilt boende", "familjehem", "förskola", "grundskola", "daglig verksamhet", "öppenvård")
STEMS = (
    "stad",
    "skog",
    "vatten",
    "väg",
    "bro",
    "park",
    "skol",
    "idrotts",
    "kultur",
    "miljö",
    "energi",
    "bygg",
    "trafik",
)
ENDS = ("planer", "ärenden", "beslut", "besök", "insatser", "avtal", "projekt", "utredningar", "platser", "mätningar")
OTHER_WORDS = {"Andel": "Andelen", "Antal": "Antalet", "barn": "barn och unga", "nöjda": "mycket nöjda", "inom": "i"}
SECONDS, GIGABYTES = 120, 2.0


def made_up_name(random_: random.Random) -> str:
    compound = random_.choice(STEMS) + random_.choice(STEMS) + random_.choice(ENDS)
    words = [random_.choice(part) for part in (MEASURES, STATES, GROUPS)]
    return " ".join((*words, "med", compound, "inom", random_.choice(SERVICES), f"område {random_.randrange(40)}"))


def reworded(name: str, random_: random.Random) -> str:
    words = [OTHER_WORDS.get(word, word) if random_.random() < 0.5 else word for word in name.split()]
    return " ".join((*words, "(%)")) if random_.random() < 0.3 else " ".join(words)


def profiles(names: list[str], start: str, random_: random.Random) -> list[Profile]:
    return [
        Profile(
            key=f"{start}{number}",
            name=name,
            figures={
                (None, "outcome", str(year)): frozenset({(float(random_.randrange(1000)), None, None)})
                for year in range(2018, 2022)
            },
        )
        for number, name in enumerate(names)
    ]


def main() -> int:
    many, few = (int(argument) for argument in (*sys.argv[1:], "100000", "10000")[:2])
    random_ = random.Random(4)
    known = [made_up_name(random_) for _ in range(few)]
    asked = [
        reworded(random_.choice(known), random_) if number % 2 else made_up_name(random_) for number in range(many)
    ]
    indicators, queries = profiles(known, "indicator", random_), profiles(asked, "name", random_)
    started = time.perf_counter()
    found = sum(1 for _ in propose(queries, Register(indicators)))
    seconds = time.perf_counter() - started
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{many} names against {few} indicators: {seconds:.1f} s, {gigabytes:.2f} GB, {found} pairs scored high")
    return 0 if seconds < SECONDS and gigabytes < GIGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
