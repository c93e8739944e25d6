"""异常: what is going wrong with the plan, one row for each thing, told once and to somebody who can act."""
