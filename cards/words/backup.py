"""Backups, to whoever runs the bot."""

SENTENCES: dict[str, tuple[str, str]] = {
    "backup.done": (
        "备份已写好：{file}（{size} KB，计划第 {revision} 版，审计 {events} 条），校验无误",
        "Backed up to {file} ({size} KB, plan revision {revision}, {events} audit events), and verified",
    ),
    "backup.holds": (
        "备份可用：{file}，在临时的地方恢复过（计划第 {revision} 版，审计 {events} 条），校验无误",
        "The backup {file} is good: restored in a scratch place (plan revision {revision}, {events} audit events), and verified",
    ),
    "backup.unproven": (
        "{file} 是完整的备份，但里面的数据校验不过，请先弄清原因，旧的备份不要删：",
        "{file} is a whole backup, but what it holds does not prove itself; find out why, and keep the older backups:",
    ),
    "backup.exists": ("{file} 已经有了，没有备份。请换一个文件名，或写一个文件夹。", "{file} is there already, nothing was backed up. Give another name, or a folder."),
    "backup.no-backup": ("{file} 不是备份：既不是 SQLite 文件，也不是 pg_dump 的文件。", "{file} is no backup: neither a file of SQLite nor one of pg_dump."),
    "backup.not-ours": ("{file} 里没有通盘的表，不是通盘的备份。", "{file} has no tables of Tongpan: it is no backup of it."),
    "backup.newer": ("{file} 是更新版本的程序备份的，这个版本不认识。请用那个版本校验和恢复。", "A newer program made {file}; this one does not know its tables. Check and restore it with that one."),
    "backup.damaged": ("{file} 损坏了：{why}。请用别的备份；如果是刚备份的，请检查磁盘。", "{file} is damaged: {why}. Use another backup; if it was made just now, check the disk."),
    "backup.no-tool": ("找不到 {tool}。请装 PostgreSQL 的客户端程序（版本不低于服务器），并放在 PATH 里。", "{tool} was not found. Install PostgreSQL's client programs (no older than the server) and have them on PATH."),
    "backup.tool-failed": ("{tool} 失败了：{why}", "{tool} failed: {why}"),
    "backup.no-server": ("{file} 是 PostgreSQL 的备份，设置里的 database.url 却是 SQLite。请换用 PostgreSQL 的设置（--config）。", "{file} is a backup of PostgreSQL, but database.url in the settings is SQLite. Use settings that name a PostgreSQL (--config)."),
    "backup.no-scratch": (
        "不能在数据库服务器上建临时数据库：{why}。请给这个用户 CREATEDB 权限，或用 --config 指向另一台服务器的设置。",
        "The server refuses a scratch database: {why}. Give its user CREATEDB, or name settings of another server with --config.",
    ),
    "backup.by-hand": (
        "这里只校验：python run.py restore --check {file}。真正恢复：先停机器人，再照运维文档的“备份”一节做。",
        "This only verifies: python run.py restore --check {file}. To restore, stop the bot and follow “Backup” in the guide to operation.",
    ),
}
