"""Every command once: its names, how it is written, what it does. The parser and 帮助 read the same table."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """`english` is also its key. `aliases` are further names people use; `needs_reason` where 因为 must follow."""

    zh: str
    pinyin: str
    english: str
    syntax: str
    syntax_en: str
    example: str
    example_en: str
    does: str
    does_en: str
    aliases: tuple[str, ...] = ()
    needs_reason: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.zh, self.pinyin, self.english, *self.aliases)


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        "查计划", "jh", "plan",
        "查计划 <单号/产品/部门> [本周|下周]", "plan <code/product/department> [this week|next week]",
        "查计划 SO-1042", "plan SO-1042",
        "看一个单子、产品或部门排在哪天、什么状态、归谁管", "shows where an item, product or department stands",
        aliases=("看计划", "查一下计划"),
    ),
    CommandSpec(
        "改期", "gq", "move",
        "改期 <单号> [开始] 到 <日期>｜提前/推迟 N天 [联动] 因为 <原因>",
        "move <code> [start] to <date>|+Nd|-Nd [pull] because <reason>",
        "改期 SO-1042 提前2天 因为 客户要求提前交货", "move SO-1042 -2d because the customer asked",
        "改交期：先看影响，再决定是否提交", "moves an item: you see the impact first, then submit",
        aliases=("改交期", "改日期"), needs_reason=True,
    ),
    CommandSpec(
        "改数量", "gsl", "qty",
        "改数量 <单号> 3000｜+500｜-500 因为 <原因>", "qty <code> 3000|+500|-500 because <reason>",
        "改数量 SO-1042 3000 因为 客户加单", "qty SO-1042 3000 because the customer ordered more",
        "改数量：连同用料和批量一起算给你看", "changes a quantity, with the material it takes",
        aliases=("quantity",), needs_reason=True,
    ),
    CommandSpec(
        "改工期", "ggq", "duration",
        "改工期 <单号> N天｜+N天｜-N天 因为 <原因>", "duration <code> Nd|+Nd|-Nd because <reason>",
        "改工期 MO-2001 8天 因为 设备停机", "duration MO-2001 8d because a machine is down",
        "改一项工作要做几个工作日", "changes how many working days an item takes",
        needs_reason=True,
    ),
    CommandSpec(
        "取消", "qx", "cancel",
        "取消 <单号> 因为 <原因>", "cancel <code> because <reason>",
        "取消 SO-1042 因为 客户撤单", "cancel SO-1042 because the customer withdrew",
        "取消一个单子：先看谁受影响", "cancels an item: you see who is affected first",
        needs_reason=True,
    ),
    CommandSpec(
        "影响", "yx", "impact",
        "影响 <单号> 推迟N天｜到 <日期>｜+500件", "impact <code> +Nd|to <date>|+500pcs",
        "影响 SO-1042 推迟3天", "impact SO-1042 +3d",
        "只算不改：看看会影响谁、晚几天", "what if: who and what would be affected, nothing is changed",
        aliases=("whatif", "what-if"),
    ),
    CommandSpec(
        "同意", "ty", "approve",
        "同意 <变更单号> [备注]", "approve <change no> [comment]",
        "同意 CR-20261128-001", "approve CR-20261128-001",
        "替本部门同意一张变更单", "approves a change for your department",
        aliases=("批准", "通过", "追认"),
    ),
    CommandSpec(
        "驳回", "bh", "reject",
        "驳回 <变更单号> 因为 <原因> [建议 <命令>]", "reject <change no> because <reason> [suggest <command>]",
        "驳回 CR-20261128-001 因为 产能不够", "reject CR-20261128-001 because of capacity",
        "替本部门驳回一张变更单，可以同时建议怎么改", "rejects a change for your department, and may suggest another",
        aliases=("拒绝", "不同意"), needs_reason=True,
    ),
    CommandSpec(
        "要求修改", "yqxg", "modify",
        "要求修改 <变更单号> 因为 <要怎么改>", "modify <change no> because <what instead>",
        "要求修改 CR-20261128-001 因为 请改到 12-08", "modify CR-20261128-001 because 12-08 would do",
        "先不批，请提出人改了再提", "sends a change back to its proposer",
        aliases=("退回修改",), needs_reason=True,
    ),
    CommandSpec(
        "转交", "zj", "transfer",
        "转交 <变更单号> <姓名> [因为 <原因>]", "transfer <change no> <name> [because <reason>]",
        "转交 CR-20261128-001 李娜", "transfer CR-20261128-001 李娜",
        "把自己这一步转给本部门的其他审批人，或计划协调员",
        "hands your step on to another approver of the department, or to a coordinator",
        aliases=("转给", "移交"),
    ),
    CommandSpec(
        "修改", "xg", "revise",
        "修改 <变更单号> <命令>", "revise <change no> <command>",
        "修改 CR-20261128-001 改期 SO-1042 推迟2天", "revise CR-20261128-001 move SO-1042 +2d",
        "改自己提的变更单：新的一张提交后取代它", "proposes something else in your change's place",
    ),
    CommandSpec(
        "撤回", "ch", "withdraw",
        "撤回 <变更单号>", "withdraw <change no>",
        "撤回 CR-20261128-001", "withdraw CR-20261128-001",
        "撤回自己提交、还没生效的变更单", "withdraws your own change while it is not applied",
    ),
    CommandSpec(
        "撤销", "cx", "undo",
        "撤销 <变更单号> [因为 <原因>]", "undo <change no> [because <reason>]",
        "撤销 CR-20261128-001", "undo CR-20261128-001",
        "生效后十分钟内改回去：马上恢复原计划，通知所有相关的人",
        "takes a change back within ten minutes of its taking effect; everybody concerned is told",
    ),
    CommandSpec(
        "延长", "yc", "extend",
        "延长 <变更单号> [N天]", "extend <change no> [Nd]",
        "延长 CR-20261128-001 1天", "extend CR-20261128-001 1d",
        "把一张变更单的决定期限延一两个工作日（部门经理、计划协调员）",
        "moves a deadline by a working day or two (managers, coordinators)",
    ),
    CommandSpec(
        "催办", "cb", "remind",
        "催办 <变更单号>", "remind <change no>",
        "催办 CR-20261128-001", "remind CR-20261128-001",
        "提醒还没决定的人，一小时最多催一次", "reminds those who have not decided yet, once an hour at most",
        aliases=("催一下", "nudge"),
    ),
    CommandSpec(
        "待办", "db", "todo",
        "待办 [我|部门]", "todo [me|department]",
        "待办", "todo",
        "看还有什么等你或一个部门决定", "what waits for you or a department",
    ),
    CommandSpec(
        "为什么", "wsm", "why",
        "为什么 <单号/产品> [最近N天]", "why <code/product> [last N days]",
        "为什么 SO-1042 最近7天", "why SO-1042 last 7 days",
        "看计划为什么变：谁、何时、原因、谁批的", "why the plan changed: who, when, the reason, who approved",
    ),
    CommandSpec(
        "谁知道", "szd", "acks",
        "谁知道 <变更单号>", "acks <change no>",
        "谁知道 CR-20261128-001", "acks CR-20261128-001",
        "看一张变更单发给了谁、谁收到、谁决定了", "who was sent a change, who received it, who decided",
    ),
    CommandSpec(
        "早会", "zh", "digest",
        "早会 [今天|本周|下周] [部门]", "digest [today|this week|next week] [department]",
        "早会 今天", "digest today",
        "今天到期、刚变的、有风险的、等谁决定", "due, changed, at risk, waiting for whom",
        aliases=("汇总", "overview"),
    ),
    CommandSpec(
        "基线", "jx", "baseline",
        "基线 [名称] [承诺|周|月]", "baseline [name] [promise|weekly|monthly]",
        "基线 十二月 承诺", "baseline December promise",
        "给现在的计划起个名，以后拿来对比；不写名称就列出已有的",
        "names the plan as it stands, to compare with later; without a name: lists them",
    ),
    CommandSpec(
        "对比", "dbi", "compare",
        "对比 [版本|基线] [版本|基线|现在] [部门]", "compare [revision|baseline] [revision|baseline|now] [department]",
        "对比 1 现在", "compare 1 now",
        "看两版计划差在哪：各部门差几项、净差几天、哪些晚交", "what differs between two revisions, by department",
    ),
    CommandSpec(
        "冲突", "ct", "conflicts",
        "冲突｜冲突 <变更单号> 以我为准｜以对方为准｜合并", "conflicts|conflicts <change no> mine|theirs|merge",
        "冲突 CR-20261128-002 以我为准", "conflicts CR-20261128-002 mine",
        "看哪些变更单要改同一处；定以谁为准，或合并成一单",
        "which changes want the same otherwise; says which stands, or merges them",
        aliases=("conflict",),
    ),
    CommandSpec(
        "代理", "dl", "delegate",
        "代理 <姓名> <起>~<止>｜取消 [姓名]", "delegate <name> <first>~<last>|cancel [name]",
        "代理 李娜 下周一~下周五", "delegate 李娜 next mon~next fri",
        "请假时让别人替你决定；不写就列出谁替谁", "who decides for you while you are away; alone: a list",
        aliases=("请假", "我请假", "我要请假"),
    ),
    CommandSpec(
        "冻结", "dj", "freeze",
        "冻结 <部门/类型/产品/全部> <起>~<止> [类型] [因为 <原因>]｜冻结 确认 <编号>｜冻结 查看",
        "freeze <department/type/product/all> <from>~<to> [type] [because <reason>]|freeze confirm <no>|freeze show",
        "冻结 生产部 下周一~下周五 因为 大促备货", "freeze all today~tomorrow because of the sale",
        "锁住一段日期的计划：先看会拦住哪些变更，确认后生效", "freezes a span of dates: you see what it holds first",
    ),
    CommandSpec(
        "解冻", "jdg", "unfreeze",
        "解冻 <编号>", "unfreeze <no>",
        "解冻 F-001", "unfreeze F-001",
        "放开一个冻结窗", "lifts a freeze window",
        aliases=("解除冻结",),
    ),
    CommandSpec(
        "规则", "gz", "rules",
        "规则｜规则 停用/启用 <编号>｜规则 试算 <命令>", "rules|rules on/off <id>|rules try <command>",
        "规则", "rules",
        "看变更按什么规则走；试算一条命令会触发哪条规则、为什么",
        "the trigger rules; tries which one a command would fire",
    ),
    CommandSpec(
        "影子", "yz", "shadow",
        "影子 [报告] [部门/产品] [最近N天]", "shadow [report] [department/product] [last N days]",
        "影子 报告 最近7天", "shadow report last 7 days",
        "看影子运行的部门和产品：正式启用后会拦下哪些变更、会等谁",
        "of what runs in shadow: which changes would have been refused, and whom they would have waited for",
    ),
    CommandSpec(
        "帮助", "bz", "help",
        "帮助 [命令]", "help [command]",
        "帮助 改期", "help move",
        "看命令怎么写", "how commands are written",
    ),
)  # fmt: skip

BY_NAME = {name: spec for spec in COMMANDS for name in spec.names}
_LONGEST_FIRST = sorted(BY_NAME, key=len, reverse=True)
_CHINESE = "|".join(name for name in _LONGEST_FIRST if not name.isascii())
_ASCII = "|".join(re.escape(name) for name in _LONGEST_FIRST if name.isascii())
# A Chinese name may run straight into its object (改期SO-1042), a name in letters may not. 、 is where / sits on a
# Chinese keyboard.
NAME = rf"(?:{_CHINESE}|(?<![A-Za-z0-9_-])(?:{_ASCII})(?![A-Za-z0-9_-]))"
# Pictures, list marks and slashes, but no quotation mark: who quotes a command does not give it.
_BEFORE = "[^\\w@\"'“”‘’「」『』《》]*"
_AT_START = re.compile(rf"{_BEFORE}(?:[0-9]{{1,2}}[.、)]{_BEFORE})?({NAME})", re.IGNORECASE)
ANYWHERE = re.compile(NAME, re.IGNORECASE)


def verb_of(text: str) -> tuple[CommandSpec, str, int] | None:
    """The command at the start of folded text: its spec, the name as typed, and where its arguments begin."""
    found = _AT_START.match(text)
    return (spec_named(found[1]), found[1], found.end()) if found else None


def spec_named(name: str) -> CommandSpec:
    return BY_NAME[name.lower()]
