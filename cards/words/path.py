"""Paths of causes: how a move is passed on from item to item. 它 / "it" is the item named just before."""

SENTENCES: dict[str, tuple[str, str]] = {
    # what moved
    "path.start.later": ("{item} 晚 {n} 天开始", "{item} starts {n}d later"),
    "path.start.earlier": ("{item} 早 {n} 天开始", "{item} starts {n}d earlier"),
    "path.finish.later": ("{item} 晚 {n} 天完成", "{item} finishes {n}d later"),
    "path.finish.earlier": ("{item} 早 {n} 天完成", "{item} finishes {n}d earlier"),
    "path.other": ("{item} {field} {before}→{after}", "{item} {field} {before}→{after}"),
    # why the next one follows: at once, so many days after, so many days before
    "path.FS.at-once": ("{items} 要等它做完", "{items} waits until it is finished"),
    "path.FS.after": ("{items} 要等它做完 {lag}后", "{items} waits until {lag} after it is finished"),
    "path.FS.before": ("{items} 最多可在它做完前 {lag}开始", "{items} may start at most {lag} before it is finished"),
    "path.SS.at-once": ("{items} 要等它开始", "{items} waits until it starts"),
    "path.SS.after": ("{items} 要等它开始 {lag}后", "{items} waits until {lag} after it starts"),
    "path.SS.before": ("{items} 最多可在它开始前 {lag}开始", "{items} may start at most {lag} before it starts"),
    "path.FF.at-once": ("{items} 要等它完成才能完成", "{items} cannot finish before it is finished"),
    "path.FF.after": ("{items} 要在它完成 {lag}后才能完成", "{items} cannot finish until {lag} after it is finished"),
    "path.FF.before": ("{items} 最多可比它早 {lag}完成", "{items} may finish at most {lag} before it is finished"),
    "path.SF.at-once": ("{items} 要等它开始才能完成", "{items} cannot finish before it starts"),
    "path.SF.after": ("{items} 要在它开始 {lag}后才能完成", "{items} cannot finish until {lag} after it starts"),
    "path.SF.before": ("{items} 最多可比它的开始早 {lag}完成", "{items} may finish at most {lag} before it starts"),
    "path.need.at-once": ("{items} 按它的需要倒排", "{items} is timed back from it"),
    "path.need.after": ("{items} 按它的需要提前 {lag}倒排", "{items} is timed {lag} back from it"),
    "path.need.before": ("{items} 按它的需要倒排，可晚 {lag}", "{items} is timed back from it, {lag} late at most"),
    "path.quantity": ("{items} 的数量跟着变", "{items} follows its quantity"),
    "path.released": ("{items} 不再受它限制", "{items} is no longer held by it"),
    "path.unknown": ("{items} 跟着变", "{items} follows"),
    # several in a row for the same reason
    "path.run.FS": ("{items} 依次等前一项做完", "{items} each wait until the one before is finished"),
    "path.run.need": ("{items} 依次按前一项的需要倒排", "{items} are each timed back from the one before"),
    "path.run.quantity": ("{items} 的数量依次跟着变", "{items} follow one another's quantity"),
    # and what that comes to
    "path.days.later": ("晚 {n} 天", "{n}d later"),
    "path.days.earlier": ("早 {n} 天", "{n}d earlier"),
    "path.each": ("各{days}", "each {days}"),
    "path.absorbed": ("余量抵掉 {n} 天", "{n}d taken up by slack"),
    "path.change": ("{before}→{after}", "{before}→{after}"),
    "path.lag.working": ("{n} 天", "{n} days"),
    "path.lag.calendar": ("{n} 个自然日", "{n} calendar days"),
    "path.many": ("{first}……{last} 共 {n} 项", "{first} … {last} ({n} items)"),
    "path.between": ("……中间 {n} 步……", "… {n} steps in between …"),
}
