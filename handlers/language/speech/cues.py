"""Words that leave little doubt of what somebody wants, however rare they are in the sentences that were trained on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.language.speech.intent import Intent
from handlers.language.speech.model import Guess

_LOUD = 3.0
"""So much a cue speaks for its wish: more than the model ever speaks against one."""
_PUT_ASIDE = "(?:先|都|就)?(?:莫|别|勿|不要|不能|不许)(?:再|拿)?(?:用|投|上线|发料|流|动那)"
_HOW = "(?:怎么|如何|咋|我?要|登记|帮我|给我)*"
_THEY = (
    r"(?:客户|供应商|他们?|她们?|车间|大家|仓库|采购|销售|生产|质量|财务|部|组|线|@\S+"
    r"|[王李张刘陈赵周钱孙马林范韩徐苏唐郑贺何吴陆高]\S{1,2})"
)
_ALREADY, _OVER = "(?:都|全|已经|刚刚?|今天)*", "[了啦啊呀。.!！]*"
"""Around a verb that says alone what has happened."""
_CUES: tuple[tuple[Intent, tuple[str, ...]], ...] = (
    (Intent.WITHDRAW, (
        r"\b(?:pull|take|draw)\s+(?:back\s+)?(?:my|that|the)\s+(?:last\s+)?(?:cr|request|change)\b(?!\s+in)",
        "撤[回会]",
    )),
    (Intent.REPORT, (r"(?:报工|\bbg)\s*[0-9]", rf"^{_HOW}报[个下一]*工[啊呀吧呢？?。]*$")),
    (Intent.RELAY, ("转告|带个?话给|捎[句个]?话给",)),
    (Intent.ARRIVE, (r"(?:到货|\bdh)\s*[0-9]", rf"^{_HOW}(?:登记|报)[个下一]*到货[啊呀吧呢？?。]*$")),
    (Intent.ARRIVE, (rf"^(?:[货料]|材料|东西)?{_ALREADY}(?:到货|收货|收到货|到齐){_OVER}$",)),
    (Intent.BEGIN, (rf"^{_ALREADY}开工{_OVER}$",)),
    (Intent.COMPLETE, (rf"^{_ALREADY}(?:完成|完工|做完|干完){_OVER}$",)),
    (Intent.LEAVE, (
        r"\booo\b|\bout of (?:the )?office\b|\bon leave\b",
        "(?:不在|请假|请个假|休假|出差|年假|调休|回老家)[^。；;]{0,6}[，,。 ]*"
        "(?:就|你们|有事)?(?:喊|叫|找|让|请|由|麻烦)",
        r"(?:出差|调休|请假|年假|休假|不在)\S{0,6}[，, ]?\S{2,3}(?:来)?(?:代|顶|替我)",
    )),
    (Intent.BASELINE, (
        r"^(?:再|先|也|帮我|给我|你)*[存留]一?(?:个|份|版|档|下)(?:档|底|吧|啊|嘛|先|再说)*$",
        "[存留]一?[个份版张]?(?:基线|底版|快照)",
    )),
    (Intent.WHY, (
        "(?:谁|哪个)(?:让|叫|许|准|说)[^，。]{0,9}(?:推|延|改|排|挪|拖|提前|往[前后])",
        "凭(?:什么|啥)[^，。]{0,9}(?:推|延|改|排|挪|提前)",
        r"\bwho\s+(?:moved|pushed|delayed|changed)\b", r"\bback to (?:how|what|the way) (?:it|things) (?:was|were)\b",
    )),
    (Intent.ACKS, (
        rf"{_THEY}[^，。]{{0,4}}(?:知道|晓得|看到|收到|通知到)了?(?:吗|没有?|么|不|嘛)[?？。]?$",
        rf"(?:跟|和|给|同){_THEY}(?:说|讲|通知)(?:了|过|到)(?:吗|没有?|么)",
    )),
    (Intent.REMIND, (
        "^[崔摧]一?[下哈]",
        "(?:没|未)(?:批|回|签|答复|表态)的[^，。]{0,12}(?:给我|赶紧|马上|尽快|抓紧|快点|今天|下班前)",
        r"(?:叫|让|喊)\S{2,3}(?:快[点些手]|回话|回复|表态)|怎么不回",
        r"\b(?:nudge|chase|ping|remind)\s+(?!me\b)\w+",
    )),
    (Intent.MOVE, (
        r"(?:挪|移|改期)到[^，。]{1,14}$",
        "(?:帮|替|给)(?:他们?|她们?|我)(?:改|挪|排)|[，, ]改吧$|的(?:日期|交期)应该?是|[，, ]改一下$",
    )),
    (Intent.CANCEL, ("(?:单|活|批|保养|展会?|检修|会|培训)[^，。]{0,3}不[做搞要弄]了",)),
    (Intent.QUANTITY, ("[加多增少减砍][^，。0-9]{0,3}(?:[一二两三四五六七八九]成|[0-9]{1,2}%)|翻倍|加倍|减半",)),
    (Intent.REJECT, (r"\bdisapprov|(?:想|要|该|得)是?驳|^(?:我|这[张个])?不[批准]$|不放行|[，, ]?打回去[。!！]?$",)),
    (Intent.MODIFY, (
        r"(?:没意见|没问题|可以|同意|[^不]行|\bok\b|\bfine\b)[^。]{0,6}[，,。 ]"
        r"(?:不过|但是?|只是|就是)[^。]{0,6}(?:得|先|等|必须)",
        "(?:如果|要是|只要)[^。]{2,16}就(?:算我)?(?:同意|批|行)",
    )),
    (Intent.COMPARE, (
        "(?:跟|和|比|与|同)[^，。]{0,6}(?:现在|今天|昨天|上周|早上|之前|原来)[^，。]{0,4}"
        "(?:差[在哪]|变了|不同|区别|不一样|出入)",
    )),
    (Intent.APPROVE, ("^(?:我)?(?:批|准|照办|批准)[了吧啊]*[。!！]?$",)),
    (Intent.TRANSFER, ("(?:我的|我名下的|手头)(?:审批|签核|审核|会签)[^，。]{0,8}[转交给]|不敢批[^，。]{0,4}给",)),
    (Intent.HELP, (
        "你(?:能|会|可以)[^，。]{0,4}[干做帮][^，。]{0,3}(?:啥|什么|哪些)", "除了[^，。]{0,6}还会(?:什么|啥)",
    )),
    (Intent.DIGEST, ("(?:汇总|摘要|早报|小报|简报|晨报)[^，。]{0,6}(?:再|发|给我)",)),
    (Intent.EXTEND, ("(?:先|都)*别急着要?(?:答复|答案|批|回复)",)),
    (Intent.FREEZE, ("谁也?都?(?:别|不许|不准|不要|莫)(?:再)?[动改]",)),
    (Intent.STOP, (rf"^(?:设备|机器|机台|产线|线){_ALREADY}坏{_OVER}$",)),
    (Intent.HOLD, (
        rf"(?:料|货|板|件|批|盘|壳)[^。]{{0,10}}{_PUT_ASIDE}|不对劲[^。]{{0,8}}{_PUT_ASIDE}|隔离|封存|\bquarantine\b",
    )),
    (Intent.STOP, (
        "线[^，。]{0,4}(?:停(?:一?[下哈会]|了|机)|坏了?|趴窝|故障|跪了)|换模",
        "(?:设备|机器?|贴片机|回流焊|测试台)[^，。]{0,4}(?:坏了?|停了|趴窝|死机|跪了)",
        "(?:登记|记|报)[个下一]*停[机线]|(?:怎么|如何|咋)[^，。]{0,4}停机",
        r"\b(?:line|machine|equipment)\b[^.]{0,12}\b(?:down|stopped)\b",
    )),
    (Intent.REPORT, (
        "(?:好|做|搞|完|干|贴|装|包|测)(?:好|完|成|出来?)?了?(?:差不多|大概|快)?了?"
        "(?:一?大半|一半|一多半|过半|[一二三四五六七八九两]成)",
    )),
    (Intent.READY, (
        "[料芯壳盒器件板]片?(?:够不够|齐不齐|够用?吗|齐了?吗|齐套)|(?:够不够|齐不齐)[^。]{0,4}(?:干|做|用|生产|开)",
        r"\benough\s+(?:material|parts|stock)\b",
    )),
    (Intent.ARRIVE, (
        "(?<![改推挪移排拖提轮说做搞干赶])到(?:了|货了?)(?:[，, ]|$)[^号月]{0,8}(?:不到|差不多|左右|上下|多点|少了|缺)",
    )),
    (Intent.MUTE, (
        r"别(?:老|再|总)?(?:推|发|提醒|弹|响)(?:了|我|消息|通知)*[。！!]?$|静音|免打扰",
        r"\bstop\s+(?:notifying|pinging|sending|reminding)\b",
    )),
    (Intent.FEEDBACK, (
        "(?:按钮|卡片|页面|链接|机器人|通盘|群里)[^。]{0,8}(?:没反应|打不开|点不[动了开]|报错|卡死|白屏|显示不)",
        r"\b(?:button|card|link|page)s?\b[^.]{0,12}\b(?:dead|broken|not working|doesn.?t work|does nothing)\b",
    )),
)  # fmt: skip
_SOFT = 1.0
_SOFT_CUES: tuple[tuple[Intent, tuple[str, ...]], ...] = (
    (Intent.PEOPLE, (
        "(?:审批人|管理员|协调员|计划员|审批权|权限)[^，。]{0,4}(?:谁|哪|几|有|是谁)|名单|人员",
        "(?:谁|哪些人|哪几个)[^，。]{0,4}(?:能批|管审批|有权|是审批)",
        "(?:给|让|把|取消|收回|收掉)[^，。]{1,8}(?:审批|计划员|协调员|管理员|权限|角色|查看者)",
        "(?:账号|帐号)[^，。]{0,5}[停开启关]|停用|启用|离职|复职",
        r"(?:调|转|换)(?:去|到|成)\S{1,4}部|新(?:人|来的|同事)",
        r"\b(?:who is in|people of|approver role|admins?)\b",
    )),
    (Intent.WHOAMI, (
        "我[^，。给让]{0,9}(?:是谁|叫啥|身份|什么角色|角色|什么权限|级别|哪个部门|什么人|审批权)|认[得识]我",
        r"\b(?:who am i|my (?:role|account|permissions?)|am i an?)\b",
    )),
    (Intent.BIND, ("绑|群[^，。]{0,6}(?:归|改成|登记|用不|不用)|[^，。]部的?群", r"\bunbind\b|\bbind\b")),
    (Intent.BUDGET, (
        "(?:接口|api|调用|平台)[^，。]{0,8}(?:次|额度|预算|用量|多少|几成|量|够)|额度|预算|月底会不会超",
        r"\b(?:quota|budget)\b",
    )),
    (Intent.EFFECT, (
        "影响图|示意图|(?:影响|牵连|波及|连累|动[到了]?)[^。]{0,16}[图画]", "[图画][^。]{0,12}(?:影响|波及|牵连)",
    )),
    (Intent.RELAY, (
        "转告|转达|带个?话|捎[句个]?话|传[句个]?话|捎个信",
        rf"(?:跟|给|和|让|请){_THEY}?\S{{0,3}}(?:说一?声?|讲一?声?|帮我提|帮我改)",
        "(?:没|冇)有?权限[^。]{0,12}(?:改|推|延|提|转|让)|[改提]不了", r"\b(?:pass to|relay|tell the planner)\b",
    )),
    (Intent.LOGOUT, (
        "(?:网页|电脑|登录|会话|设备|浏览器)[^。]{0,10}(?:退|下线|断|踢|登出|注销)|登出|退出登录|注销",
        r"\b(?:log\s?(?:me )?out|sign(?: me)? out)\b",
    )),
    (Intent.SETTINGS, (r"设置|配置|参数|\bsettings?\b|\bconfig",)),
    (Intent.SYNC, (r"同步[^给，。]{0,4}(?:$|通讯录|人员|架构|部门|一[遍下])|通讯录|组织架构|\bsync\b",)),
    (Intent.BOARD, (r"看板|状态图|状态板|\bkanban\b|\bboard\b",)),
    (Intent.GANTT, (r"甘特|横道图|时间轴|时间图|排期图|\bgantt\b|\btimeline\b",)),
    (Intent.PROGRESS, (
        "进度|进展|按部门|(?:做|干|弄|修|完成)到(?:哪|什么|啥|几)|(?:做|收|完成)了?(?:几成|多少)", r"\bprogress\b",
    )),
    (Intent.EXCEPTIONS, (r"异常|红灯|[红黄]了|毛病|出问题的|\bexceptions?\b",)),
    (Intent.OVERVIEW, ("总体|整体|大概情况|总的|会[晚误]|误期|还没批|没批的|压了?多少|风险|岔子",)),
    (Intent.SPLIT, (r"拆|分[成开]?[两二三几]?(?:批|段|次|单)|\bsplit\b",)),
    (Intent.MUTE, ("静音|(?:提醒|提示|弹窗)[^，。]{0,4}关|先?压[^，。]{0,2}天|(?:先|别)[^，。]{0,3}(?:弹|响|提醒)",)),
    (Intent.STOP, (
        "(?:坏|断|卡死|死机|跳闸|罢工|报警|断电|停电|趴|挂|烧)了?[^。]{0,9}(?:停|等着|干不了|做不了|动不了|不了)",
        "停[线产]|停机|停着|整个?车间停",
    )),
    (Intent.HOLD, ("扣[下住着]|隔离|封存|不让[用入]|判退|先别放",)),
    (Intent.BEGIN, ("开[工干线整]了|动工|上手[做干]|(?:刚|已经|正式|现已)?开始[做弄检贴装干整]|(?:刚|已经|正式)开始",)),
    (Intent.COMPLETE, ("(?:弄|做|干|搞|检|收|整|装)(?:完|好|妥)了|结束了?$|收尾了?|完事|搞定|可以关|关单",)),
    (Intent.REPORT, (
        "(?:还[要得差需]|再有|再要|还剩)[^，。]{0,4}(?:天|日)|百分之[^，。]{1,4}|[0-9]+ ?%",
        "(?:一半|[三四六七八九]成)了?$|[搞干做弄]了[一二两三四五六七八九十百千]{2,}",
        "(?:预计|估计|大概|说|回复|最[快早])[^，。]{0,12}(?:能|才|要)?(?:完|到|出|发|好)",
        "(?:今天|今日|白班|晚班|夜班|当班|又|刚)[^，。]{0,12}(?:[做干贴装出检产焊测包]了?)[^，。]{0,3}[0-9]{2,}",
        r"\b(?:eta|output)\b",
    )),
    (Intent.CORRECT, (
        "^(?!.*(?:[推延挪晚]|提前|日期|月|号|改到)).*(?:作废|[报打说写填数点]错|多[写打]了?[个一]?零|更正|不算数?$|应该是[0-9])",
    )),
    (Intent.HELP, ("教我|格式",)),
    (Intent.CONFLICTS, ("听谁的|各说各",)),
    (Intent.TODO, ("我提的[^，。]{0,6}(?:状态|咋样|怎么样|情况|进展)",)),
    (Intent.FREEZE, ("(?<!解)冻(?!结?[^，。]{0,3}[解放取])|锁[定住死]|不许动",)),
    (Intent.UNFREEZE, ("解冻|解开|冻结?[^，。]{0,4}(?:放开|取消|解)",)),
    (Intent.WHY, ("[谁个]拍的板|谁定的|谁的主意",)),
    (Intent.MODIFY, ("^退回[。!！]?$",)),
    (Intent.REVISE, ("(?:日期|时间|交期)[^，。]{0,3}[写填说]错",)),
    (Intent.ARRIVE, ("[^收推挪改移排拖]到了[。!！]?$|到货|收货|送来|签收|入库|到齐",)),
    (Intent.LOOK, (r"\bstatus\b",)),
    (Intent.WHAT_IF, (r"\bok\s*\?$",)),
)  # fmt: skip
"""Words that speak for a wish, and stand elsewhere as well."""
_PATTERNS = tuple(
    (intent, re.compile("|".join(words)), loud)
    for cues, loud in ((_CUES, _LOUD), (_SOFT_CUES, _SOFT))
    for intent, words in cues
)


def heeded(spoken: str, ranked: Sequence[Guess]) -> list[Guess]:
    """What the plain words may want, likeliest first, with what their cues say."""
    said: dict[Intent, float] = {}
    for intent, words, loud in _PATTERNS:
        if words.search(spoken):
            said[intent] = max(said.get(intent, 0.0), loud)
    louder = (replace(one, score=one.score + said.get(one.intent, 0.0)) for one in ranked)
    return sorted(louder, key=lambda guess: guess.score, reverse=True)
