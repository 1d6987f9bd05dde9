"""Who supplies, with whom is information shared, what flows and what changes?"""

from collections.abc import Iterator

from oversight.demo.registers.drawn import register, reviewed
from oversight.demo.registers.ground import Ground
from oversight.demo.registers.record import Line


def lines(ground: Ground) -> Iterator[Line]:
    """Every line of these kinds."""
    yield from reviewed(ground, "processors", known_from="started_on")
    yield from reviewed(ground, "sharing_agreements", known_from="starts_on")
    yield from reviewed(ground, "data_flows")
    yield from reviewed(ground, "risks", 92, "raised_on")
    told = {
        "screened_on": "needs_dpia screening_reason",
        "dpia_signed_on": "dpia_ref dpia_signed_by residual_risk",
        "approved_on": "approved_by",
    }
    yield from register(ground, "changes", "raised_on", told)
