"""A company of 300 people in 40 departments, as a platform's directory shows it; always the same one."""

import random

from sandbox.contacts import TOP, Contacts, Employee, Unit
from sandbox.dingtalk.contacts import GRANTED

PEOPLE, UNITS, LARGE = 300, 40, 130
"""How many there are, and how many of them are in the largest department: more than an answer holds."""
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉"


def big_directory(seed: int = 7) -> Contacts:
    """The company is department 1; 39 others lie below it in up to four levels. Names are all different but two."""
    dice = random.Random(seed)
    units = {TOP: Unit(TOP, "大公司", 0)}
    for id in range(2, UNITS + 1):
        parent = TOP if id <= 9 else dice.choice([one for one in units if one > 1])
        units[id] = Unit(id, f"部门{id:02}", parent)
    units[2].name, units[3].name, units[4].name = "采购部", "生产部", "质量部"
    names = [f"{a}{b}{c}" for a in SURNAMES for b in GIVEN for c in GIVEN[:5]]
    dice.shuffle(names)
    employees = dict[str, Employee]()
    for n in range(PEOPLE):
        unit = 3 if n < LARGE else dice.choice([*units])
        user = f"u{n:03}"
        employees[user] = Employee(
            user, names[n], [unit], number=f"N{n:04}", title="员工", mobile=f"1380000{n:04}"
        )
    employees["u201"].name = employees["u202"].name
    employees["u201"].units, employees["u202"].units = [2], [4]
    employees["u203"].units = [2, 4]
    units[2].leaders, units[3].leaders = ["u203"], ["u000", "u001"]
    return Contacts(units, employees, permissions={*GRANTED})
