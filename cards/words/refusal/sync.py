"""Refusals about the sync card (签到)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "refusal.sync-off": ("没有设置同步卡，什么也没有签。管理员在设置的 sync 一节写上时间、两个签到人和会话就有了。", "There is no sync card, so nothing was signed. An administrator sets its time, its two people and its conversation in the section sync."),
    "refusal.sync-none": ("{day} 没有同步卡。看另一天的：签到 <日期>", "There is no sync card of {day}. Another day's: sign <date>"),
    "refusal.sync-not-yours": ("这一栏由 {seats} 签，什么也没有做；他请假时可用“代理”。", "This is for {seats} to sign; nothing was done. While they are away, “delegate” names somebody who may."),
    "refusal.sync-one-person": ("一个人不能签两栏，{seat} 要由另一个人签。看现在的：签到 今天", "Nobody signs both: somebody else signs {seat}. How it stands: sign today"),
    "refusal.sync-day-off": ("{seat} 今天休，不用签。看现在的：签到 今天", "{seat} has the day off and need not sign. How it stands: sign today"),
    "refusal.sync-over": ("这一天的同步卡已经结束，不能再签。看当时的：签到 <日期>", "That day's sync card is over and takes no signature any more. How it stood: sign <date>"),
}
