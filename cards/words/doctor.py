"""The check-up's findings, and how to mend them."""

SENTENCES: dict[str, tuple[str, str]] = {
    "doctor.settings": ("设置 {file}：{departments} 个部门、{people} 人", "Settings {file}: {departments} departments, {people} people"),
    "doctor.database": ("数据库 {place}：可用，表是最新的", "Database {place}: answers, its tables are the newest"),
    "doctor.beside": (
        "数据库 {place}：可用；表由更新版本的程序升级过，这个版本还能用，请尽快更新程序",
        "Database {place}: answers; a newer program has migrated its tables, and this one can still use them: update it soon",
    ),
    "doctor.open-to-others": (
        "这台机器上的其他用户读得到：{paths}。请运行 chmod go= {paths}",
        "Other users of this machine can read {paths}. Run: chmod go= {paths}",
    ),
    "doctor.sqlite-fault": (
        "SQLite {version} 有可能损坏数据库的缺陷（WAL-reset，3.51.3 修复）。请安装 pysqlite3，或改用 PostgreSQL。",
        "SQLite {version} has a fault that can corrupt the database (WAL-reset, repaired in 3.51.3). Install pysqlite3, or use PostgreSQL.",
    ),
    "doctor.plan": ("计划“{name}”：第 {revision} 版，{items} 项、{links} 条关系", "Plan {name}: revision {revision}, {items} items, {links} links"),
    "doctor.chain": ("版本链：{count} 版，逐版校验无误", "Revision chain: {count} revisions, each follows from the one before"),
    "doctor.chain-broken": (
        "版本链在第 {revision} 版（{change}）断了：这一版或它之前的记录被改动过。请与备份核对后恢复。",
        "The revision chain breaks at revision {revision} ({change}): it, or one before it, was altered. Compare with a backup and restore.",
    ),
    "doctor.head-differs": (
        "计划停在第 {head} 版，版本链到第 {last} 版：数据库被绕过通盘改动过。请与备份核对后恢复。",
        "The plan stands at revision {head}, its chain ends at {last}: the database was altered from outside. Compare with a backup and restore.",
    ),
    "doctor.audit": ("审计链：{count} 条，逐条校验无误", "Audit trail: {count} events, each follows from the one before"),
    "doctor.channel": ("{platform}：凭证有效", "{platform}: the credentials are accepted"),
    "doctor.channel-address": ("{platform}：地址连得上（密钥要到启动时才验证，以免挤掉正在运行的机器人）", "{platform}: its address answers (the secret is tried at start only, or it would throw out a running bot)"),
    "doctor.channel-callback": ("{platform}：回调方式，没有要验证的凭证", "{platform}: callback mode, there are no credentials to try"),
    "doctor.channel-wrong": ("{platform}：{why}", "{platform}: {why}"),
    "doctor.directory": ("{platform}：通讯录能看到，可以「同步 通讯录」", "{platform}: the directory can be read, `sync directory` works"),
    "doctor.directory-not": ("{platform}：看不到通讯录，别的功能不受影响。{why}", "{platform}: the directory cannot be read; nothing else depends on it. {why}"),
    "doctor.channel-slow": ("{seconds} 秒没有应答。请检查网络和 endpoint", "no answer within {seconds} s. Check the network and the endpoint"),
    "doctor.callback": ("{platform}的回调地址：{url}（填到企业微信后台）", "Callback address of {platform}: {url} (enter it at WeCom)"),
    "doctor.copied": ("{file} 第 {line} 行 {key}：还是 config.example.yaml 里的值，不是贵公司的。换成自己的", "{file}, line {line}, {key}: still the value of config.example.yaml, and nobody's. Put your own there"),
    "doctor.pages": ("网页：{url}（给机器人发“链接”打开）", "Pages: {url} (send “link” to the bot to open them)"),
    "doctor.pages-open": ("网页：{url} 没有加密，登录可能被人截走。请在前面放一个 https 的反向代理", "Pages: {url} is not encrypted, and a log-in can be read on its way. Put a proxy with https in front"),
    "doctor.no-proxies": (
        "没有写 server.trusted_proxies：反向代理后面的人看起来都从一个地址来，登录失败只能按所有人合计，审计里也只有代理的地址。写上代理的地址，"
        "如 [127.0.0.1]，并让它设置 X-Forwarded-For",
        "server.trusted_proxies is not set: behind the reverse proxy everybody comes from one address, so that failed log-ins are counted for all "
        "together, and the audit trail has the proxy's address. Give it, as in [127.0.0.1], and have the proxy set X-Forwarded-For",
    ),
    "doctor.no-pages": ("网页没有开放：没有写 server.public_url", "The pages are not open: server.public_url is not set"),
    "doctor.no-public-url": (
        "{platform}要回调，但没有写 server.public_url：填外网能访问到本服务的 https 地址",
        "{platform} calls back, but server.public_url is not set: give the https address the outside reaches this service at",
    ),
    "doctor.company": (
        "{platform}：设置里没有 corp_id，已把第一条消息的企业 {company} 当作本企业；不对的话请在设置里写明",
        "{platform}: no corp_id in the settings; the company of the first message, {company}, is taken for ours. If that is wrong, set it",
    ),
    # the test card
    "doctor.send-serves": (
        "没有正在运行的 serve：现在临时运行机器人，等到有人点或时间到为止；其间的消息照常处理",
        "No serve is running: the bot runs now until somebody presses or the time is over; what is said to it meanwhile is handled as always",
    ),
    "doctor.send-asked": (
        "测试卡发往{department}（{conversation}），请在 {wait} 秒内点一下卡上的“收到了”",
        "A test card is on its way to {department} ({conversation}): press “It is here” on it within {wait} s",
    ),
    "doctor.send-pressed": (
        "{department}：{name} 点到了，卡片送得到，点击收得到",
        "{department}: {name} pressed it; cards arrive there, and clicks come back",
    ),
    "doctor.send-not-pressed": (
        "{department}：平台收下了卡片，{wait} 秒内没有收到点击。群里看得到卡片却点了没反应，请查平台的回调或长连接设置；没有人看到，请核对会话 {conversation}。"
        "再试：python run.py doctor --send {department}",
        "{department}: the platform took the card, and no click came back within {wait} s. If it is seen there and pressing does nothing, check the "
        "platform's callback or stream; if nobody sees it, check the conversation {conversation}. Again: python run.py doctor --send {department}",
    ),
    "doctor.send-lost": ("{department}：卡片没有送到 {conversation}。{why}", "{department}: the card did not reach {conversation}. {why}"),
    "doctor.send-no-reason": ("平台还没有收下它，原因在服务的日志里", "The platform has not taken it yet; why is in the service's log"),
    "doctor.send-no-platform": (
        "设置里没有平台，没有地方可发。先运行：python run.py init",
        "No platform is set up, so there is nowhere to send it. First: python run.py init",
    ),
    "doctor.send-gone": (
        "机器人（{place}）没有应答，可能刚停下。再试一次；还不行请看它的日志",
        "The bot at {place} does not answer, it may have just stopped. Try again, or look at its log",
    ),
    "doctor.send-not-ours": (
        "{place} 上运行的不认这份设置里的平台密钥：可能是别的程序，或 serve 用的是旧密钥或旧版本。重启 serve 再试",
        "What runs at {place} does not know the platforms' secrets of these settings: another program, or a serve with former secrets or of a former version. Restart serve and try again",
    ),
    "doctor.unexpected": ("检查 {what} 时出了意外，编号 {ref}，详情见日志", "the check of {what} failed unexpectedly, see {ref} in the log"),
    "doctor.language": (
        "语言模型 {model}：已设置；run.py doctor --model 试问一次", "Language model {model}: set up; run.py doctor --model asks it once",
    ),
    "doctor.language-answers": ("语言模型 {model}：答了 {found}", "Language model {model}: it answers {found}"),
    "doctor.language-empty": (
        "语言模型 {model}：能答，但试问的句子一条命令也没给。换个大些的模型会更准",
        "Language model {model}: it answers, but proposed no command for the question. A larger model understands more",
    ),
    "doctor.language-none": (
        "语言模型 {model}：{seconds} 秒内没有能用的回答（{why}）。请检查 language 里的 url、key、model；没有它通盘照常用",
        "Language model {model}: no usable answer within {seconds} s ({why}). Check url, key and model in the section language; all else works without",
    ),
    # the end
    "doctor.fine": ("一切正常", "All is well"),
    "doctor.mend": ("有 {count} 处要处理", "{count} to mend"),
    # platforms
}
