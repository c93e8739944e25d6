"""What every section of the settings shares."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Unknown keys are mistakes; nothing changes after loading; no input is repeated in an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)
