"""When is each register sent: each month, each quarter, or as the year goes by?"""

from oversight.demo.company import Company
from oversight.sources import all_sources

OWN_ROAD = {"homes", "staff", "training", "incidents", "access_events", "rota"}
MAY_BE_NOTHING = {"media_enquiries", "nil_returns"}  # in a month, and still be heard of
MONTHS_BACK = 12  # what is older came in with the first file of a register
MOST_OFTEN, EACH_QUARTER = 60, 200  # days: a kind that may be so old is sent so often


def is_due(company: Company, kind: str, sending: int, is_brief: bool) -> bool:
    """Whether a register goes out at a sending; a brief company sends each once."""
    newest = len(company.sendings) - 1
    if is_brief or sending == newest:
        return sending == newest
    months_back = company.last_month - sending
    if months_back > MONTHS_BACK or (kind == "devices" and months_back % 3):
        return False
    allowed = all_sources()[kind].freshness_days
    if allowed <= MOST_OFTEN:
        return True
    return months_back % (3 if allowed <= EACH_QUARTER else MONTHS_BACK) == 0


def register_kinds() -> tuple[str, ...]:
    """The kinds kept as registers, in order of name; nil returns come last of all."""
    kinds = [kind for kind in sorted(all_sources()) if kind not in OWN_ROAD]
    return (*(kind for kind in kinds if kind != "nil_returns"), "nil_returns")


def opening(company: Company) -> int:
    """The sending at which every register is first sent."""
    return max(0, company.last_month - MONTHS_BACK)
