"""Leave, and deputies who decide meanwhile."""

SENTENCES: dict[str, tuple[str, str]] = {
    "leave.away": ("{name}（请假，{deputy}代）", "{name} (away, {deputy} acts)"),
    "leave.acting-for": ("{name}（代{absent}）", "{name} (for {absent})"),
    "leave.also-for": ("{name}（也代{absent}）", "{name} (for {absent}, too)"),
    "leave.title": ("{name} 请假，由 {deputy} 代理", "{name} is away: {deputy} acts"),
    "leave.what": ("{name} {first} 到 {last} 请假，请 {deputy} 代为决定。", "{name} is away from {first} to {last} and asks {deputy} to decide for them."),
    "leave.what-asked": ("{deputy} 接受之前，仍由 {name} 自己决定。", "Until {deputy} accepts, {name} decides."),
    "leave.what-accepted": ("{name} 回来前也可以自己决定；替他决定的每一单都会告诉他。", "{name} still may decide, and is told of every decision made for them."),
    "leave.what-declined": ("仍由 {name} 自己决定；可以另请一位：代理 <姓名> {first}~{last}", "{name} decides; somebody else can be asked: delegate <name> {first}~{last}"),
    "leave.what-withdrawn": ("由 {name} 自己决定。", "{name} decides."),
    "leave.what-over": ("由 {name} 自己决定。", "{name} decides."),
    "leave.set": (
        "已记下：{name} {first} 到 {last} 请假，由 {deputy} 代为决定。你回来前仍可以自己决定。提前回来请发：代理 取消",
        "Noted: {name} is away from {first} to {last} and {deputy} decides for them. Until {deputy} has, you still may. "
        "Back early? Send: delegate cancel",
    ),
    "leave.asked": (
        "已记下：{name} {first} 到 {last} 请假，请 {deputy} 代为决定。{deputy} 接受之前，仍由你自己决定。要取消请发：代理 取消",
        "Noted: {name} is away from {first} to {last}; {deputy} is asked to decide for them. Until {deputy} accepts, you decide. "
        "To call it off send: delegate cancel",
    ),
    "leave.accepted": ("{name} {first} 到 {last} 请假，由你代为决定。不能代了请发：代理 不接受 {name}", "You decide for {name} from {first} to {last}. If you cannot any more, send: delegate decline {name}"),
    "leave.declined": ("{name} {first} 到 {last} 请假，你不代，已转告 {name}。", "You do not act for {name} from {first} to {last}; {name} was told."),
    "leave.no-role": (
        "⚠ {deputy} 没有审批的角色：等你批的单不能由他代，会请协调员决定。最好换一位审批人。",
        "⚠ {deputy} may not approve, so what waits for your approval goes to a coordinator. Better name an approver.",
    ),
    "leave.decided": ("📌 {deputy} 代 {name} {verdict}：{no} {headline}（{department}）。", "📌 {deputy}, for {name}: {verdict} {no} {headline} ({department})."),
    "leave.replaced": ("原来的安排（{was}）已被替换。", "What was arranged before ({was}) is replaced."),
    "leave.told": ("📌 {name} {first} 到 {last} 请假，由 {deputy} 代为决定。", "📌 {name} is away from {first} to {last}: {deputy} decides for them."),
    "leave.stood-in": ("{no}：{department}能决定的人不够了，现在等 {names}。", "{no}: too few are left who may decide for {department}; it waits for {names} now."),
    "leave.no-longer": ("其中 {first} 到 {last} 不再有人代；还要的话，请发送：代理 {deputy} {first}~{last}", "On {first} to {last} nobody acts any more; if somebody should, send: delegate {deputy} {first}~{last}"),
    "leave.circle": (
        "⚠ {day} {deputy} 也请假，代理不再往下转，没有人代你决定，要由其他审批人或协调员决定。最好换一个人代。",
        "⚠ On {day} {deputy} is away, too, and nothing is handed further, so nobody acts for you: other approvers or a coordinator "
        "will have to decide. Better name somebody else.",
    ),
    "leave.waiting": ("现在等你决定的 {changes} 已经转告 {deputy}。", "{deputy} was told of what waits for you now: {changes}."),
    "leave.ended": ("已取消：{was}。从现在起由你自己决定。", "Cancelled: {was}. From now on you decide yourself."),
    "leave.line": ("{name} {first} 到 {last} 请假，{deputy} 代", "{name} is away from {first} to {last}, {deputy} acts"),
    "leave.line-asked": ("{name} {first} 到 {last} 请假，{deputy} 还没接受", "{name} is away from {first} to {last}, {deputy} has not accepted yet"),
    "leave.none": ("现在没有人请假。要请人代理，请发：代理 李娜 12-01~12-05", "Nobody is away. To have somebody act for you, send: delegate 李娜 12-01~12-05"),
}
