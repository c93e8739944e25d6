"""What only greets or thanks, and what says more than that."""

import pytest

from handlers.language import is_greeting


@pytest.mark.parametrize(
    "text",
    ["你好", "你好！", "@通盘 在吗？", "您好，在吗", "谢谢", "谢谢你🙏", "谢谢啦～", "早", "早上好呀", "大家好",
     "辛苦了", "多谢！！！",
     "Hi", "HELLO 👋", "good morning!", "thanks", "Thank you.", "ｈｅｌｌｏ", "你好你好"],
)  # fmt: skip
def test_a_greeting(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text",
    ["", "@通盘", "。。。", "早会", "待办", "你好 SO-1042", "谢谢，改期 SO-1042 +2天 因为 展会", "同意", "好的",
     "收到", "ok", "不用了",
     "在", "history", "hi SO-1", "你好像没看懂"],
)  # fmt: skip
def test_no_greeting(text: str) -> None:
    assert not is_greeting(text)
