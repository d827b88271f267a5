"""Sentences for an invented firm, put together from word lists so that no two pages say the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

NAMES = ("Ada", "Ben", "Cleo", "Dara", "Emil", "Fay", "Gus", "Hana", "Ivo", "June", "Kofi", "Lena", "Milo",
         "Nora", "Otis", "Pia", "Quin", "Rosa", "Sven", "Tara", "Uma", "Vito", "Wren", "Yara", "Zeno")
SURNAMES = ("Abbot", "Brook", "Calder", "Dunne", "Ekwall", "Frost", "Grau", "Hale", "Iqbal", "Jansen", "Kemp",
            "Lund", "Marsh", "Novak", "Okafor", "Park", "Quist", "Roe", "Sand", "Tennant", "Vale", "Winter")
WHO = ("the workshop owner", "a part-time bookkeeper", "the office manager", "somebody new to it",
       "the accountant", "a returning customer", "the buyer", "a family of four", "the site lead",
       "an evening student")
VERBS = ("compares", "opens", "looks for", "forgets", "prints", "forwards", "books", "calls about", "signs",
         "cancels", "waits for", "files", "checks", "asks about", "reads", "sends back", "pays for",
         "unpacks")
THINGS = ("the offer", "the first invoice", "a reminder", "the setup list", "the contract",
          "the delivery slot", "the welcome mail", "a spare part", "the price sheet", "the yearly summary",
          "a help article", "the bank connection", "the login", "the review request", "the plan", "a receipt",
          "the appointment")
WHEN = ("on the phone between two jobs", "after nine in the evening", "on a Thursday",
        "before the month closes", "while the kettle boils", "at the kitchen table", "in the queue",
        "on the way home", "without asking anybody", "with a colleague watching",
        "two days later than planned", "for the third time this week")
BUT = ("nothing says so beforehand", "the plan and the pledge were never read side by side",
       "three teams answer in three ways", "the page still shows last year's price",
       "the form asks for it twice", "the answer comes from somebody else", "the mail reads like an invoice",
       "nobody told the partner", "it takes four clicks too many", "the number on the screen is another one")
GOALS = ("know what it costs", "see my own numbers in it", "get it done in one sitting", "not ask anybody",
         "keep what already works", "finish before school is out", "have one person to call",
         "trust the date", "hand over something clean", "change my mind without a fight",
         "feel that it was the right decision")
MOODS = ("Keen", "Stuck", "Curious", "Relieved", "Weighing", "Proud", "Lost", "Heard", "Annoyed", "Delighted",
         "Wary", "Calm", "Rushed", "Surprised", "Flat", "Sure")
SPOKEN = ("I can tell you what it cost. I cannot tell you what I got",
          "If it says simply again I shall scream", "Oh. It knew that one",
          "So it is two days of yours and a week of mine", "Fine. And who do I ask",
          "It told me in April what happened in March", "My colleague decides that, not me",
          "I read it twice and called anyway", "That was easier than I had feared", "Nobody asked me before")
STAGES = ("Awareness", "Consideration", "Comparison", "Shortlist", "Decision", "Order", "Waiting", "Delivery",
          "Setup", "First use", "Daily use", "Support", "Repair", "Growth", "Renewal", "Advocacy",
          "Warning signs", "Leaving", "Return", "Handover", "Training", "Billing")
AREAS = ("search", "advice", "purchase", "delivery", "setup", "use", "billing", "service", "repair",
         "training", "upgrade", "partners", "renewal", "referral", "leaving", "return")
KINDS = ("checklist", "comparison page", "setup guide", "explainer video", "email series", "case study",
         "price sheet", "help article", "in-app prompt", "webinar", "template", "calculator", "blog post")
TEAMS = ("Marketing", "Sales", "Onboarding", "Customer success", "Support", "Product", "Billing", "Logistics",
         "Field service", "Partners", "Training", "Research", "Legal", "Design", "Data", "Retail")
REGIONS = ("North", "South", "East", "West", "Coast", "Lakes", "City", "Online")
UNITS = (("%", "up"), ("days", "down"), ("hours", "down"), ("requests", "up"), ("tickets", "down"),
         ("points", "up"))


class Writer:
    """Texts from a seeded source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def of(self, words: Sequence[str]) -> str:
        """Any one of them."""
        return self.chance.choice(words)

    def some(self, words: Sequence[str], least: int, most: int) -> list[str]:
        """Several different ones."""
        return self.chance.sample(words, min(len(words), self.chance.randint(least, most)))

    def maybe(self, share: float) -> bool:
        """True in that share of cases."""
        return self.chance.random() < share

    def happening(self) -> str:
        """``Forwards the plan on a Thursday``: a step's title."""
        verb = self.of(VERBS)
        return f"{verb[0].upper()}{verb[1:]} {self.of(THINGS)} {self.of(WHEN)}"

    def sentence(self) -> str:
        """A plain sentence; now and then with Markdown in it."""
        who = self.of(WHO)
        text = f"{who[0].upper()}{who[1:]} {self.of(VERBS)} {self.of(THINGS)} {self.of(WHEN)}"
        if self.maybe(0.08):
            return f"{text}, and **{self.of(BUT)}**."
        return f"{text}, and {self.of(BUT)}." if self.maybe(0.5) else f"{text}."

    def text(self, least: int = 1, most: int = 3) -> str:
        """A few sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(least, most)))

    def pain(self) -> str:
        """What hurts."""
        thing = self.of(THINGS)
        return f"{thing[0].upper()}{thing[1:]} comes {self.of(WHEN)}, but {self.of(BUT)}"

    def quote(self) -> str:
        """What somebody says."""
        return f"{self.of(SPOKEN)}, {self.of(WHEN)}."

    def goal(self) -> str:
        """What somebody wants."""
        first, second = self.some(GOALS, 2, 2)
        return f"{first[0].upper()}{first[1:]} and {second}."

    def question(self) -> str:
        """What somebody asks."""
        return f"Who {self.of(VERBS)} {self.of(THINGS)} when {self.of(BUT)}?"

    def person(self) -> str:
        """A first and a last name."""
        return f"{self.of(NAMES)} {self.of(SURNAMES)}"
