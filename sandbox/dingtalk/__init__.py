'''A simulated DingTalk, strict where the real one is lenient (source: the platform's wire protocol).

    world = World(); …people, conversations…
    ding = DingTalk(world, client_id="dingapp", client_secret="…", template_ids={"plan.schema"},
                    limits=Limits(redelivery_seconds=0.2))           # defaults are the documented figures
    async with serving(ding.app) as endpoint:                        # or Mount("/dingtalk", ding.app)
        …                                                            # endpoint is the product's setting

`robot_code` defaults to the client id. Mounted in another app, call `await ding.close()` at its end.

World: `await world.say(key, person, text)` pushes a bot message (in a group as an @ of the bot, leading space
kept; `@name` of a person in the world is taken out and stands in atUsers, as does `@` with the robot's `name`; with
`quoting=Quote(Quoted.CARD, "words")` it answers a message of that kind);
`await world.click(key, person, card_id, action, {"input": …})` pushes a card callback and gives ANSWERED,
UNANSWERED (nothing valid within 2 s) or OFFLINE. A conversation's id is its openConversationId; a one-to-one
conversation's id is the person's user id. People of another corp have no senderStaffId and their own corpId.

Unacknowledged frames (no ack, code other than 200, EVENT "LATER") come again after `redelivery_seconds`, on any
connection, at most `deliveries` times in all. What is said while no bot is connected is lost (`gateway.lost`).

To look at: `calls` (Counter by API name), `requests` [(name, body)], `connected`, `gateway.delivered`,
`gateway.lost`, `delivery.creates` (Counter-like by outTrackId), `api.spent`, `world.refusals` (every refusal).
API names: accessToken openConnection createAndDeliver createCard deliverCard updateCard groupMessage oToMessage
sendBySession, and of the older family oldToken upload unitsBelow usersOf user userByMobile.

The directory is `contacts` (a `sandbox.contacts.Contacts`), whose people, scope and permissions may change.

Faults: `faults.fail(times, api=, status=, code=)`, `faults.hang(times, api=, seconds=)`,
`faults.lose_reply(times, api=)` (carried out, but the caller sees a failure), `faults.clear()` (lets hangs go),
`expire_tokens()`, `await disconnect()` (announced), `await cut()` (TCP abort), `stall()` (half-open), `await ping()`.
Hostile doors: `await push_raw(frame, text or bytes)`, `await replay(times)`, `await push_event(type, data)`,
`message_frame(conversation, person, text)` to build a frame and change it.

Card template: the variables are title, body, status, tone, buttons (JSON text of {"text", "action",
"style"?, "input"?}); anything else, and anything over 1 KB, is refused.
'''

from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.simulator import DingTalk

__all__ = ["DingTalk", "Limits"]
