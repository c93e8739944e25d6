"""Settings files: what stands where, and where it stands."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.mistake": ("{place}: {key}: {found}；{wanted}", "{place}: {key}: {found}; {wanted}"),
    "settings.found_value": ("写的是「{value}」", "found “{value}”"),
    "settings.found_hidden": ("写的内容不显示（保密项）", "found a value that is kept secret"),
    "settings.found_nothing": ("没有写", "found nothing"),
    "settings.found_section": ("写的是一组设置", "found a section"),
    "settings.found_list": ("写的是一个列表", "found a list"),
    "settings.found_no_file": ("文件不存在", "no such file"),
    "settings.found_unreadable": ("读不了：{why}", "cannot be read: {why}"),
}
