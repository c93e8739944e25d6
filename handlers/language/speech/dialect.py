"""Words of dialects and of English in the midst of Chinese, in the words the model knows best."""

import re

_SAME: tuple[tuple[str, str], ...] = (
    # Cantonese
    ("唔该晒?", "麻烦"), ("有冇", "有没有"), ("得唔得", "行不行"), ("系[咪唔]系?", "是不是"), ("好唔好", "好不好"),
    ("可唔可以", "可不可以"), ("会唔会", "会不会"), ("够唔够", "够不够"), ("[几]时", "什么时候"), ("几多", "多少"),
    ("点解", "为什么"), ("点样|点(?=[搞办改整用睇做])", "怎么"), ("做?[咩乜]嘢?", "什么"), ("边个", "谁"),
    ("边[度单张]", "哪个"),
    ("听日|听朝", "明天"), ("寻日", "昨天"), ("今日", "今天"), ("而家|依家", "现在"), ("啱啱|头先", "刚才"),
    ("唔使", "不用"), ("唔喺度", "不在"), ("唔", "不"), ("冇", "没有"), ("咗", "了"), ("嘅", "的"), ("啲", "些"),
    ("嗰", "那"), ("呢(?=[度个张单批排])", "这"), ("佢哋", "他们"), ("佢", "他"), ("喺", "在"), ("[俾畀]", "给"),
    ("睇", "看"), ("仲(?!裁)", "还"), ("攞", "拿"), ("嚟", "来"), ("搞掂", "搞定"), ("倾", "谈"), ("嘢", "东西"),
    ("哋", "们"),
    ("紧要", "要紧"), ("同埋", "和"), ("[喇啦㗎喔啫咁咧]", ""),
    # Sichuan, Hunan, Hubei
    ("么子时候|么时候|啥子时候", "什么时候"), ("么子|么[事斯]|啥子|[啥嘛]子", "什么"),
    ("咋个|啷个|何什|何解", "怎么"),
    ("有[没冇]得", "有没有"), ("[没冇]得", "没有"), ("不得行|要不得", "不行"), ("要得", "可以"), ("晓得", "知道"),
    ("好久(?=[到做开完交出来走能]|$)|是好久", "什么时候"), ("(?<=[剩差做搞入到检收完了])好多(?![了啊])", "多少"),
    ("莫(?!名|非|斯)", "别"), ("搞不起", "搞不了"), ("(?<=[看查催问改推挪等停搞算])哈", "下"),
    ("[噻撒嘞哒咯哩噶嗦]", ""),
    ("(?<=[放挂扣停卡])到起?(?=$|[，,。了 ])", "着"), ("[讲](?!价)", "说"), ("哪个(?=[说让改批提])", "谁"),
    # the north and Shanghai
    ("咋整", "怎么办"), ("咋(?!舌)", "怎么"), ("干哈|干啥|弄啥|做啥", "干什么"), ("啥(?:辰光|前儿|时候)", "什么时候"),
    ("啥", "什么"),
    ("俩", "两个"), ("仨", "三个"), ("明儿个?|明朝", "明天"), ("今儿个?|今朝", "今天"), ("昨儿个?", "昨天"),
    ("后儿个?", "后天"),
    ("(?<=[了好到来行对])伐", "吗"), ("侬", "你"), ("阿拉|俺们?", "我"), ("勿", "不"), ("甭|别价|嫑", "别"),
    ("整(?=[完好了出])", "做"),
    ("得劲", "好"), ("恁", "你"), ("弄啥嘞", "干什么"), ("礼拜|星期", "周"),
    # written as on paper
    ("是否", "是不是"), ("尚(?=[未有需差缺])", "还"), ("(?<![优首候])为何|何故|缘何", "为什么"),
    ("何时|几日", "什么时候"),
    ("予以|请予", ""), ("方才", "刚才"), ("目前|当前|现时", "现在"), ("(?:恕难|难以|不予|不能)同意", "不同意"),
    ("无法", "不能"), ("至(?=[0-9ⓓⓝ])", "到"), ("之前", "前"), ("应[为是]", "应该是"), ("贵部", "你们部门"),
    # English in the midst of Chinese
    (r"\b(?:delay(?:ed|s)?|postponed?|pushe?d?(?: back)?|slip(?:s|ped)?)\b", "推迟"),
    (r"\b(?:pull(?:ed)? (?:in|forward|up)|bring forward)\b", "提前"),
    (r"\bcancel(?:led|ed)?\b", "取消"), (r"\b(?:approved?|agreed?)\b", "同意"),
    (r"\b(?:reject(?:ed)?|decline)\b", "驳回"),
    (r"\b(?:okay?|fine)\b", "可以"), (r"\bcheck\b", "查"), (r"\b(?:conflicts?|clash(?:es)?)\b", "冲突"),
    (r"\bpending\b", "待办"),
    (r"\bwithdraw\b", "撤回"), (r"\bundo\b", "撤销"), (r"\b(?:qty|quantity)\b", "数量"),
    (r"\b(?:status|progress)\b", "进度"),
    (r"\b(?:etd|eta|schedule|due date|deadline)\b", "交期"), (r"\bfreeze\b", "冻结"), (r"\bbaseline\b", "基线"),
    (r"\b(?:urge|remind|chase|push一下)\b", "催"), (r"\bsplit\b", "拆"), (r"\b(?:hold|on hold)\b", "扣下"),
    (r"\breport\b", "报"),
    (r"\b(?:pls|please|plz)\b", "请"), (r"\b(?:thanks?|thx|tks)\b", "谢谢"), (r"\bsorry\b", "不好意思"),
    (r"\b(?:update|send|share)\b", "发"), (r"\b(?:confirm(?:ed)?)\b", "确认"), (r"\b(?:budget|quota)\b", "额度"),
)  # fmt: skip
_WORDS = tuple((re.compile(words), same) for words, same in _SAME)
_HAN = re.compile("[\u4e00-\u9fff]")


def standard(spoken: str) -> str:
    """The plain words as they are said everywhere; English ones only where there is Chinese around them."""
    mixed = bool(_HAN.search(spoken))
    for words, same in _WORDS:
        if mixed or not words.pattern.startswith(r"\b"):
            spoken = words.sub(same, spoken)
    return spoken
