"""Atlases of any number of journeys for the tests of the lifecycle: written as a team would write them."""

from __future__ import annotations

CATEGORIES = ("prospect", "buyer", "customer", "user")


def journeys(how_many: int, *, details: bool = True) -> dict[str, str]:
    """Files of an atlas: journey n leads on to n + 1; every tenth is a whole that the next nine are details of.

    The fifth ends in a hinge, the seventh begins with a stage that two categories share, and nobody churns.
    """
    files = {"atlas.yml": "title: Many\npurchase_point: First invoice\n"
                          "stage_vocabulary: {customer: [Start, End, Renewal]}\n"}
    for n in range(how_many):
        whole = f"parent: j{n - n % 10}\n" if details and n % 10 else ""
        shared = "categories: [buyer, customer], " if n == 7 else ""
        role = "role: hinge, " if n == 5 else ""
        leads = f"transitions:\n  - {{from: end, to: j{n + 1}/start, type: exit}}\n" if n + 1 < how_many else ""
        files[f"journeys/j{n}.yml"] = (
            f"title: Journey {n:03}\nowner: sales\ncategory: {CATEGORIES[n % 4]}\nlevel: {1 if whole else 0}\n{whole}"
            f"stages:\n  - {{id: start, {shared}title: Start}}\n  - {{id: end, {role}title: End}}\n{leads}")
    return files
