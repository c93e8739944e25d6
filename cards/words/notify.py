"""通知: one line to whom it concerns."""

SENTENCES: dict[str, tuple[str, str]] = {
    "notify.understood": ("理解为：{what}，通知{whom}", "Understood as: {what}; {whom} is told"),
    "notify.which": ("说的是哪一单？通知{whom}", "Which one is it? {whom} is told"),
    "notify.later": ("{item} 推迟 {n} 天", "{item} {n} days later"),
    "notify.earlier": ("{item} 提前 {n} 天", "{item} {n} days earlier"),
    "notify.to": ("{item} 改到 {date}", "{item} to {date}"),
    "notify.so": ("就是", "That is it"),
    "notify.this": ("{what}", "{what}"),
    "notify.only": ("不是，只通知", "No, only tell them"),
}
