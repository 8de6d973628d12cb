// What is wrong with a configuration, an ignore file, a baseline, or a glob wherever it stands.

import type { Entry } from '../template.js';

export const configuration: readonly Entry[] = [
  ['The configuration {file} does not exist.', '配置 {file} 不存在。'],
  ['{file}: the ignore file {ignore} does not exist.', '{file}：忽略文件 {ignore} 不存在。'],
  ['{file}: "{key:w}" names a file outside the tree.', '{file}："{key}" 指向目录树之外的文件。'],
  ['Give your own with --config FILE.', '请用 --config FILE 给出您自己的配置。'],
  [
    'The configuration of the base: "{key:w}" names a file outside the repository.',
    '基准的配置："{key}" 指向仓库之外的文件。',
  ],
  ['{file} is not in the commit that is compared with.', '作为比较对象的提交中没有 {file}。'],
  [
    'The base branch must have it: what a pull request brings along does not count for itself.',
    '基准分支中必须有它：拉取请求自带的内容对其自身不算数。',
  ],
  ['{file} of the base is larger than {n:n} MB.', '基准中的 {file} 超过 {n} MB。'],
  ['{where}: "{id}" is not a key of the configuration.', '{where}："{id}" 不是配置的键。'],
  ['{where}: "{key}" is one of {values:v}.', '{where}："{key}" 应是 {values} 之一。'],
  ['{where}: "{key}" needs {names}.', '{where}："{key}" 缺少 {names}。'],
  ['{where}: "{key}" needs {one} or {other}.', '{where}："{key}" 缺少 {one} 或 {other}。'],
  [
    '{where}: "{key}" is bytes, or a number with KB, MB or GB, such as 10MB.',
    '{where}："{key}" 应为字节数，或数字加 KB、MB 或 GB，例如 10MB。',
  ],
  ['{where}: "{key}" must be {type:w}.', '{where}："{key}" 的类型应为 {type}。'],
  ['{where}: "{key}" must match pattern {pattern}.', '{where}："{key}" 应匹配模式 {pattern}。'],
  ['{where}: "{key}": {taken:t} is called "{id:w}".', '{where}："{key}"：{taken}名为 "{id}"。'],
  ['a built-in rule', '某个内置规则'],
  ['another of these rules', '这些规则中的另一个'],
  [
    '{where}: "{key}": names such as "{id:w}" are for built-in rules.',
    '{where}："{key}"：类似 "{id}" 的名称留给内置规则。',
  ],
  ['{where}: "{id}" is not a key of {whole}.', '{where}："{id}" 不是 {whole} 的键。'],
  ['The keys are {keys:v}.', '可用的键：{keys}。'],
  ['{where}: the configuration is a mapping of keys to values.', '{where}：配置应是键到值的映射。'],
  ['{file}: too many aliases (`*name`).', '{file}：别名（`*name`）过多。'],
  ['Write out what they stand for.', '请写出它们所代表的内容。'],
  ['{file}: not a configuration.', '{file}：不是配置。'],
  ['Give it another id.', '请换一个 id。'],
  [
    '{file}: "rules" name more prefixes and words than can be searched for at once.',
    '{file}："rules" 中的前缀和词语超过一次可搜索的数量。',
  ],
  [
    'Leave rules out, or scan once for each part of them with --config FILE.',
    '请减少规则，或用 --config FILE 分批扫描。',
  ],
  [
    '{where}: a line starts with a fingerprint of 16 to 64 hex digits.',
    '{where}：每行以 16 到 64 位十六进制的指纹开头。',
  ],
  ['Write {form}, or let `akscan ignore` write it.', '格式：{form}；也可由 `akscan ignore` 写入。'],
  [
    '{where}: "{field}:" is not understood; the fields are path: and expires:.',
    '{where}：无法识别 "{field}:"；可用的字段是 path: 和 expires:。',
  ],
  ['{where}: the reason is missing.', '{where}：缺少原因。'],
  [
    '{where}: {path} has {n:n} characters; a glob has {most:n} at most.',
    '{where}：{path} 有 {n} 个字符；glob 最多 {most} 个字符。',
  ],
  [
    '{where}: {field} begins with a quote, and none ends it before a blank or the end of the line.',
    '{where}：{field} 以引号开头，但在空白或行尾之前没有配对的引号。',
  ],
  ['A path with blanks stands between two: path:"my docs/**"', '含空白的路径写在两个引号之间：path:"my docs/**"'],
  ['{file} has more mistakes than these.', '{file} 中还有其他错误。'],
  ['{where}: "{date}" is not a day.', '{where}："{date}" 不是日期。'],
  ['Write it as YYYY-MM-DD.', '请写成 YYYY-MM-DD。'],
  ['{where}: a merge conflict stands here.', '{where}：此处有合并冲突。'],
  ['{where}: a line is a fingerprint of 64 hex digits.', '{where}：每行是 64 位十六进制的指纹。'],
  ['Keep the lines of both sides; their order does not matter.', '请保留双方的行；顺序不限。'],
  ['Write the file with `akscan baseline`.', '请用 `akscan baseline` 写入该文件。'],

  // Globs.
  ['the glob {glob} {complaint:t}.', 'glob {glob} {complaint}。'],
  ['{where}: the glob {glob} {complaint:t}.', '{where}：glob {glob} {complaint}。'],
  ['cannot be understood', '无法理解'],
  ['Write it in another way.', '请换一种写法。'],
  ['is empty', '为空'],
  ['ends with a backslash', '以反斜杠结尾'],
  ['has the set {set}, whose range runs backwards', '含有字符集 {set}，其范围首尾颠倒'],
  ['has a `{` that is not closed', '含有未闭合的 `{`'],
  ['leads out of the folder that it is for', '指向了所属目录之外'],
  ['is an absolute path', '是绝对路径'],
  ['A backslash before a character takes it as it is.', '在字符前加反斜杠，即表示该字符本身。'],
  [
    'Write it relative to that folder, such as src/** or ./vendor.',
    '请写成相对于该目录的路径，例如 src/** 或 ./vendor。',
  ],
  ['has groups with more than {n:n} alternatives in all', '的分组共有超过 {n} 个选项'],
  ['has more than {n:n} `**`', '含有超过 {n} 个 `**`'],
  ['has more than {n:n} stars inside one name', '在一个名称中含有超过 {n} 个星号'],
  ['Write it as several simpler globs.', '请拆成几个更简单的 glob。'],
];
