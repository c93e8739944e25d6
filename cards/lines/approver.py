"""Names of approvers: a department, or everybody with a role."""

from cards.words import Words
from planning.people.organisation import Organisation
from planning.people.principal import Principal


def approver_name(words: Words, organisation: Organisation, key: str) -> str:
    """`role:coordinator` → 协调员；`production` → 生产部; nobody's items → （无部门）."""
    asked = Principal.parse(key)
    if asked.is_role:
        code = f"approver.role.{asked.id}"
        return words(code) if words.knows(code) else key  # one that an older request still names
    return organisation.department_name(key) or words("value.nobody")
