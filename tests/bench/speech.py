"""Time the model of free speech takes for a sentence."""

from importlib.resources import files

from handlers.language.speech import model
from tests.bench.measure import best
from tests.free_speech.sentences import sentences


def a_sentence() -> None:
    said = [one.text for one in sentences("heldout")]
    packed = files("handlers.language.speech").joinpath(model.FILE).read_bytes()
    first = best(lambda: model.unpacked(packed))
    trained = model.load()
    ranking = best(lambda: [trained.rank(trained.plain(text)) for text in said])
    finding = best(lambda: [trained.parts.find("item", trained.plain(text), 0.0) for text in said])
    print(
        f"free speech: model read in {first:.0f} ms, wishes ranked in {ranking / len(said):.2f} ms a sentence, "
        f"an item found in {finding / len(said):.2f} ms"
    )
