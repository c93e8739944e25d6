"""One platform as the contract plays on it: its simulator, the settings that lead there, and its doors for tests."""

import asyncio
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from bot.channels.common.platform import Platform
from handlers.platforms import Traits
from sandbox.world import Conversation, Person, World

WANG = Person("wang", "王五", "生产部", dingtalk="manager164", wecom="wangwu")
PASSER_BY = Person("passer-by", "路人", dingtalk="x99", wecom="x99")
LI = Person("li", "李四", "生产部", dingtalk="li.si", wecom="lisi")


class Stage(ABC):
    """`room` is the department's conversation, as the settings and the sandbox's world name it."""

    name: ClassVar[str]
    platform: ClassVar[Platform[Any]]
    traits: ClassVar[Traits]
    room: ClassVar[str]
    robot: ClassVar[str] = "排产小助手"
    """What the bot is called there; no setting says so."""
    strange: ClassVar[str] = ""
    """A group that no setting names, where there are groups."""

    def __init__(self, world: World, seconds: float | None) -> None:
        """`seconds`: how long the platform waits for the answer to a click; None: as long as the real one."""
        self.world, self.seconds = world, seconds
        world.people = {person.id: person for person in (WANG, LI, PASSER_BY)}
        single = not self.traits.groups
        members = ["li"] if single else ["wang", "li"]
        world.open(Conversation(self.traits.prefix, self.room.partition(":")[2], "生产群", members, single))
        if self.strange:
            world.open(Conversation(self.traits.prefix, self.strange.partition(":")[2], "路过的群", members))

    @property
    @abstractmethod
    def app(self) -> Any:
        """The simulator's HTTP side."""

    @abstractmethod
    def section(self, endpoint: str) -> dict[str, Any]:
        """The platform's section of the settings; `endpoint` is where the simulator is served."""

    def identity(self, person: Person) -> str:
        """What the platform calls somebody."""
        return str(getattr(person, self.platform.name))

    def meets(self, address: str, endpoint: str) -> None:  # noqa: B027 - only who calls back needs to know
        """Both sides are served: the product at `address`, the simulator at `endpoint`."""

    def calm(self, channel: Any) -> None:  # noqa: B027 - not every channel watches the clock by itself
        """The channel has time to answer a click: a busy machine is no reason to be late."""

    def connected(self) -> bool:
        return True

    def taken(self, saying: "asyncio.Task[None]") -> bool:
        """Whether the message has been acknowledged. A platform that calls us waits for it."""
        return saying.done()

    @abstractmethod
    async def again(self) -> None:
        """The last event is delivered once more, as it was."""

    @abstractmethod
    async def garbage(self) -> None:
        """What is no event of this platform arrives, in every shape there is."""

    async def cut(self) -> None:
        """The connection breaks without a word. Where a trait says that there is one."""
        raise NotImplementedError
