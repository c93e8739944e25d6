"""Leave, and deputies who decide meanwhile."""

SENTENCES: dict[str, tuple[str, str]] = {
    "leave.away": ("{name}（请假，{deputy}代）", "{name} (away, {deputy} acts)"),
    "leave.acting-for": ("{name}（代{absent}）", "{name} (for {absent})"),
    "leave.set": (
        "已记下：{name} {first} 到 {last} 请假，由 {deputy} 代为决定。你回来前仍可以自己决定。提前回来请发：代理 取消",
        "Noted: {name} is away from {first} to {last} and {deputy} decides for them. Until {deputy} has, you still may. "
        "Back early? Send: delegate cancel",
    ),
    "leave.replaced": ("原来的安排（{was}）已被替换。", "What was arranged before ({was}) is replaced."),
    "leave.told": ("📌 {name} {first} 到 {last} 请假，由 {deputy} 代为决定。", "📌 {name} is away from {first} to {last}: {deputy} decides for them."),
    "leave.stood-in": ("{no}：{department}能决定的人不够了，现在等 {names}。", "{no}: too few are left who may decide for {department}; it waits for {names} now."),
    "leave.no-longer": ("其中 {first} 到 {last} 不再有人代；还要的话，请发送：代理 {deputy} {first}~{last}", "On {first} to {last} nobody acts any more; if somebody should, send: delegate {deputy} {first}~{last}"),
    "leave.circle": (
        "⚠ {day} 那天 {deputy} 也请假，转了一圈没有人代你决定，要由其他审批人或协调员决定。最好换一个人代。",
        "⚠ On {day} {deputy} is away, too, and in a circle nobody is left to act for you: other approvers or a coordinator will "
        "have to decide. Better name somebody else.",
    ),
    "leave.waiting": ("现在等你决定的 {changes} 已经转告 {deputy}。", "{deputy} was told of what waits for you now: {changes}."),
    "leave.ended": ("已取消：{was}。从现在起由你自己决定。", "Cancelled: {was}. From now on you decide yourself."),
    "leave.line": ("{name} {first} 到 {last} 请假，{deputy} 代", "{name} is away from {first} to {last}, {deputy} acts"),
    "leave.none": ("现在没有人请假。要请人代理，请发：代理 李娜 12-01~12-05", "Nobody is away. To have somebody act for you, send: delegate 李娜 12-01~12-05"),
}
