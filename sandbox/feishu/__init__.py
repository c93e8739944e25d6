'''A simulated Feishu, strict where the real one is lenient; no live platform has confirmed it.

    world = World(); …people with `feishu="ou_…"`, conversations "oc_…" of the platform "feishu"…
    feishu = Feishu(world, app_id="cli_1", app_secret="…", limits=Limits(redelivery_seconds=(0.1,)))
    async with serving(feishu.app) as domain:                        # or Mount("/feishu", feishu.app)
        …                                                            # domain is what open.feishu.cn would be

Sources: the long connection, its frames, the token and both ways to change a card as in the package lark-oapi 1.7.5;
send, patch, pauses of redelivery and the 3 seconds as in open.feishu.cn's documents. Forms and behaviors of JSON 2.0
are seen in use only, so a button's value is taken on the button and in its behaviors. Codes of refusals
are unconfirmed.

World: `await world.say(key, person, text)` pushes im.message.receive_v1 (in a group as a mention of the bot; `@name`
becomes `@_user_1`, explained in mentions); `await world.click(key, person, message_id, action, {"input": …})` pushes
card.action.trigger and gives ANSWERED, UNANSWERED or OFFLINE; a button's action is its value as JSON text. A one-to-one
conversation's id is the person's open_id; its chat_id is another. Unanswered messages come again, clicks never.

To look at: `calls` (token endpoint send patch byToken), `connected`, `taken`, `toasts`, `gateway.delivered`,
`gateway.pings`, `world.refusals`.

Nasty on request: `faults`, `tokens.expire_all()`, `await cut()`, `stall()`, `await replay(times)`, `await push_raw(…)`;
by limits: frames cut into pieces, a repeated uuid refused or answered, any HTTP status for a refusal.

It shows texts and cards with markdown, rules, columns, buttons and forms of one input; pictures, quotes and cards that
only one person sees are not there.
'''

from sandbox.feishu.limits import Limits
from sandbox.feishu.simulator import Feishu

__all__ = ["Feishu", "Limits"]
