"""Which rows does the company's CQC directory extract hold in each edition?"""

from datetime import date, timedelta

from oversight.demo.company import NAME, Company, Home

# The layout of the regulator's directory as councils publish it, damage and all: "NA"
# for what is missing, telephones that lost their zero, an area code one digit short.
COLUMNS = (
    "name",
    "cqc_id",
    "type",
    "address",
    "postcode",
    "telephone",
    "website",
    "provider",
    "inspection_date",
    "cqc_webpage",
    "area_name",
    "area_code",
    "lon",
    "lat",
)
MISSING = "NA"
STREETS = ("Mill Lane", "Station Road", "Church Street", "The Green", "Park Avenue")
INSPECTED_EVERY = timedelta(days=540)


def is_edition(company: Company, sending: int) -> bool:
    """Every six months, counted so that an opening and a closing are seen at once."""
    months_back = company.last_month - sending
    return sending in (0, len(company.sendings) - 1) or months_back % 6 == 5


def edition_rows(company: Company, sending: int) -> list[tuple[str, ...]]:
    """The homes open at a sending, by name, in the order of COLUMNS."""
    taken_on = company.sendings[sending]
    return sorted(
        _home_row(home, at, _inspected_on(company, home, at, taken_on))
        for at, home in enumerate(company.homes)
        if home.is_open(sending)
    )


def _inspected_on(company: Company, home: Home, at: int, taken_on: date) -> date | None:
    """The latest inspection by then; a home that has just opened has had none."""
    if home.opens:
        return None
    first = company.sendings[0] - timedelta(days=60 + 47 * at)
    return first + INSPECTED_EVERY * ((taken_on - first) // INSPECTED_EVERY)


def _home_row(home: Home, at: int, inspected: date | None) -> tuple[str, ...]:
    """One home. Telephone, postcode, website and place at sea can be nobody's."""
    slug = home.name.lower().replace(" ", "-")
    return (
        home.name,
        home.location_id,
        "Nursing homes|Residential homes" if at % 3 == 0 else "Residential homes",
        f"{3 + 8 * at} {STREETS[at % len(STREETS)]},Wrenmoor",
        f"ZZ{1 + at} {1 + at % 9}AA",
        MISSING if at == 4 else f"1632960{100 + at}",
        MISSING if at % 4 == 1 else f"https://www.example.org/{slug}",
        f"{NAME} Limited",
        inspected.isoformat() if inspected else MISSING,
        f"https://www.cqc.org.uk/location/{home.location_id}",
        "Wrenmoor",
        "E0899901",
        f"{2.4 + at / 100:.6f}",
        f"{54.7 + at / 100:.6f}",
    )
