"""Mistakes in a table, for its author."""

SENTENCES: dict[str, tuple[str, str]] = {
    "table.problem": ("{where}: 写的是「{found}」；{wanted}", "{where}: found “{found}”; {wanted}"),
    "table.problem_bare": ("{where}: {wanted}", "{where}: {wanted}"),
    "table.more": ("……另有 {count} 处问题", "… and {count} more"),
    # the file
    "table.no_file": ("文件不存在", "no such file"),
    "table.unreadable": ("打不开：{why}", "cannot be opened: {why}"),
    "table.kind_of_file": ("只认 .csv、.tsv、.txt 和 .xlsx", "wanted .csv, .tsv, .txt or .xlsx"),
    "table.encoding": (
        "不是 UTF-8 也不是 GB18030 编码，请另存为「CSV UTF-8」",
        "neither UTF-8 nor GB18030, save it as CSV UTF-8",
    ),
    "table.not_a_workbook": ("不是有效的 Excel 工作簿，请另存为 .xlsx", "not a workbook, save it as .xlsx from Excel"),
    "table.too_big": ("文件超过 {limit} MB，请分成几个计划导入", "larger than {limit} MB, import it as several plans"),
    "table.too_many_rows": ("超过 {limit} 行，请分成几个计划导入", "more than {limit} rows, import it as several plans"),
    "table.too_many_columns": ("超过 {limit} 列，请删掉不用的列", "more than {limit} columns, delete those not needed"),
    "table.empty": ("没有数据行", "no rows"),
    "table.no_header": (
        "前 {rows} 行里没有找到表头，至少要有这些列：{columns}",
        "no header in the first {rows} rows, wanted at least the columns {columns}",
    ),
    "table.repeated_header": ("这一列出现了两次，只留一列", "this column stands here twice, keep one"),
    "table.stray_cell": (
        "第 {number} 列没有表头却有内容，请补表头或清空",
        "column {number} has no header but a value, add one or clear it",
    ),
    "table.csv": ("这一行不是完整的 CSV：{why}", "not proper CSV: {why}"),
    # a cell
    "table.required": ("这一格必须填写", "must be filled in"),
    "table.excel_error": ("是 Excel 的错误值，请改成实际内容", "is an Excel error, put the value itself"),
    "table.code_form": (
        "编码不能含空格、逗号或竖线，最长 {limit} 个字符",
        "a code holds no blanks, commas or bars and at most {limit} characters",
    ),
    "table.too_long": ("最长 {limit} 个字符", "at most {limit} characters"),
    "table.date": ("应为带年份的日期，如 2026-12-05", "wanted a date with its year, such as 2026-12-05"),
    "table.date_range": ("日期应在 {first} 到 {last} 之间", "wanted a date from {first} to {last}"),
    "table.whole": ("应为整数", "wanted a whole number"),
    "table.number": ("应为数字，单位写在「单位」列", "wanted a number, its unit belongs in the column unit"),
    "table.percentage": ("应为 0 到 1 之间的小数或百分数，如 0.02 或 2%", "wanted a share such as 0.02 or 2%"),
    "table.between": ("应在 {low} 到 {high} 之间", "wanted {low} to {high}"),
    "table.not_negative": ("不能小于 0", "wanted 0 or more"),
    "table.above_zero": ("应大于 0", "wanted more than 0"),
    "table.choice": ("应为其中之一：{choices}", "wanted one of: {choices}"),
    # a row
    "table.duplicate_code": ("第 {first} 行已经用了这个编码", "line {first} already has this code"),
    "table.no_place": (
        "不知道排在哪天：请填开始、完成、工期或约束日期之一",
        "nothing says when: fill in start, finish, duration_days or constraint_date",
    ),
    "table.pinned_needs_date": ("方式为「固定」时必须填开始或完成", "a pinned item needs a start or finish"),
    "table.past_needs_date": (
        "状态为执行中、完成或关闭时必须填开始或完成日期",
        "an item in progress, done or closed needs its start or finish",
    ),
    "table.constraint_needs_date": ("填了约束就要填约束日期", "a constraint needs its constraint_date"),
    "table.date_needs_constraint": (
        "填了约束日期就要填约束：不早于 或 不晚于",
        "a constraint_date needs its constraint: start_no_earlier_than or finish_no_later_than",
    ),
    "table.not_working_day": (
        "不是工作日（{calendar} 日历），前后最近的工作日是 {before} 和 {after}",
        "no working day ({calendar} calendar), the nearest are {before} and {after}",
    ),
    "table.finish_before_start": ("完成早于开始 {start}", "finish lies before the start {start}"),
    "table.duration_differs": (
        "从 {start} 到 {finish} 是 {days} 个工作日，与工期不符；改工期，或清空完成日期",
        "{start} to {finish} are {days} working days, change the duration or clear the finish",
    ),
    "table.calendar_unknown": ("没有这个日历，现有：{known}", "no such calendar, known: {known}"),
    # links
    "table.no_such_item": ("事项表里没有这个编码", "no item has this code"),
    "table.self_link": ("前置和后续是同一项", "predecessor and successor are the same item"),
    "table.duplicate_link": ("与第 {first} 行重复", "repeats line {first}"),
    "table.duplicate_product": ("这个产品出现了两次，只留一行", "this product stands here twice, keep one"),
    "table.links_twice": (
        "工作簿里已有「{sheet}」表，不要再给关系文件",
        "the workbook has the sheet {sheet} already, give no links file",
    ),
    # the whole
    "table.loop": ("关系绕成了一圈：{loop}；请去掉其中一条", "the links close a loop: {loop}; remove one of them"),
    "table.too_far": ("排到了 {last} 之后，请检查工期和间隔", "lands after {last}, check durations and lags"),
    "table.cannot_place": ("排不出日期（{code}）：{facts}", "cannot be scheduled ({code}): {facts}"),
    "table.revisions_differ": (
        "这些行来自不同版本的计划（{first} 和 {other}），请重新导出再改",
        "rows come from different revisions ({first} and {other}), export again",
    ),
}
