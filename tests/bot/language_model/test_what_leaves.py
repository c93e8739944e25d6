"""Every byte that goes to the model, for every role: nothing masked, no name, no telephone number."""

import json
from pathlib import Path

import pytest

from tests.bot.language_model.room import SECRETS, room_in
from tests.handlers.company import PRODUCTION
from tests.small_company import organisation

PHONE = "13800138000"
SAID = (
    "星河电子那单MO-1搞一下，{name}催了", "MO-1 {name} 说报价12.80太低，搞一下", "打{phone}找{name}问MO-1咋整",
    "MO-1 含返利，不对外，那个整不完了，{name}能不能缓缓", "星 河 电 子 MO-1 搞一下 １２．８０",
    "MO-1 {name}的手机１３８-0013-8000 搞一下", "@{name} MO-1 深圳市星河电子有限公司 搞一下",
)  # fmt: skip


@pytest.mark.parametrize("person", list(organisation().people))
async def test_nothing_secret_leaves_for_any_role(person: str, tmp_path: Path) -> None:
    names = [one.name for one in organisation().people.values()]
    async with room_in("sqlite", tmp_path) as room:
        user = organisation().people[person].identities
        group = PRODUCTION if "dingtalk" in user else "wecom:sales"
        for place, said in enumerate(SAID):
            name = names[place % len(names)]
            await room.says(said.format(name=name, phone=PHONE), person, group)
            room.company.clock.move(seconds=60)
        bodies, recorded = room.model.bodies, await room.recorded()
    assert len(bodies) == len(recorded) >= len(SAID) - 2
    for body, facts in zip(bodies, recorded, strict=True):
        text = body.decode()
        squeezed = "".join(c for c in text if c.isalnum() or c == ".")
        for secret in (*SECRETS.values(), *names, PHONE, "星河", "12.8", *user.values()):
            bare = "".join(c for c in secret if c.isalnum() or c == ".")
            assert f'"{bare}"' not in text, secret
            if bare not in ("he", "li", "su", "admin", "lin"):  # letters of other words
                assert bare not in squeezed, secret
        assert json.loads(text)["messages"][-1]["content"] == facts["sent"], "the trail has all that was sent"
        assert set(json.loads(text)) == {"model", "messages", "temperature", "max_tokens", "stream"}
