"""The worked number of progress by department."""

from fractions import Fraction
from pathlib import Path

from .departments import departments
from .forecast import Outlook
from .tables import at, read_from


def test_the_worked_number(tmp_path: Path) -> None:
    company = read_from(
        tmp_path,
        items="""code,type,department,quantity,duration_days,start,finish
            MO-1,production,prod,1000,10,2026-11-30,2026-12-11
            MO-2,production,prod,100,5,2026-11-26,2026-12-02
            MO-3,production,prod,100,5,2026-12-02,2026-12-08""",
        reports="""no,item,kind,day,at,good
            RP-1,MO-1,quantity,2026-12-02,2026-12-02T08:00:00+00:00,225
            RP-2,MO-2,quantity,2026-12-02,2026-12-02T08:00:00+00:00,100""",
    )
    planned, actual, quotient, *rest = departments(Outlook(company, at("12-02")))["prod"].told()
    assert (planned, actual) == (Fraction(45, 100), Fraction(3625, 10000))
    assert (round(float(quotient or 0), 2), rest) == (0.81, [0, 0, 0])
