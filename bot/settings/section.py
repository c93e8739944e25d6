"""Base of every section of the settings."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A section: unknown keys are mistakes, nothing changes after loading, no error repeats its input."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)
