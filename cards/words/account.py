"""One person's accounts on several platforms."""

SENTENCES: dict[str, tuple[str, str]] = {
    "account.code": ("在{platforms}上也有账号？{minutes} 分钟内在那边单独发给我：**{code}**，两个账号就是同一个人。别把它给别人。", "You are on {platforms}, too? Type **{code}** to me there, one-to-one, within {minutes} minutes, and both accounts are yours. Give it to nobody."),
    "account.change": ("{name} 加上账号：{account}（现在：{known}）", "{name} gets the account {account} (now: {known})"),
    "account.nobody": ("还没有人", "nobody's"),
    "account.asked": ("对上了。这个账号会有协调员或管理员的权限，要另一位管理员同意，已经请 {names} 决定。", "It is the right one. The account would have the rights of a coordinator or an admin, which takes a second admin: {names} are asked."),
    "account.joined": ("好了，{name}：{here}和{there}上是同一个你，待办、权限都在一起。", "Done, {name}: you are one person on {here} and {there}, with all that is yours together."),
    "account.joined-told": ("{name}，{here}的账号 {user} 现在也是你了。不是你做的？马上告诉管理员。", "{name}, the {here} account {user} is yours now, too. It was not you? Tell an administrator at once."),
    "account.wrong": ("这六位数字对不上，或已过了十分钟。请在另一个平台再发一次“我是谁”，把新的数字发来。", "These six digits are none that are open now. Send `whoami` on the other platform again, and type the new ones here."),
}
