"""What somebody is answered who said something."""

from dataclasses import dataclass

from cards.chart import Wanted


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is still to be sent, and next steps beside it; an empty text: a card is the answer."""

    text: str
    offers: tuple[str, ...] = ()
    """Next steps as whole commands, likeliest first; each becomes a button if it is understood and permitted to them.
    One with a `<hole>` is filled by their next words."""
    picture: Wanted | None = None
    """Shown instead of the text, where pictures can be."""
