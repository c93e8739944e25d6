"""People of the simulated company behind a platform's user ids."""

from sandbox.world import Conversation, Person, Platform, World


def account(person: Person, platform: Platform) -> str | None:
    """The person's user id on a platform; None without an account there."""
    return person.dingtalk if platform is Platform.DINGTALK else person.wecom


def employee(world: World, platform: Platform, user_id: str) -> Person | None:
    """The employee behind a user id. Outsiders may carry an equal id in their own company: never them."""
    return next(
        (p for p in world.people.values() if p.corp == "home" and account(p, platform) == user_id),
        None,
    )


def one_to_one(world: World, platform: Platform, user_id: str) -> Conversation | None:
    """The conversation of one employee with the bot, opened when it does not exist yet; None: no such person."""
    person = employee(world, platform, user_id)
    if person is None:
        return None
    return world.open(Conversation(platform, user_id, person.name, [person.id], single=True))


def is_member(conversation: Conversation, person: Person | None) -> bool:
    return person is not None and person.id in conversation.members
