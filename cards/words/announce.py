"""预告: a change said before it is proposed."""

SENTENCES: dict[str, tuple[str, str]] = {
    "announce.done": ("已预告 {no}：{wish}。{departments}现在知道了；决定了就正式提出。", "Announced as {no}: {wish}. Known to {departments} now; propose it when it is settled."),
    "announce.done.alone": ("已预告 {no}：{wish}。不碰到别的部门；决定了就正式提出。", "Announced as {no}: {wish}. It touches no other department; propose it when it is settled."),
    "announce.told": ("📣 预告 {no}：{name} 打算 {wish}{because}，还没有提出。会碰到 {items}。有意见请发：反馈 {no} <意见>", "📣 Announcement {no}: {name} means to {wish}{because}; it is not proposed yet. It would touch {items}. To object: issue {no} <words>"),
    "announce.because": ("（{reason}）", " ({reason})"),
    "announce.off": ("预告 {no} 已取消，听到预告的部门已告知。", "Announcement {no} is called off; those who heard it are told."),
    "announce.told-off": ("预告 {no}（{wish}）不做了。", "Announcement {no} ({wish}) is called off."),
    "announce.first": ("{name} {at} 预告过（{no}）", "announced by {name} at {at} ({no})"),
    "announce.list": ("预告了还没有提出的 {n} 条", "{n} announced and not proposed yet"),
    "announce.none": ("没有预告。要改先说一声：预告 改期 <单号> 推迟2天", "Nothing is announced. To say a change early: announce move <code> +2d"),
    "announce.row": ("{no} {name} {at}：{wish}", "{no} {name} {at}: {wish}"),
    "announce.more": ("等 {n} 项", "and {n} in all"),
}
