// Replacing a key that is in use (contain/rotate/, rotate.ts).

import type { Entry } from '../template.js';

export const rotation: readonly Entry[] = [
  ['NEW KEY MADE', '已新建密钥'],
  ['NOT REPLACED', '未更换'],
  ['REPLACE', '需更换'],
  ['SWITCH OFF', '可禁用'],
  ['BY HAND', '需手动'],
  ['or', '或'],
  ['Nothing was changed: {n:n} key[|s] to be replaced', '未做任何更改：需更换 {n} 个密钥'],
  ['{n:n} key[|s] made; nothing was switched off', '已新建 {n} 个密钥；未禁用任何密钥'],
  [
    'It is a root key: what replaces it is a RAM user or a role, never another root key.',
    '它是主账号密钥：应以 RAM 用户或 RAM 角色取代，而不是另一个主账号密钥。',
  ],
  [
    'Open {url:w}, create a RAM user for each thing that uses it, with no more policies than that needs, and an AccessKey.',
    '打开 {url}，为每个使用它的程序创建一个 RAM 用户，只授予所需的权限策略，并创建 AccessKey。',
  ],
  [
    'Deploy those keys; then watch the last use of the root key until it stays where it was for as long as the rarest job takes.',
    '部署这些密钥；然后观察主账号密钥的最近使用时间，直到最不频繁的任务周期内都没有变化。',
  ],
  ['Nobody has used it: nothing has to be replaced first. Switch it off:', '从未使用：无需先更换。请禁用：'],
  [
    'Not used in the last {n:n} hours: nothing has to be replaced first. Switch it off:',
    '最近 {n} 小时内未使用：无需先更换。请禁用：',
  ],
  [
    'When it was last used could not be read: take it that something uses it.',
    '未能读取最近使用时间：请视为有程序在使用它。',
  ],
  [
    "Its last use was akscan's own probe ({at:w}), which hides what used it shortly before: take it that something uses it.",
    '最近一次使用是 akscan 自己的验证调用（{at}），它掩盖了此前不久的使用情况：请视为有程序在使用它。',
  ],
  [
    'Until it is off it works for whoever found it as well. If that cannot wait: {command} pins it to the addresses that need it, --force-in-use switches it off at once.',
    '在禁用之前，发现它的人同样可以使用它。如果不能等待：{command} 可将其限制到所需的地址，--force-in-use 可立即禁用。',
  ],
  ['Something uses it, and would break.', '有程序在使用它，禁用会造成中断。'],
  ['What uses it with {services:v} would break.', '通过它使用 {services} 的程序会中断。'],
  ['Make the new key. The old one goes on working.', '创建新密钥。旧密钥继续有效。'],
  [
    'Make the new key. A user can have {n:n}, and how many this one has could not be read: {why:o}',
    '创建新密钥。一个用户最多可有 {n} 个，未能读取该用户已有几个：{why}',
  ],
  [
    'No new key can be made: RAM lets a user have {n:n}, and there is {keys} beside it. If that is its replacement already, go on with it; if nobody needs it, delete it first. akscan does neither by itself.',
    '无法创建新密钥：RAM 允许一个用户有 {n} 个，而旁边已有 {keys}。如果那就是替换用的密钥，请继续；如果无人需要，请先删除。akscan 不会自行处理。',
  ],
  ['Deploy the new key to all that uses the old one.', '将新密钥部署到所有使用旧密钥的地方。'],
  ['What that is, is not known.', '具体是哪些地方不详。'],
  ['It was used with {services:v}.', '它曾用于 {services}。'],
  ['ActionTrail was not read, so its addresses are not known.', '未读取其来源地址（操作审计 ActionTrail）。'],
  [
    "It was used from {addresses:v}: one that is not yours is an attacker's, and not to be deployed to.",
    '它曾从 {addresses} 使用：不属于您的地址即为攻击者，不要向其部署。',
  ],
  [
    'See that nobody uses the old key any more: its last use stays before the deployment, for as long as the rarest job takes and {n:n} hours at least. What is shown is up to an hour old.',
    '确认旧密钥已无人使用：其最近使用时间保持在部署之前，持续时间不少于最不频繁的任务周期，且至少 {n} 小时。显示的内容可能滞后一小时。',
  ],
  [
    'Switch it off. Should something break: {command}, and it is on again.',
    '禁用它。如有中断：{command} 即可重新启用。',
  ],
  ['After some quiet days delete it; the recycle bin keeps it for 30 days.', '平稳几天后删除它；回收站会保留 30 天。'],
  [
    'The new key is {id:w}, and its secret is in {place:o}. The old one goes on working.',
    '新密钥是 {id}，其 Secret 已存入{place}。旧密钥继续有效。',
  ],
  ['the file {file}', '文件 {file}'],
  ['the command {command}', '命令 {command}'],
  ['A new key, {id:w}, was made.', '已创建新密钥 {id}。'],
  ['It was switched off again. Nobody has its secret: delete it.', '它已被重新禁用。没有人持有其 Secret：请删除它。'],
  [
    'It is or may be ON, and nobody has its secret: switch it off and delete it.',
    '它已启用或可能启用，而没有人持有其 Secret：请禁用并删除它。',
  ],
  ['No key was made.', '未创建密钥。'],
  [
    'A new key may have been made. Look at the keys of the user: one that appeared now has a secret that nobody has, and must be deleted by hand.',
    '可能已创建新密钥。请查看该用户的密钥：刚出现的那个没有人持有其 Secret，必须手动删除。',
  ],
  [
    '{ids:v} appeared meanwhile. Its secret is lost: unless somebody else has just made it, delete it by hand.',
    '其间出现了 {ids}。其 Secret 已丢失：除非是他人刚创建的，请手动删除。',
  ],
  ['Its user does not have it any more.', '其用户已没有该密钥。'],
  ['Its secret did not get to {place:o}: {why}.', '其 Secret 未能存入{place}：{why}。'],
  ['The run was interrupted before that was known.', '在得知结果前运行被中断。'],
  ['The account shows no new key.', '账号中没有新密钥。'],
  [
    'An earlier run was stopped while it made a key for RAM user {user}; since then {which} may be there whose secret nobody has, unless it is where it was to go. If nobody uses it, delete it.',
    '此前的运行在为 RAM 用户 {user} 创建密钥时被停止；此后可能存在 {which}，除已存放之处外没有人持有其 Secret。如果无人使用，请删除。',
  ],
  ['The account has no RAM user {user}.', '账号中没有 RAM 用户 {user}。'],
  [
    'RAM user {user} is of account {account:w}, and {whose:o} is not.',
    'RAM 用户 {user} 属于账号 {account}，而{whose}不属于。',
  ],
  [
    'One run makes one key, for its secret goes to one place, and {n:n} would have to be replaced: none was.',
    '一次运行只创建一个密钥，因为其 Secret 只存入一处，而需要更换 {n} 个：未更换任何密钥。',
  ],
  [
    'A new secret goes to one place, and --secret-file and --secret-command are two.',
    '新 Secret 只存入一处，而 --secret-file 和 --secret-command 是两处。',
  ],
  [
    '--rotate --yes makes a key, and its secret is told only once: it needs a place.',
    '--rotate --yes 会创建密钥，其 Secret 只返回一次：需要存放之处。',
  ],
  [
    'Give --secret-file FILE or --secret-command COMMAND; it is never printed.',
    '请给出 --secret-file FILE 或 --secret-command COMMAND；它不会被显示。',
  ],
  ['--secret-file: {file} is there already, and nothing is overwritten.', '--secret-file：{file} 已存在，不会覆盖。'],
  ['Name a new file.', '请指定新文件。'],
  ['--secret-file: {file} cannot be made ({why}).', '--secret-file：无法创建 {file}（{why}）。'],
  ['Name another file.', '请指定其他文件。'],
  ['--secret-file: {file} has no folder ({why}).', '--secret-file：{file} 的目录不存在（{why}）。'],
  ['Make it first, with mode 0700.', '请先创建它，权限为 0700。'],
  [
    '--secret-file: everybody may write to {folder}, so no secret is put there.',
    '--secret-file：任何人都可写入 {folder}，因此不在那里存放 Secret。',
  ],
  ['Name a file in a folder of your own, with mode 0700.', '请指定您自己目录中的文件，目录权限为 0700。'],
  ['--secret-command: its program cannot be found or run.', '--secret-command：找不到或无法运行其程序。'],
  ['Give its path; it is run without a shell, as it stands.', '请给出其路径；它不经 shell 直接运行。'],
  ['--secret-command names no program.', '--secret-command 没有指定程序。'],
  ['--secret-command holds a character that no argument can have.', '--secret-command 含有参数中不允许的字符。'],
  [
    '--secret-command begins like a JSON array and is no array of strings.',
    '--secret-command 的开头像 JSON 数组，但不是字符串数组。',
  ],
  ['--secret-command: a quote is not closed.', '--secret-command：引号未闭合。'],
  [
    '--secret-command is run without a shell, which alone knows variables and backticks.',
    '--secret-command 不经 shell 运行，而变量和反引号只有 shell 才支持。',
  ],
  [
    'Write words and quotes, or a JSON array: {array} for what needs a shell.',
    '请写单词和引号，或 JSON 数组；需要 shell 时用 {array}。',
  ],
];
