"""Refusals about announcements (预告)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.no-announcement": ("没有 {no} 这条预告。发“预告”看还没有提出的。", "There is no announcement {no}. “announce” lists what is not proposed yet."),
    "refusal.announced-already": ("这个已经预告过：{no}。要取消请发：预告 {no} 取消", "This is announced already: {no}. To call it off: announce {no} off"),
    "refusal.announcement-over": ("预告 {no} 已经提出或取消，什么也没有做。", "Announcement {no} is proposed or called off already; nothing was done."),
    "refusal.announcement-not-yours": ("预告 {no} 是 {name} 说的，由本人或协调员取消。", "Announcement {no} is {name}'s: they or a coordinator call it off."),
}
