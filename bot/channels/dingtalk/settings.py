"""The section `dingtalk` of `config.yaml`."""

from pydantic import Field

from bot.settings.kinds import HttpAddress, Secret, Section, Text


class DingTalkSettings(Section):
    client_id: Text
    client_secret: Secret
    robot_code: str = ""
    name: str = ""
    """What people call the robot, where they type it: the platform takes its mention out of what they say."""
    corp_id: str = ""
    """Our organisation; empty: the first message of somebody we know pins it, and clicks before it are not checked for
    it."""
    card_template_id: Text
    monthly_calls: int = Field(default=5000, ge=0)
    """Calls that the company's edition of DingTalk has in a month; 0: they are counted by nobody."""
    endpoint: HttpAddress = "https://api.dingtalk.com"

    @property
    def robot(self) -> str:
        """The robot's code; an app's own robot has the app's client id."""
        return self.robot_code or self.client_id
