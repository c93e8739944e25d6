"""Problems of a request to the API."""

SENTENCES: dict[str, tuple[str, str]] = {
    # titles, by status
    "problem.unknown-setting": ("设置里没有这一页。", "The settings have no such page."),
    "problem.title.400": ("请求看不懂", "Bad request"),
    "problem.title.401": ("需要令牌", "Unauthorized"),
    "problem.title.403": ("没有权限", "Forbidden"),
    "problem.title.404": ("没有找到", "Not found"),
    "problem.title.405": ("不支持这种请求方法", "Method not allowed"),
    "problem.title.409": ("与现状冲突", "Conflict"),
    "problem.title.413": ("请求太大", "Content too large"),
    "problem.title.415": ("内容类型不对", "Unsupported media type"),
    "problem.title.422": ("不能照办", "Cannot be done"),
    "problem.title.429": ("请求太快", "Too many requests"),
    "problem.title.500": ("服务出错", "Internal error"),
    "problem.title.503": ("还没有就绪", "Not ready"),
    "problem.title.other": ("请求没有成功", "The request failed"),
    # sentences
    "problem.not-permitted": ("{method} {path} 没有设定需要哪种权限，所以不能用。请联系管理员。", "It is not settled which scope {method} {path} needs, so it cannot be used. Ask the administrator."),
    "problem.no-font": (
        "服务器上没有中文字体，画出来的 PNG 没有字。请安装一种（如 Debian 的 fonts-noto-cjk），或改用 picture.svg。",
        "This machine has no font for the words in it, a PNG would be empty: install one (Debian: fonts-noto-cjk), or "
        "ask for picture.svg.",
    ),
    "problem.no-picture": ("这张图没有画成，原因已经记录。请改用 picture.svg。", "The picture could not be drawn; why was recorded. Ask for picture.svg."),
    "problem.unauthorized": ("请在请求头写 Authorization: Bearer <令牌>；令牌在设置的 api.tokens 里。", "Send the header Authorization: Bearer <token>; tokens are in the settings under api.tokens."),
    "problem.forbidden": ("令牌“{name}”没有 {scope} 权限；请管理员在设置的 api.tokens 里加上。", "The token “{name}” lacks the scope {scope}; the administrator can add it in the settings under api.tokens."),
    "problem.not-found": ("没有这个地址：{path}。有哪些，请看 /docs。", "There is nothing at {path}. What there is, is described at /docs."),
    "problem.method-not-allowed": ("{path} 不支持 {method}。支持哪些，请看 /docs。", "{path} does not take {method}. What it takes is described at /docs."),
    "problem.too-large": ("请求内容超过 {limit} 字节，请分几次发送。", "The body is larger than {limit} bytes: send it in parts."),
    "problem.too-fast": ("令牌“{name}”一分钟最多 {limit} 次请求，请按 Retry-After 稍后再发。", "The token “{name}” has {limit} requests a minute: send the next one after Retry-After."),
    "problem.not-json": ("请求内容要是 JSON，并写上请求头 Content-Type: application/json。", "The body has to be JSON, with the header Content-Type: application/json."),
    "problem.bad-json": ("请求内容不是完整的 JSON，请检查括号、引号和编码（UTF-8）。", "The body is not JSON: check brackets, quotes and encoding (UTF-8)."),
    "problem.bad-json-at": ("请求内容从第 {pos} 个字符起不是 JSON，请检查括号和引号。", "The body is not JSON from character {pos} on: check brackets and quotes."),
    "problem.failed": ("请求没有成功（HTTP {http}）。", "The request failed (HTTP {http})."),
    "problem.trouble": (
        "处理请求时出了错，已经记录下来，计划没有改动。请稍后再试，或把编号 {ref} 发给管理员。",
        "Something went wrong with this request; it was recorded and nothing was changed. Try again later, or give the "
        "administrator this number: {ref}",
    ),
    "problem.unknown-item": ("计划里没有 {item}。", "There is no item {item} in the plan."),
    "problem.unknown-plan": ("没有计划 {plan}，可用的：{known}。", "There is no plan {plan}; known: {known}."),
    "problem.which-plan": ("这里有几个计划，请用 ?plan= 指明一个：{known}。", "There are several plans here: name one with ?plan=, of {known}."),
    "problem.unknown-change": ("没有变更单 {no}。", "There is no change request {no}."),
    "problem.effect-changed": ("这张影响和上一页的不是同一个：请从第一页重新取。", "The effect is not the one of the page before: begin with the first page again."),
    "problem.bad-cursor": ("cursor 不是这个列表给出的：请原样传回上一页的 next_cursor。", "The cursor is not one of this list: pass next_cursor of the page before as it was."),
    "problem.idempotency-key-reused": (
        "Idempotency-Key “{key}” 已用于另一个请求（变更单 {no}）。新的请求请换一个新的键。",
        "The Idempotency-Key “{key}” was used for another request (change request {no}). Use a new key for a new request.",
    ),
    # what is not ready
    "problem.ready.database": ("数据库没有应答，请检查它是否在运行、能否连接。", "The database does not answer: check that it runs and can be reached."),
    "problem.ready.writing": ("数据库写不进去（被锁住、磁盘满、只读或出错），请看日志；这期间收到的消息不会确认。", "Nothing can be written to the database (locked, disk full, read-only, or broken), see the log. Meanwhile nothing that comes in is acknowledged."),
    "problem.ready.moved": ("数据库文件已不是启动时打开的那个（被删除或替换）。请放回正确的文件并重启；这期间收到的消息不会确认。", "The database's file is no longer the one that was opened (deleted or replaced). Put the right one in its place and restart. Meanwhile nothing that comes in is acknowledged."),
    "problem.ready.loop": ("{loop} 已连续失败 {count} 次，原因见日志。", "{loop} has failed {count} times in a row, the log says why."),
    "problem.ready.newer": ("数据库的表已由更新版本的程序升级过，这个版本用不了：请更新程序。", "A newer program has migrated the database, and this one cannot use its tables: update it."),
    "problem.ready.migrations": ("数据库的表不是最新的，请运行：python run.py migrate", "The database's tables are not the newest: run python run.py migrate"),
}
