"""Words that speak against a wish."""

import re
from collections.abc import Mapping

from handlers.inbound.speech.heard import Heard
from handlers.language.speech.intent import Intent

_NO = re.compile(r"[不别没勿未莫冇唔甭]|n't|\bnot?\b|\bnever\b|\bdis")
_NO_MATTER = re.compile(
    r"(?:没有?|冇|无|木有)(?:什么|啥|其他)?(?:问题|意见|毛病|异议|所谓)|没啥|没事|不影响|不反对|不错|no\s+(?:problem|objection|issue)s?"
)
"""Words with a no in them that speak for it."""
_TAUGHT = 0.3
_TAKEN_AWAY = re.compile(
    "取[消肖]|砍|不[做要用干送搞]|删|撤|作废|停掉|拿掉|抹|黄了|甭|刪|砍掉|drop|cancel|remove|scrap|kill", re.IGNORECASE
)
"""Words without which the end of an item is not offered: a tap comes quickly."""
_YES = re.compile(r"同意|可以|没问题|好的|\b(?:ok|yes|approved?)\b|^行", re.IGNORECASE)
_HANDED_ON = re.compile("转|代|给|让|叫|请|換|换|由|hand|forward|pass|behalf|for me", re.IGNORECASE)
_ONLY_WITH: Mapping[Intent, re.Pattern[str]] = {
    Intent.LEAVE: re.compile(
        "假|休|出差|不在|代|顶|替|回来|返|离开|开会|培训|看病|生病|医院|有事|去|产检"
        r"|\b(?:off|leave|ooo|out|away|vacation|back|sick|cover)\b"
    ),
    Intent.SHADOW: re.compile("影子|旁路|试运行|对照|模拟|本来会|如果当时|shadow|dry|would have|pilot"),
    Intent.RULES: re.compile(
        "规|条件|标准|要谁|谁.{0,4}[批管签]|权限|几个人|凭|为什么要?.{0,6}[批审签]|审批"
        "|rule|polic|who (?:has|needs|must)"
    ),
    Intent.CONFLICTS: re.compile(
        "冲突|打架|撞|矛盾|抢|重叠|冲|同时|听谁|对不上|不一致|各说|conflict|clash|collid|overlap"
    ),
    Intent.UNDO: re.compile("撤|退|回|还原|恢复|反悔|算了|取消|undo|revert|back|restore|roll"),
    Intent.WITHDRAW: re.compile("撤|收回|退|不提|取消|作废|算了|不要|别|拿回|withdraw|pull|back|cancel|drop|retract"),
    Intent.FREEZE: re.compile(
        "冻|锁|封|停|别动|不动|不许|不准|不能动|别改|不让|稳住|钉|固定|freez|lock|hold|no changes?|don.?t touch"
    ),
    Intent.UNFREEZE: re.compile("冻|锁|解|放开|打开|开了|恢复|能动|可以动|取消|freez|lock|lift|open"),
    Intent.READY: re.compile("齐|够|缺|料|备|图纸|ready|material|short|enough|missing"),
    Intent.EXCEPTIONS: re.compile("异常|问题|不对|不正常|毛病|exception|issue|wrong|alert"),
    Intent.LINK: re.compile("链|网页|页面|网址|地址|登录|浏览|入口|link|page|url|log ?in|browser"),
    Intent.BOARD: re.compile("看板|状态|图|情况|board|kanban"),
    Intent.GANTT: re.compile("甘特|图|排期|时间[轴表]|gantt|timeline|chart"),
    Intent.SPLIT: re.compile("拆|分|先[做发交出干]|切|批|split|lot|batch"),
    Intent.MUTE: re.compile(
        "静音|提醒|提示|弹|响|通知|[推发催]了|烦|闹|叮|[压关]|ex[-_ ]?[0-9]|mute|snooze|remind|notif|ping"
    ),
    Intent.EFFECT: re.compile("影响|波及|牵|连|动|图|画|范围|effect|impact|touch"),
    Intent.RELAY: re.compile("转|告|说|讲|话|让|请|托|权限|改不了|提不了|ask|tell|pass|relay"),
    Intent.PEOPLE: re.compile(
        "谁|人|名单|审批|角色|权限|账号|帐号|离职|停用|启用|走了|调|转|管理员|计划员"
        "|who|people|role|account|department"
    ),
    Intent.WHOAMI: re.compile("我|俺|咱|my|me|i |am"),
    Intent.BIND: re.compile("群|绑|bind|group|chat"),
    Intent.BUDGET: re.compile("额度|预算|接口|调用|次|api|平台|用量|quota|budget|call"),
    Intent.LOGOUT: re.compile("退|登|下线|踢|断开|注销|会话|log|sign|session"),
    Intent.SETTINGS: re.compile("设|配置|参数|改|时间|版|调|setting|config"),
    Intent.SYNC: re.compile("同步|通讯录|架构|更新|拉|刷|导入|人员|sync|import|directory|contact"),
}
"""Words of what is rarely wished: a sentence with none of them is offered something else."""


def says_no(heard: Heard) -> bool:
    """Check whether there is a no in the words that is meant as one."""
    return bool(_NO.search(_NO_MATTER.sub("", heard.spoken)))


def is_against(intent: Intent, heard: Heard) -> bool:
    """Check whether the words speak against a wish that takes something away or gives it out of one's hands. What this
    company's people have called otherwise needs no other word."""
    said = heard.spoken
    if (words := _ONLY_WITH.get(intent)) and not words.search(said) and heard.votes().get(intent, 0.0) < _TAUGHT:
        return True
    match intent:
        case Intent.CANCEL:
            return not _TAKEN_AWAY.search(said)
        case Intent.REJECT:
            return bool(_YES.search(said)) and not says_no(heard)
        case Intent.TRANSFER:
            return bool(_YES.search(said)) and not _HANDED_ON.search(said)
    return False
