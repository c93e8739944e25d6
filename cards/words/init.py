"""`run.py init`: what it asks, to whoever sets the bot up."""

SENTENCES: dict[str, tuple[str, str]] = {
    "init.set": ("--set：写的是「{found}」，应为 键=值，如 dingtalk.endpoint=https://…", "--set: found “{found}”, wanted KEY=VALUE such as dingtalk.endpoint=https://…"),
    "init.public_url": ("大家打开网页的 https 地址，企业微信应用的回调也用它（没有就回车）", "The https address at which people reach the pages, and WeCom's app calls back (Enter: none)"),
    "init.connect": ("接上{what}？", "Connect {what}?"),
    "init.kept": ("（已有，回车不变）", " (there is one: Enter keeps it)"),
    "init.made": ("  已生成，记在 {variable}；到后台填同一个值", "  made, and kept as {variable}: enter the same in the console"),
    "init.form": ("这几项填得不对：{keys}", "These are not right: {keys}"),
    "init.checking": ("正在向{platform}核对……", "Asking {platform} …"),
    "init.keep-anyway": ("照样写下？不写就再问一遍", "Keep it all the same? Otherwise you are asked again"),
    "init.nothing": ("一个平台也没有接，什么也没有写。", "No platform was connected; nothing was written."),
    "init.quotes": ("{file} 第 {line} 行的引号没有成对。请改好（值里有引号就整个放进另一种引号里），再运行 init", "The quotes in line {line} of {file} do not end. Mend it (a value with a quote goes into quotes of the other kind), then run init again"),
    "init.same": ("{file} 没有变化", "{file} is as it was"),
    "init.overwrite": ("{file} 已经有了，写新的吗？原来的存为 {former}（注释只在那里面）", "{file} is there. Write the new one? The former is kept as {former}, and its comments there alone"),
    "init.left": ("{file} 没有动", "{file} was left as it is"),
    "init.written": ("写好了 {file}", "Wrote {file}"),
    "init.next": (
        "接下来：\n  set -a; . {env}; set +a\n  python run.py doctor --config {config}\n  python run.py first-admin --config {config}\n  python run.py serve --config {config}",
        "Next:\n  set -a; . {env}; set +a\n  python run.py doctor --config {config}\n  python run.py first-admin --config {config}\n  python run.py serve --config {config}",
    ),
}
