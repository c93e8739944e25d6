"""`make speech`: train the model of free speech anew from the committed sentences, and print how well it ranks."""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.svm import LinearSVC

from handlers.language.speech import model
from handlers.language.speech.intent import Intent
from handlers.language.speech.normal import plain, shape
from handlers.language.speech.parts import neighbourhoods
from tests.free_speech.sentences import Sentence, sentences

PLACE = Path(model.__file__).with_name(model.FILE)
FOLDS = 5
_TABLE = "opencc/dictionary/TSCharacters.txt"


def main() -> None:
    every = sentences("train")
    print(f"writers left out of the training ({FOLDS} folds of {len({one.writer for one in every})}):")
    _tell([pair for fold in folds(every) for pair in _ranked(*fold)])
    PLACE.write_bytes(packed(every))
    print(f"{PLACE.name}: {PLACE.stat().st_size:,} bytes")
    model.load.cache_clear()
    print("held out:")
    _tell([(one, [guess.intent for guess in _rank(model.load(), one)]) for one in sentences("heldout")])


def folds(every: Sequence[Sentence]) -> Iterable[tuple[list[Sentence], list[Sentence]]]:
    """Training sentences, and those of the writers left out of them."""
    writers = sorted({one.writer for one in every})
    for fold in range(FOLDS):
        out = set(writers[fold::FOLDS])
        yield [one for one in every if one.writer not in out], [one for one in every if one.writer in out]


def packed(train: Sequence[Sentence]) -> bytes:
    """The model's file; the same bytes from the same sentences."""
    one_for_one = simplified()
    vectorizer = TfidfVectorizer(analyzer=_features, min_df=2, sublinear_tf=True, lowercase=False)
    rows = vectorizer.fit_transform(shape(_spoken(one, str.maketrans(*one_for_one))) for one in train)
    fitted = LinearSVC(C=1.0, random_state=0).fit(rows, [one.intent.value for one in train])
    _hear_talk(fitted, rows, train)
    steps = np.abs(fitted.coef_).max(axis=1) / 127
    weights = np.rint(fitted.coef_ / steps[:, None]).astype(np.int8).T
    content = {
        "version": model.VERSION,
        "simplified": one_for_one,
        "intents": list(fitted.classes_),
        "grams": list(vectorizer.get_feature_names_out()),
        "rarity": [round(float(value), 4) for value in vectorizer.idf_],
        "weights": b64encode(np.ascontiguousarray(weights).tobytes()).decode(),
        "steps": [round(float(value), 8) for value in steps],
        "bias": [round(float(value), 5) for value in fitted.intercept_],
        "parts": _parts(train, str.maketrans(*one_for_one)),
    }
    return gzip.compress(json.dumps(content, ensure_ascii=False).encode(), mtime=0)


def _spoken(one: Sentence, one_for_one: Mapping[int, int]) -> str:
    """Plain words, with letters before the number of an item that was said without, as the bot marks it."""
    spoken = plain(one.text, one_for_one)
    number = re.search("([0-9]{4})$", str(one.values.get("item", "")))
    bare = rf"(?<![0-9a-z.-]){number[1]}(?![0-9a-z.%年])" if number else "(?!)"
    return re.sub(bare, lambda found: f"x-{found[0]}", spoken)


def _parts(train: Sequence[Sentence], one_for_one: dict[int, int]) -> dict[str, Any]:
    """Which characters belong to the item spoken of, and which to the reason."""
    heard = [(plain(one.text, one_for_one), one) for one in train]
    vectorizer = CountVectorizer(analyzer=list, min_df=3, binary=True)
    rows = vectorizer.fit_transform(around for spoken, _ in heard for around in neighbourhoods(spoken))
    around = list(vectorizer.get_feature_names_out())
    trained: dict[str, Any] = {"around": around, "weights": {}, "steps": {}, "bias": {}}
    for part in ("item", "reason"):
        marks = [_marks(spoken, plain(str(one.values.get(part, "")), one_for_one)) for spoken, one in heard]
        known = np.array([mark is not None for found in marks for mark in found])
        belongs = [mark for found in marks for mark in found if mark is not None]
        fitted = LinearSVC(C=0.05, random_state=0).fit(rows[known], belongs)
        step = float(np.abs(fitted.coef_).max() / 127)
        weights = np.rint(fitted.coef_[0] / step).astype(np.int8)
        trained["weights"][part] = b64encode(weights.tobytes()).decode()
        trained["steps"][part], trained["bias"][part] = round(step, 8), round(float(fitted.intercept_[0]), 5)
    return trained


def _marks(spoken: str, words: str) -> list[bool | None]:
    """Which characters belong to these words; None, unknown, where they stand there in another form."""
    at = spoken.find(words) if words else 0
    if at < 0 and (code := re.fullmatch("([a-z]+)-([0-9]+)", words)):
        if found := re.search(rf"(?:{code[1]}[-_ 杠]*)?{code[2]}", spoken):
            return [found.start() <= place < found.end() for place in range(len(spoken))]
    if at < 0:
        return [None] * len(spoken)
    return [at <= place < at + len(words) for place in range(len(spoken))]


def simplified() -> tuple[str, str]:
    """Traditional characters, and the simplified one of each."""
    lines = Path(str(distribution("opencc-python-reimplemented").locate_file(_TABLE))).read_text(encoding="utf-8")
    pairs = [(line.split("\t")[0], line.split("\t")[1].split()[0]) for line in lines.splitlines()]
    alone = [(old, new) for old, new in pairs if len(old) == len(new) == 1]
    return "".join(old for old, _ in alone), "".join(new for _, new in alone)


def _hear_talk(fitted: LinearSVC, rows: Any, train: Sequence[Sentence]) -> None:
    """Let small talk speak as well by what tells it from all wishes together: each wish alone has few sentences."""
    talk = [one.intent is Intent.SMALL_TALK for one in train]
    apart = LinearSVC(C=1.0, class_weight="balanced", random_state=0).fit(rows, talk)
    place = list(fitted.classes_).index(Intent.SMALL_TALK.value)
    fitted.coef_[place] += apart.coef_[0]
    fitted.intercept_[place] += apart.intercept_[0]


def _features(shaped: str) -> list[str]:
    return list(model.features(shaped))


def _ranked(train: Sequence[Sentence], out: Sequence[Sentence]) -> Iterable[tuple[Sentence, list[Intent]]]:
    fold = model.unpacked(packed(train))
    return [(one, [guess.intent for guess in _rank(fold, one)]) for one in out]


def _rank(trained: model.Model, one: Sentence) -> list[model.Guess]:
    return trained.rank(_spoken(one, trained.simplified))


def _tell(ranked: Sequence[tuple[Sentence, list[Intent]]]) -> None:
    writers = sorted({one.writer for one, _ in ranked})
    print("  writer  wishes  first  in three  small talk taken for a wish")
    for name in (*writers, "all"):
        mine = [(one, order) for one, order in ranked if name in (one.writer, "all") and one.intent is not Intent.TWO]
        talk = [order[0] for one, order in mine if one.intent is Intent.SMALL_TALK]
        wishes = [(one.intent, order) for one, order in mine if one.intent is not Intent.SMALL_TALK]
        first = _share(order[0] is meant for meant, order in wishes)
        three = _share(meant in order[:3] for meant, order in wishes)
        wrong = _share(order is not Intent.SMALL_TALK for order in talk)
        print(f"  {name:6}  {len(wishes):6}  {first:5.1%}  {three:8.1%}  {wrong:5.1%} of {len(talk)}")


def _share(right: Iterable[Any]) -> float:
    every = list(right)
    return sum(map(bool, every)) / len(every) if every else 0.0


if __name__ == "__main__":
    main()
