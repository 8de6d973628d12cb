// What could not be read, and notes on what was (sources/, git/, pack/, config/, findings/suppress.ts and collect.ts).

import type { Entry } from '../template.js';

export const reading: readonly Entry[] = [
  // Targets.
  ['a target is empty', '有一个目标为空'],
  ['Name a file, a folder, a repository, or - for stdin.', '请给出文件、目录、仓库，或用 - 表示标准输入。'],
  ['{target} is a URL', '{target} 是一个 URL'],
  ['Clone it first, then name the folder.', '请先克隆，再给出目录。'],
  ['there is no {target}', '{target} 不存在'],
  ['{target} is a link to what is not there', '{target} 是一个链接，其目标不存在'],
  ['{target} cannot be read: permission denied', '无法读取 {target}：没有权限'],
  ['{target} cannot be read: {why}', '无法读取 {target}：{why}'],
  ['A name that is no UTF-8 cannot be given here: name its folder.', '此处无法给出非 UTF-8 的名称：请给出其所在目录。'],
  ['"{since}" is not a date.', '“{since}”不是日期。'],
  [
    'Write it as YYYY-MM-DD, or as git takes it: "2 weeks ago", "last month", yesterday.',
    '请写成 YYYY-MM-DD，或 git 接受的形式："2 weeks ago"、"last month"、yesterday。',
  ],
  [
    '{what:t}, not a file: give what it holds to akscan on stdin, as -',
    '{what}，不是文件：请用 - 把其内容经标准输入交给 akscan',
  ],
  ['{what:t}, not a file', '{what}，不是文件'],
  ['a socket', '套接字'],
  ['a pipe', '管道'],
  ['a device', '设备'],
  [
    'the history of {target} was not read, since it is a folder inside {top}: name that to read it',
    '未读取 {target} 的历史，因为它是 {top} 中的一个目录：如需读取，请给出后者',
  ],

  // Files.
  ['permission denied', '没有权限'],
  ['disappeared while it was walked', '遍历期间消失'],
  ['disappeared while it was about to be read', '读取前消失'],
  [
    'holds more that looks like credentials than is judged of one [file|object]',
    '所含疑似凭证超过单个对象可判断的数量',
  ],
  ['larger than --max-size: {n:n} bytes', '超过 --max-size：{n} 字节'],
  ['git could not list all files: {why}', 'git 未能列出全部文件：{why}'],
  ['git could not list all objects: {why}', 'git 未能列出全部对象：{why}'],
  [
    '{n:n} nested [repository: its files were read, its history was not (name it as a target to read it)|repositories: their files were read, their histories were not (name them as targets to read them)]',
    '{n} 个嵌套仓库：已读取其文件，未读取其历史（将其作为目标即可读取）',
  ],
  [
    '{n:n} [file or folder that git ignores was not read (--no-ignore reads it)|files and folders that git ignores were not read (--no-ignore reads them)]',
    '{n} 个被 git 忽略的文件或目录未读取（--no-ignore 会读取）',
  ],
  ['{n:n} symbolic [link was|links were] not followed', '{n} 个符号链接未跟随'],
  ['{n:n} [file was|files were] left out by --include or --exclude', '{n} 个文件因 --include 或 --exclude 而略过'],

  // History and ranges.
  ['git cat-file answered with something that is no object', 'git cat-file 返回的内容不是对象'],
  ['its size is not what its header says', '它的大小与头部声明的不一致'],
  ['git cat-file failed: {why}', 'git cat-file 失败：{why}'],
  ['git did not come back from it', 'git 未能处理完它'],
  ['git has no such object, although it lists it', 'git 列出了该对象，却没有它'],
  ['damaged: {reason:o}', '已损坏：{reason}'],
  ['more than {n:n} objects are damaged', '超过 {n} 个对象已损坏'],
  ['git fsck says [which|more].', '请运行 git fsck 查看详情。'],
  ['history could not be read to its end: {why}', '未能读完历史：{why}'],
  [
    '{n:n} more objects of the history hold credentials than can be reported at once',
    '历史中另有 {n} 个对象含有凭证，超过一次可报告的数量',
  ],
  [
    'the packs could not be read to their end, so git was asked for all objects: {why}',
    '未能读完 pack 文件，因此改为向 git 索取全部对象：{why}',
  ],
  ['there is no branch "{name}" here, so its history was not read', '这里没有分支 "{name}"，因此未读取其历史'],
  [
    'a shallow clone: older history is not here ({command} brings it, --allow-partial accepts it)',
    '浅克隆：更早的历史不在本地（{command} 可获取，--allow-partial 可接受）',
  ],
  [
    'object {name:w} is left out of this partial clone (--allow-partial accepts it)',
    '对象 {name} 不在这个部分克隆中（--allow-partial 可接受）',
  ],
  ['object {name:w} is missing from this repository', '本仓库缺少对象 {name}'],
  [
    '{n:n} objects are left out of this partial clone, {name:w} among them (--allow-partial accepts it)',
    '这个部分克隆缺少 {n} 个对象，{name} 是其中之一（--allow-partial 可接受）',
  ],
  ['{n:n} objects are missing from this repository, {name:w} among them', '本仓库缺少 {n} 个对象，{name} 是其中之一'],
  ['history is damaged: {what}', '历史已损坏：{what}'],
  [
    'detection has changed since {file} was written, so everything was read anew',
    '自写入 {file} 以来检测规则已变化，因此全部重新读取',
  ],
  [
    '{n:n} objects of [the base|HEAD] are not here, so that what they hold may be taken for new',
    '基准中有 {n} 个对象不在本地，因此可能把已有内容当作新增',
  ],
  [
    '{n:n} objects of HEAD are not here, so that what they hold may be taken for new (--allow-partial accepts it)',
    'HEAD 中有 {n} 个对象不在本地，因此可能把已有内容当作新增（--allow-partial 可接受）',
  ],
  [
    'Only the newest objects of other branches were searched for what is known elsewhere.',
    '查找别处已有的内容时，只搜索了其他分支中最新的对象。',
  ],
  ['{range} could not be read to its end: {why}', '未能读完 {range}：{why}'],
  ['{name} holds more credentials than can be reported at once', '{name} 所含凭证超过一次可报告的数量'],
  [
    '{name}: objects missing from this clone: {what} (--allow-partial accepts it)',
    '{name}：这个克隆缺少对象：{what}（--allow-partial 可接受）',
  ],
  ['what is staged is damaged: {why}', '暂存区的内容已损坏：{why}'],
  ['git cannot give what is staged', 'git 无法给出暂存区的内容'],
  ['the pack cannot be read as it is: {why}', '无法读取该 pack 文件：{why}'],
  ['the index cannot be read: {why}', '无法读取该索引：{why}'],
  ['objects are borrowed from there, but it cannot be read', '部分对象借自该处，但无法读取'],
  ['the pack has no index (git index-pack makes one)', '该 pack 文件没有索引（git index-pack 可生成）'],
  ['the pack of this index is not there', '该索引对应的 pack 文件不存在'],
  ['its objects cannot be listed: {why}', '无法列出其对象：{why}'],

  // Notes.
  [
    '{file} decided what was searched and shown; --config FILE uses another.',
    '{file} 决定了搜索和显示的内容；--config FILE 可改用其他配置。',
  ],
  ['{file} of the base decided what was searched and shown.', '基准中的 {file} 决定了搜索和显示的内容。'],
  [
    'The configuration and ignore file of {target} were not used: those of the first target count.',
    '未使用 {target} 的配置和忽略文件：以第一个目标的为准。',
  ],
  [
    '{file}: the entry for {id:w} expired on {date:w} and no longer counts.',
    '{file}：条目 {id} 已于 {date} 到期，不再生效。',
  ],
  ['{file}: the entry for {id:w} matches nothing any more; remove it.', '{file}：条目 {id} 已不匹配任何内容；请删除。'],
  ['{file}: {n:n} more entries like these.', '{file}：另有 {n} 个类似条目。'],
  [
    'More than {n:n} credentials: the rest is not reported. Narrow the scan, or raise --max-findings.',
    '凭证超过 {n} 个：其余未报告。请缩小扫描范围，或调高 --max-findings。',
  ],
  ['{n:n} more like these.', '另有 {n} 项类似内容。'],
  ['{file} is empty.', '{file} 为空。'],
  ['{file} has no summary: it may have been cut short.', '{file} 没有汇总：可能被截断。'],
  [
    '{file} is of a run that could not read everything: it may lack findings.',
    '{file} 来自未能全部读取的运行：其中的结果可能不全。',
  ],
  ['{file} is of a run that was stopped: it may lack findings.', '{file} 来自被中途停止的运行：其中的结果可能不全。'],
  [
    '{file}: {n:n} AccessKey[|s] in {all:n} results of {whose}; no other result is shown.',
    '{file}：{whose} 的 {all} 条结果中有 {n} 个 AccessKey；其余结果不显示。',
  ],
  ['{ids:v}: secret not at hand, so [it was|they were] not probed.', '{ids}：Secret 不在手边，因此未实际调用。'],
];
