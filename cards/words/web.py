"""What the HTTP API says when something is not right."""

WEB: dict[str, tuple[str, str]] = {
    # titles of problems, by status
    "problem.title.400": ("请求看不懂", "Bad request"),
    "problem.title.401": ("需要令牌", "Unauthorized"),
    "problem.title.403": ("没有权限", "Forbidden"),
    "problem.title.404": ("没有找到", "Not found"),
    "problem.title.405": ("不支持这种请求方法", "Method not allowed"),
    "problem.title.409": ("与现状冲突", "Conflict"),
    "problem.title.413": ("请求太大", "Content too large"),
    "problem.title.415": ("内容类型不对", "Unsupported media type"),
    "problem.title.422": ("不能照办", "Cannot be done"),
    "problem.title.500": ("服务出错", "Internal error"),
    "problem.title.503": ("还没有就绪", "Not ready"),
    "problem.title.other": ("请求没有成功", "The request failed"),
    # sentences
    "problem.unauthorized": (
        "请在请求头写 Authorization: Bearer <令牌>；令牌在设置的 api.tokens 里。",
        "Send the header Authorization: Bearer <token>; tokens are in the settings under api.tokens.",
    ),
    "problem.forbidden": (
        "令牌“{name}”没有 {scope} 权限；请管理员在设置的 api.tokens 里加上。",
        "The token “{name}” lacks the scope {scope}; the administrator can add it in the settings under api.tokens.",
    ),
    "problem.not-found": (
        "没有这个地址：{path}。有哪些，请看 /docs。",
        "There is nothing at {path}. What there is, is described at /docs.",
    ),
    "problem.method-not-allowed": (
        "{path} 不支持 {method}。支持哪些，请看 /docs。",
        "{path} does not take {method}. What it takes is described at /docs.",
    ),
    "problem.too-large": ("请求内容超过 {limit} 字节，请分几次发送。", "The body is larger than {limit} bytes: send it in parts."),
    "problem.not-json": (
        "请求内容要是 JSON，并写上请求头 Content-Type: application/json。",
        "The body has to be JSON, with the header Content-Type: application/json.",
    ),
    "problem.bad-json": ("请求内容不是完整的 JSON，请检查括号、引号和编码（UTF-8）。", "The body is not JSON: check brackets, quotes and encoding (UTF-8)."),
    "problem.bad-json-at": (
        "请求内容从第 {pos} 个字符起不是 JSON，请检查括号和引号。",
        "The body is not JSON from character {pos} on: check brackets and quotes.",
    ),
    "problem.failed": ("请求没有成功（HTTP {http}）。", "The request failed (HTTP {http})."),
    "problem.trouble": (
        "处理请求时出了错，已经记录下来，计划没有改动。请稍后再试，或把编号 {ref} 发给管理员。",
        "Something went wrong with this request; it was recorded and nothing was changed. Try again later, or give the "
        "administrator this number: {ref}",
    ),
    "problem.unknown-item": ("计划里没有 {item}。", "There is no item {item} in the plan."),
    "problem.unknown-change": ("没有变更单 {no}。", "There is no change request {no}."),
    "problem.bad-cursor": (
        "cursor 不是这个列表给出的：请原样传回上一页的 next_cursor。",
        "The cursor is not one of this list: pass next_cursor of the page before as it was.",
    ),
    "problem.idempotency-key-reused": (
        "Idempotency-Key “{key}” 已用于另一个请求（变更单 {no}）。新的请求请换一个新的键。",
        "The Idempotency-Key “{key}” was used for another request (change request {no}). Use a new key for a new request.",
    ),
    # what is not ready
    "ready.database": ("数据库没有应答，请检查它是否在运行、能否连接。", "The database does not answer: check that it runs and can be reached."),
    "ready.migrations": (
        "数据库的表不是最新的，请运行：python run.py migrate",
        "The database's tables are not the newest: run python run.py migrate",
    ),
    # what is wrong with a value, by the validator's name of it
    "invalid.at": ("{at}：{wanted}", "{at}: {wanted}"),
    "invalid.more": ("（另有 {n} 处，见 errors）", " (and {n} more, see errors)"),
    "invalid.body": ("请求内容", "the body"),
    "invalid.other": ("这个值不对。", "this value is not right."),
    "invalid.missing": ("缺少这一项。", "this is missing."),
    "invalid.extra_forbidden": ("没有这一项，请检查拼写或删掉。", "there is no such key: check its spelling or remove it."),
    "invalid.string_type": ("应为文字。", "wanted a text."),
    "invalid.string_unicode": ("文字的编码不对（应为 UTF-8）。", "this text is not valid Unicode."),
    "invalid.string_too_short": ("至少要有 {min_length} 个字符。", "at least {min_length} characters are needed."),
    "invalid.string_too_long": ("最多 {max_length} 个字符。", "at most {max_length} characters."),
    "invalid.int_type": ("应为整数。", "wanted a whole number."),
    "invalid.int_parsing": ("应为整数。", "wanted a whole number."),
    "invalid.bool_type": ("应为 true 或 false。", "wanted true or false."),
    "invalid.greater_than_equal": ("不能小于 {ge}。", "wanted at least {ge}."),
    "invalid.less_than_equal": ("不能大于 {le}。", "wanted at most {le}."),
    "invalid.decimal_type": ("应为数字。", "wanted a number."),
    "invalid.decimal_parsing": ("应为数字。", "wanted a number."),
    "invalid.decimal_max_places": ("最多 {decimal_places} 位小数。", "at most {decimal_places} decimal places."),
    "invalid.finite_number": ("应为普通的数字。", "wanted an ordinary number."),
    "invalid.literal_error": ("应为其中之一：{expected}。", "wanted one of: {expected}."),
    "invalid.none_required": ("这个 op 不需要 to，请删掉。", "this op takes no to: remove it."),
    "invalid.list_type": ("应为一个列表。", "wanted a list."),
    "invalid.too_short": ("至少要有 {min_length} 项。", "at least {min_length} entries are needed."),
    "invalid.too_long": ("最多 {max_length} 项。", "at most {max_length} entries."),
    "invalid.model_type": ("应为一个对象。", "wanted an object."),
    "invalid.model_attributes_type": ("应为一个对象。", "wanted an object."),
    "invalid.union_tag_invalid": ("没有 op “{tag}”；有：{expected_tags}。", "there is no op “{tag}”; there are: {expected_tags}."),
    "invalid.union_tag_not_found": ("缺少 op。", "op is missing."),
    "invalid.day": ("应为日期 YYYY-MM-DD，如 2026-12-05。", "wanted a date YYYY-MM-DD such as 2026-12-05."),
    "invalid.cell": ("应为文字、数字、true 或 false。", "wanted a text, a number, true or false."),
    "invalid.unreadable": ("不能含控制字符。", "must not hold control characters."),
    "invalid.since": (
        "应为版本号（如 12）或带时区的时刻（如 2026-12-05T08:00:00+08:00）。",
        "wanted a revision's number (12) or an instant with its zone (2026-12-05T08:00:00+08:00).",
    ),
    "invalid.instant": (
        "应为带时区的时刻，如 2026-12-05T08:00:00+08:00。",
        "wanted an instant with its zone such as 2026-12-05T08:00:00+08:00.",
    ),
    "invalid.key": (
        "应为 1 到 200 个可见的 ASCII 字符，如一个 UUID。",
        "wanted 1 to 200 visible ASCII characters, for example a UUID.",
    ),
    "invalid.department": ("没有部门“{department}”；有：{departments}。", "there is no department “{department}”; there are: {departments}."),
}
