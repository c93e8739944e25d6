"""Settings: single values, and sections by themselves."""

SENTENCES: dict[str, tuple[str, str]] = {
    # the file as a whole, before its language is known
    "settings.copy_example": ("先把 config.example.yaml 复制成这个文件再改", "copy config.example.yaml to start"),
    "settings.yaml": ("应为 UTF-8 编码的 YAML", "YAML in UTF-8"),
    # a key
    "settings.missing": ("这一项必须填写", "this key must be set"),
    "settings.unknown_key": ("没有这个设置项，请删掉", "there is no such key, remove it"),
    "settings.unknown_key_near": ("没有这个设置项，是不是想写 {near}？", "there is no such key, did you mean {near}?"),
    "settings.duplicate_key": ("同一处写了两次 {name}，只留一个", "{name} stands here twice, keep one"),
    "settings.environment": ("环境变量 {name} 没有设置，启动前先 export {name}=…", "environment variable {name} is not set, export {name}=… before starting"),
    "settings.int_parsing": ("应为整数", "wanted a whole number"),
    "settings.bool_parsing": ("应为 true 或 false", "wanted true or false"),
    "settings.greater_than_equal": ("不能小于 {ge}", "wanted at least {ge}"),
    "settings.less_than_equal": ("不能大于 {le}", "wanted at most {le}"),
    "settings.literal_error": ("应为其中之一：{expected}", "wanted one of: {expected}"),
    "settings.enum": ("应为其中之一：{expected}", "wanted one of: {expected}"),
    "settings.string_type": ("应为一段文字", "wanted a text"),
    "settings.string_too_short": ("不能为空", "must not be empty"),
    "settings.too_short": ("至少写一项", "wanted at least one entry"),
    "settings.model_type": ("应为一组「键: 值」", "wanted a section of “key: value” lines"),
    "settings.tuple_type": ("应为一个列表，每项以「- 」开头", "wanted a list, each entry starting with “- ”"),
    # of a form
    "settings.identifier": ("不能为空，也不能含空格、逗号或竖线", "must not be empty or hold blanks, commas or bars"),
    "settings.http_address": ("应为 http:// 或 https:// 开头的地址", "wanted an address starting with http:// or https://"),
    "settings.websocket_address": ("应为 ws:// 或 wss:// 开头的地址", "wanted an address starting with ws:// or wss://"),
    "settings.database_url": ("应为 sqlite:///文件 或 postgresql+psycopg://用户@主机/库", "wanted sqlite:///file or postgresql+psycopg://user@host/database"),
    "settings.time_of_day": ("应为 24 小时制的时间，如 \"08:30\"", "wanted a time of day such as \"08:30\""),
    "settings.time_window": ("应为一段时间，如 \"09:00-18:00\"", "wanted a span of time such as \"09:00-18:00\""),
    "settings.timezone": ("应为时区名，如 Asia/Shanghai", "wanted a time zone such as Asia/Shanghai"),
    "settings.date_from_datetime_parsing": ("应为日期，如 2026-11-11", "wanted a date such as 2026-11-11"),
    "settings.date_parsing": ("应为日期，如 2026-11-11", "wanted a date such as 2026-11-11"),
    "settings.days": ("应为日期或一段日期，如 2026-12-24 或 2026-12-24~2027-01-03，最多 400 天", "wanted a date or a range such as 2026-12-24 or 2026-12-24~2027-01-03, at most 400 days"),
    "settings.token_hash": ("sha256: 后面应为 64 位小写十六进制：printf %s \"$TOKEN\" | sha256sum", "wanted 64 lower-case hexadecimal digits after sha256:, as of printf %s \"$TOKEN\" | sha256sum"),
    "settings.proxy": ("应为 IP 地址或网段，如 127.0.0.1 或 10.0.0.0/8", "wanted an IP address or a network such as 127.0.0.1 or 10.0.0.0/8"),
    "settings.aes_key": ("应为企业微信后台给的 43 位 EncodingAESKey（字母和数字）", "wanted the 43 letters and digits of WeCom's EncodingAESKey"),
    "settings.conversation": ("应为 {forms:zh}", "wanted {forms:en}"),
}
