"""Refusals about records of agreements (记录)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.no-record": ("没有 {no} 这条约定。发“记录”看和你有关的。", "There is no agreement {no}. “record” lists yours."),
    "refusal.record-answered": ("约定 {no} 已经答复过，不能再改。有新的约定，请另记一条并写“代替 {no}”。", "Agreement {no} has been answered and stays as it is. Write a new one down and add “replaces {no}”."),
    "refusal.record-text-missing": ("请写清实际是怎么约定的。例如：记录 {no} 不是这样 我说的是 12-12 到", "Say what was agreed instead, as in: record {no} dispute I said 12-12"),
    "refusal.record-empty": ("约定了什么？请接着写。例如：记录 和 {name} 约定 PO-3301 12-09 到", "What was agreed? Write it behind the name, as in: record with {name} PO-3301 comes on 12-09"),
    "refusal.record-not-yours": ("约定 {no} 要 {name} 本人答复。你可以看它到哪了：记录 {no}", "Agreement {no} is for {name} to answer. Where it stands: record {no}"),
    "refusal.record-with-oneself": ("不用和自己约定。请写对方的姓名：记录 和 <姓名> <约定的话>", "There is no agreement with oneself. Name the other one: record with <name> <what was agreed>"),
    "refusal.record-with-unknown": ("没有找到“{found}”这个人。公司里的人写姓名或编号；外面的写“供应商 名称”或“客户 名称”，由你的经理知悉。例如：记录 和 供应商 {found} {said}", "There is nobody called “{found}”. Write a colleague's name or id; of somebody outside “supplier name” or “customer name”, and your manager takes note: record with supplier {found} {said}"),
    "refusal.record-nobody": ("没有人能知悉这条外部约定：设置里没有你的经理，也没有协调员。请联系管理员。", "Nobody can take note of this agreement: the settings name no manager of yours and no coordinator. Ask an administrator."),
    "refusal.record-replaces-others": ("{no} 不是你们两个人的约定，不能代替。", "{no} is no agreement between the two of you and cannot be replaced."),
    "refusal.record-replaced": ("{no} 已由 {by} 代替，请写“代替 {by}”。", "{no} is replaced by {by} already; write “replaces {by}”."),
    "refusal.record-no-item": ("约定 {no} 没有写到计划里的单号，不知道要改哪一项。请直接发：改期 <单号> 推迟2天 因为 {no}", "Agreement {no} names no item of the plan, so there is nothing to change. Type it yourself: move <code> +2d because {no}"),
}
