"""The command line, to whoever runs the bot."""

SENTENCES: dict[str, tuple[str, str]] = {
    # done
    "cli.migrated": ("数据库的表已是最新：{place}", "The database's tables are up to date: {place}"),
    "cli.imported": ("已导入为第 {revision} 版：{items} 项、{links} 条关系", "Imported as revision {revision}: {items} items, {links} links"),
    "cli.changed": ("与上一版相比改了 {count} 处：", "{count} changes against the revision before:"),
    "cli.unchanged": ("与上一版没有差别", "Nothing differs from the revision before"),
    "cli.line": ("  {item} {title}：{field} {before} → {after}", "  {item} {title}: {field} {before} → {after}"),
    "cli.more": ("  ……另有 {count} 处", "  … and {count} more"),
    "cli.exported": ("已导出第 {revision} 版（{items} 项、{links} 条关系）：{files}", "Exported revision {revision} ({items} items, {links} links): {files}"),
    "cli.demo-ready": ("通盘演示已启动，请打开", "Tongpan's demo is ready at the address above. Ctrl-C stops it."),
    "cli.demo-now": ("现在是 {day}（{weekday}）{time}", "It is {day} ({weekday}) {time}"),
    # why not
    "cli.unexpected": ("出了意外，请把编号 {ref} 和日志里的这一条一起交给开发者。", "Something unexpected happened: give the developers the reference {ref} and its log entry."),
    "cli.in-use": (
        "{place} 正被另一个进程使用（多半是正在运行的机器人）。请先停下它再试；要多个进程同时用，请改用 PostgreSQL。",
        "Another process (a running bot, most likely) has {place} open. Stop it first; several processes need PostgreSQL.",
    ),
    "cli.unreachable": ("数据库 {place} 用不了：{why}。请检查设置里的 database.url，以及数据库是否在运行。", "The database {place} cannot be used: {why}. Check database.url in the settings, and whether it is running."),
    "cli.bad-address": ("database.url: 不是可用的数据库地址（{why}）", "database.url: not a usable address ({why})"),
    "cli.file": ("{file}：{why}。请检查路径和权限。", "{file}: {why}. Check the path and its permissions."),
    "cli.kind-of-file": ("{file}：只能导出成 .csv、.tsv 或 .xlsx，请换一个文件名。", "{file}: only .csv, .tsv or .xlsx can be written, choose another name."),
    "cli.tables-missing": ("数据库 {place} 里还没有通盘的表。请运行：python run.py migrate", "The database {place} has no tables of Tongpan yet. Run: python run.py migrate"),
    "cli.tables-older": ("数据库 {place} 的表是旧版程序的。请运行：python run.py migrate", "The tables of {place} are those of an older program. Run: python run.py migrate"),
    "cli.tables-newer": ("数据库 {place} 已由更新版本的程序升级过，这个版本不认识。请更新程序，或用升级前的备份。", "A newer program has migrated {place}; this one does not know its tables. Update it, or restore a backup."),
    "cli.cannot-listen": (
        "{host}:{port} 不能监听：{why}。请停掉占用它的程序，或改设置里的 server.host、server.port。",
        "Cannot listen on {host}:{port}: {why}. Stop what uses it, or change server.host or server.port in the settings.",
    ),
    "cli.proxy": (
        "环境变量 {variable} 里的代理用不了：{found}。请写成 http://主机:端口，或去掉这个变量，或把平台的地址写进 NO_PROXY。",
        "The proxy in the environment's {variable} cannot be used: {found}. Write http://host:port, unset it, or name the platforms' addresses in NO_PROXY.",
    ),
    "cli.demo-port": ("端口 {port} 不能监听：{why}。请换一个：python run.py demo --port 8081", "Cannot listen on port {port}: {why}. Take another: python run.py demo --port 8081"),
}
