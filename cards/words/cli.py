"""What the command line says to the one who runs the bot."""

CLI: dict[str, tuple[str, str]] = {
    # done
    "cli.migrated": ("数据库的表已是最新：{place}", "The database's tables are up to date: {place}"),
    "cli.imported": (
        "已导入为第 {revision} 版：{items} 项、{links} 条关系",
        "Imported as revision {revision}: {items} items, {links} links",
    ),
    "cli.changed": ("与上一版相比改了 {count} 处：", "{count} changes against the revision before:"),
    "cli.unchanged": ("与上一版没有差别", "Nothing differs from the revision before"),
    "cli.line": ("  {item} {title}：{field} {before} → {after}", "  {item} {title}: {field} {before} → {after}"),
    "cli.more": ("  ……另有 {count} 处", "  … and {count} more"),
    "cli.exported": (
        "已导出第 {revision} 版（{items} 项、{links} 条关系）：{files}",
        "Exported revision {revision} ({items} items, {links} links): {files}",
    ),
    # why not
    "cli.in-use": (
        "{place} 正被另一个进程使用（多半是正在运行的机器人）。请先停下它再试；要多个进程同时用，请改用 PostgreSQL。",
        "Another process (a running bot, most likely) has {place} open. Stop it first; several processes need PostgreSQL.",
    ),
    "cli.unreachable": (
        "数据库 {place} 用不了：{why}。请检查设置里的 database.url，以及数据库是否在运行。",
        "The database {place} cannot be used: {why}. Check database.url in the settings, and whether it is running.",
    ),
    "cli.bad-address": ("database.url: 不是可用的数据库地址（{why}）", "database.url: not a usable address ({why})"),
    "cli.file": ("{file}：{why}。请检查路径和权限。", "{file}: {why}. Check the path and its permissions."),
    "cli.kind-of-file": (
        "{file}：只能导出成 .csv、.tsv 或 .xlsx，请换一个文件名。",
        "{file}: only .csv, .tsv or .xlsx can be written, choose another name.",
    ),
    "cli.tables-missing": (
        "数据库 {place} 里还没有通盘的表。请运行：python run.py migrate",
        "The database {place} has no tables of Tongpan yet. Run: python run.py migrate",
    ),
    "cli.tables-older": (
        "数据库 {place} 的表是旧版程序的。请运行：python run.py migrate",
        "The tables of {place} are those of an older program. Run: python run.py migrate",
    ),
    "cli.tables-newer": (
        "数据库 {place} 已由更新版本的程序升级过，这个版本不认识。请更新程序，或用升级前的备份。",
        "A newer program has migrated {place}; this one does not know its tables. Update it, or restore a backup.",
    ),
    "cli.cannot-listen": (
        "{host}:{port} 不能监听：{why}。请停掉占用它的程序，或改设置里的 server.host、server.port。",
        "Cannot listen on {host}:{port}: {why}. Stop what uses it, or change server.host or server.port in the settings.",
    ),
    "cli.demo-port": (
        "端口 {port} 不能监听：{why}。请换一个：python run.py demo --port 8081",
        "Cannot listen on port {port}: {why}. Take another: python run.py demo --port 8081",
    ),
    # doctor
    "doctor.settings": ("设置 {file}：{departments} 个部门、{people} 人", "Settings {file}: {departments} departments, {people} people"),
    "doctor.database": ("数据库 {place}：可用，表是最新的", "Database {place}: answers, its tables are the newest"),
    "doctor.sqlite-fault": (
        "SQLite {version} 有可能损坏数据库的缺陷（WAL-reset，3.51.3 修复）。请安装 pysqlite3，或改用 PostgreSQL。",
        "SQLite {version} has a fault that can corrupt the database (WAL-reset, repaired in 3.51.3). Install pysqlite3, or use PostgreSQL.",
    ),
    "doctor.plan": (
        "计划“{name}”：第 {revision} 版，{items} 项、{links} 条关系",
        "Plan {name}: revision {revision}, {items} items, {links} links",
    ),
    "doctor.chain": ("版本链：{count} 版，逐版校验无误", "Revision chain: {count} revisions, each follows from the one before"),
    "doctor.chain-broken": (
        "版本链在第 {revision} 版（{change}）断了：这一版或它之前的记录被改动过。请与备份核对后恢复。",
        "The revision chain breaks at revision {revision} ({change}): it, or one before it, was altered. Compare with a backup and restore.",
    ),
    "doctor.head-differs": (
        "计划停在第 {head} 版，版本链到第 {last} 版：数据库被绕过通盘改动过。请与备份核对后恢复。",
        "The plan stands at revision {head}, its chain ends at {last}: the database was altered from outside. Compare with a backup and restore.",
    ),
    "doctor.channel": ("{platform}：凭证有效", "{platform}: the credentials are accepted"),
    "doctor.channel-address": (
        "{platform}：地址连得上（密钥要到启动时才验证，以免挤掉正在运行的机器人）",
        "{platform}: its address answers (the secret is tried at start only, or it would throw out a running bot)",
    ),
    "doctor.channel-callback": (
        "{platform}：回调方式，没有要验证的凭证",
        "{platform}: callback mode, there are no credentials to try",
    ),
    "doctor.channel-wrong": ("{platform}：{why}", "{platform}: {why}"),
    "doctor.channel-slow": (
        "{seconds} 秒没有应答。请检查网络和 endpoint",
        "no answer within {seconds} s. Check the network and the endpoint",
    ),
    "doctor.unexpected": (
        "检查 {what} 时出了意外，编号 {ref}，详情见日志",
        "the check of {what} failed unexpectedly, see {ref} in the log",
    ),
    "doctor.callback": ("{platform}的回调地址：{url}（填到企业微信后台）", "Callback address of {platform}: {url} (enter it at WeCom)"),
    "doctor.no-public-url": (
        "{platform}要回调，但没有写 server.public_url：填外网能访问到本服务的 https 地址",
        "{platform} calls back, but server.public_url is not set: give the https address the outside reaches this service at",
    ),
    "doctor.fine": ("一切正常", "All is well"),
    "doctor.mend": ("有 {count} 处要处理", "{count} to mend"),
    "platform.dingtalk": ("钉钉", "DingTalk"),
    "platform.wecom": ("企业微信智能机器人", "The WeCom aibot"),
    "platform.wecom-app": ("企业微信自建应用", "The WeCom app"),
}
