"""What is wrong with a process template."""

SENTENCES: dict[str, tuple[str, str]] = {
    "settings.ratio": ("应为大于 0 的数或分数，如 2、0.5、1/3", "a number above 0 or a fraction, such as 2, 0.5 or 1/3"),
    "settings.of_order": ("应为 order 或 order * 比例，如 order * 2", "order, or order * a ratio, such as order * 2"),
    "settings.no_such_stage_department": ("没有部门 {department}，现有：{known}", "no department {department}, known: {known}"),
    "settings.template_twice": ("模板 {template} 的环节 {stage} 写了两次，改一个 key", "template {template} has the stage {stage} twice: give one another key"),
    "settings.template_stage": ("模板 {template} 没有环节 {stage}，现有：{known}", "template {template} has no stage {stage}, known: {known}"),
    "settings.template_delivery": ("模板 {template} 的 delivery 写的是 {stage}，没有这个环节；写交付那个环节的 key：{known}", "template {template} has no stage {stage} for its delivery; the key of one of these: {known}"),
    "settings.template_loop": ("模板 {template} 的环节互相等待：{path}；去掉其中一条 links", "stages of template {template} wait for each other: {path}; take out one of these links"),
    "settings.template_loose": ("模板 {template} 的环节 {stage} 既不通向 {delivery}，也不在任何环节之后；用 links 接上它", "stage {stage} of template {template} neither leads to {delivery} nor follows a stage: link it"),
    "settings.template_too_much": ("模板 {template} 按 {quantity} 件试算，日期或数量超出了计划能容纳的范围；看看 duration、lag 和 ratio", "template {template} tried on an order of {quantity} leaves what a plan can hold: look at duration, lag and ratio"),
}
