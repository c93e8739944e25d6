'''A simulated WeCom, strict where the real one is lenient: a self-built app and an aibot of one corporation.

    wecom = WeCom(world, corp_id="ww1",
                  app=App(1000002, "app-secret", token="…", aes_key="…43 characters…", callback_url="http://…"),
                  aibot=Bot("aib1", "bot-secret", name="通盘"),
                  parties={"2": ["lisi"]},                 # department id: userids
                  limits=Limits(click_seconds=0.3))        # defaults are the documented figures
    async with serving(wecom.app) as endpoint:             # or Mount("/wecom", wecom.app)
        websocket_url = endpoint.replace("http", "ws") + "/ws"

`wecom.app_settings.callback_url` may be set later, once the product is up: without it no card that can be pressed
is accepted. Mounted in another app, call `await wecom.close()` at its end.

World: conversations of Platform.WECOM are groups with the aibot (id: chatid) or one-to-one chats with it (id:
userid); Platform.WECOM_APP is a person's window with the self-built app (id: userid). `world.say` sends an aibot
message frame (a group's text begins with "@name ", unless it has the bot's name elsewhere; mentions stay in it;
`quoting=Quote(Quoted.CARD, "words")` adds a quote of that kind, which the app is not told), or posts
the app's encrypted XML (3 attempts of 5 s).
`world.click` gives ANSWERED, UNANSWERED or OFFLINE; an aibot click must be answered once within 5 s; choices of
a card's lists are given as inputs `{question_key: "option id,option id"}`. People of another corp appear under an
encrypted id. Cards are known by their task_id; a notice without one gets an id "notice-…".

HTTP: gettoken, getcallbackip, message/send (text, markdown, template_card), message/update_template_card,
message/recall, aibot/response, named gettoken, getcallbackip, send, update, recall, aibotResponse in `calls`; of the
directory (`contacts`, a `sandbox.contacts.Contacts`) department/simplelist, department/get, user/simplelist, user/get,
user/list_id (for `contacts_secret` alone), user/getuserid, batch/openuserid_to_userid, named unitIds, unit, usersOf,
user, userIds, userByMobile, plainIds.
To look at: `calls`, `requests` [(name, body)], `connected`, `aibot.delivered`, `aibot.received`, `aibot.kicked`,
`callback.sent`, `callback.attempts`, `aibot_callback.sent`, `world.refusals` (every refusal).

With `Bot(…, callback_url=…, token=…, aes_key=…)` the aibot is in callback mode: set
`wecom.aibot_callback.public_url = endpoint`, and only answers and response_urls lead back.

Faults: `faults.fail(times, api=, code=-1)` (an errcode; with `status=502` an HTTP failure),
`faults.hang(times, api=, seconds=)`, `faults.lose_reply(times, api=)`, `faults.clear()` (also lets hanging
calls go), `expire_tokens()`, `await cut()` (TCP abort), `stall()` (half-open), `await hang_up()` (clean close).
Hostile doors: `await push_raw(json, text or bytes)`, `aibot.spoilt.append({"errcode": "x"})` (the next
acknowledgement), `await replay(times)` (aibot), `await replay_callback(times)` (app),
`await post_callback(signed.forged())` with a callback from `self_built.message(person, text)` or
`self_built.event(person, card, action, {})`, `await verify_callback()`, `await enter_chat(person)`.

Codes that no document names are 40058; which these are is unconfirmed for the real platform.
'''

from sandbox.wecom.limits import Limits
from sandbox.wecom.settings import App, Bot
from sandbox.wecom.simulator import WeCom

__all__ = ["App", "Bot", "Limits", "WeCom"]
