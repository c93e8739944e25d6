"""The command line, to whoever runs the bot."""

SENTENCES: dict[str, tuple[str, str]] = {
    # done
    "cli.migrated": ("数据库的表已是最新：{place}", "The database's tables are up to date: {place}"),
    "cli.imported": ("已导入为第 {revision} 版：{items} 项、{links} 条关系", "Imported as revision {revision}: {items} items, {links} links"),
    "cli.unchanged": ("与第 {revision} 版没有差别，不用导入", "Nothing differs from revision {revision}: there is nothing to import"),
    "cli.import-first": ("{source} 会成为第 1 版：{items} 项、{links} 条关系", "{source} would become revision 1: {items} items, {links} links"),
    "cli.import-next": ("{source} 会成为第 {revision} 版：", "{source} would become revision {revision}:"),
    "cli.import-items": (
        "  事项：新增 {added}，修改 {changed}（其中改日期 {moved}），删除 {removed}；现有 {before} 项，导入后 {after} 项",
        "  items: {added} new, {changed} changed ({moved} of them moved), {removed} removed; {before} now, {after} afterwards",
    ),
    "cli.import-links": ("  关系：新增 {added}，删除 {removed}", "  links: {added} new, {removed} removed"),
    "cli.import-stock": ("  库存：{count} 个产品不同", "  stock: {count} products differ"),
    "cli.import-recounted": ("  计划的名称或日历不同", "  the plan's name or its calendars differ"),
    "cli.import-gone": ("  删除：{items}", "  removed: {items}"),
    "cli.import-attributes": ("  不认识、作为属性保留的列：{columns}", "  unknown columns, kept as attributes: {columns}"),
    "cli.import-remarks": ("  写了但不起作用的：", "  said to no effect:"),
    "cli.import-undated": ("  没写日期、由程序排的：{count} 项", "  without a date, placed by the program: {count}"),
    "cli.import-from-day": ("    其中从 {day} 起排的（不排到这天以前）：{count} 项", "    of these placed from {day} on, and not before: {count}"),
    "cli.import-history": (
        "    整张表都在过去、也没有进度：当作历史，只按关系排；要从某天起排请加 --as-of",
        "    the whole table lies in the past without any progress: taken as history, placed by its links alone; --as-of DATE says otherwise",
    ),
    "cli.import-bad-day": ("--as-of: 写的是「{found}」，应为日期，如 2026-12-05", "--as-of: found “{found}”, wanted a date such as 2026-12-05"),
    "cli.import-undone": ("  会冲掉已经生效的变更 {count} 个：", "  would undo {count} changes that are in effect:"),
    "cli.import-undone-line": ("    {no} {what}（{proposer}）", "    {no} {what} ({proposer})"),
    "cli.changed": ("  改动 {count} 处：", "  {count} differences:"),
    "cli.import-ask": ("导入吗？", "Import it?"),
    "cli.import-dry": ("只是试算，什么也没有改。", "A dry run: nothing was changed."),
    "cli.import-declined": ("没有导入，什么也没有改。", "Not imported: nothing was changed."),
    "cli.import-unasked": (
        "没有导入：它会删除、移动或冲掉现有的内容，这里又没有终端可以问。看过上面的清单后，确实要导入请加 --yes。",
        "Not imported: it removes, moves or undoes what is there, and there is no terminal to ask on. Read the list above; to import it, add --yes.",
    ),
    "cli.line": ("    {item} {title}：{field} {before} → {after}", "    {item} {title}: {field} {before} → {after}"),
    "cli.more": ("    ……另有 {count} 处", "    … and {count} more"),
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
