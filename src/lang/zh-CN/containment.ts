// What containment would do, did, and left alone (contain/, contain.ts).

import type { Entry } from '../template.js';

export const containment: readonly Entry[] = [
  // Labels.
  ['OFF', '已禁用'],
  ['RESTRICTED', '已限制'],
  ['STILL LIVE', '仍有效'],
  ['LEFT ALONE', '未处理'],
  ['UNKNOWN', '不明'],
  ['OFF ALREADY', '此前已失效'],
  ['MAYBE LIVE', '可能有效'],
  ['WOULD DISABLE', '将禁用'],
  ['WOULD RESTRICT', '将限制'],
  ['WOULD DELETE', '将删除'],
  ['AS BEFORE', '已是原状'],
  ['WOULD RESTORE', '将恢复'],
  ['NOT DONE', '未执行'],
  ['RESTORED', '已恢复'],
  ['NOT RESTORED', '未恢复'],
  ['still:', '遗留：'],

  // Facts of a key.
  ['{powers:s} ({policies})', '{powers}（{policies}）'],
  ['{power:t} ({policies})', '{power}（{policies}）'],
  ['That the secret beside it is its own was not proven.', '尚未证实旁边的 Secret 确属该 ID。'],
  [
    'The recycle bin takes no root keys: what is deleted is gone for good, and akscan restore cannot help.',
    '回收站不接收主账号密钥：删除后无法恢复，akscan restore 也无能为力。',
  ],
  ['Would be done with {whose:o}.', '将使用{whose}执行。'],
  ['the environment', '环境变量中的凭证'],
  ['the profile "{name}"', '配置 "{name}"'],
  ['the OIDC token', 'OIDC 令牌'],
  ['the default chain', '默认凭证链'],
  ['When it was last used is not known.', '最近使用时间不详。'],
  ['It was never used.', '从未使用。'],
  ['Then akscan probed it ({at:w}).', '随后 akscan 对它做过验证调用（{at}）。'],
  ['Last used {at:w}.', '最近使用：{at}。'],
  ['Last used {at:w}, with {services:v}.', '最近使用：{at}（{services}）。'],

  // What was asked for.
  [
    '--only {globs} [matches|match] none of the keys, so nothing was changed.',
    '--only {globs} 与任何密钥都不匹配，因此未做任何更改。',
  ],
  [
    'It is compared with the ID, the RAM user (or root) and the account of each.',
    '它与每个密钥的 ID、RAM 用户（或 root）和账号比较。',
  ],

  // Guards.
  ['Left out by --only or --except.', '因 --only 或 --except 而略过。'],
  [
    'A temporary key cannot be switched off; its role can be denied what was issued before now.',
    '临时访问凭证无法禁用；可在其角色上拒绝此前签发的凭证。',
  ],
  ['It is the very AccessKey that this run is signed with.', '它正是本次运行用于签名的 AccessKey。'],
  ['It is an AccessKey that this very run is signed with.', '它是本次运行用于签名的 AccessKey。'],
  ['It belongs to the RAM user whose AccessKey signs this run.', '它属于本次运行签名所用 AccessKey 的 RAM 用户。'],
  ['STS says that the secret found beside it is not its own.', 'STS 称旁边的 Secret 与该 ID 不匹配。'],
  [
    'STS said, when the report was made, that the secret found beside it is not its own.',
    '生成报告时，STS 称旁边的 Secret 与该 ID 不匹配。',
  ],
  [
    'STS was asked whether the secret found beside it is its own, and did not say (--no-probe goes on without).',
    '已询问 STS 旁边的 Secret 是否与该 ID 匹配，但没有得到答复（--no-probe 可不经此步继续）。',
  ],
  [
    'It is in none of your accounts, as far as they could be read: only its owner can switch it off. Tell him, or report it to Alibaba Cloud (https://report.aliyun.com).',
    '就能读取的范围而言，它不在您的任何账号中：只有其所有者能禁用它。请告知对方，或向阿里云举报（https://report.aliyun.com）。',
  ],
  [
    'That it is a key of account {account:w} was not proven by an inventory of this run: only its owner can switch it off. Tell him, or report it to Alibaba Cloud (https://report.aliyun.com).',
    '本次运行的账号查询未能证实它是账号 {account} 的密钥：只有其所有者能禁用它。请告知对方，或向阿里云举报（https://report.aliyun.com）。',
  ],
  [
    'It is of account {account:w}, and --account names {named:w}.',
    '它属于账号 {account}，而 --account 指定的是 {named}。',
  ],
  ['It is of account {account:w}, and {whose:o} is not.', '它属于账号 {account}，而{whose}不属于。'],
  [
    'It was found with less than {level:w} confidence (--min-confidence).',
    '其可信度低于 {level}（--min-confidence）。',
  ],
  [
    'When it was last used could not be read (--force-in-use goes on all the same).',
    '未能读取最近使用时间（--force-in-use 可强制继续）。',
  ],
  [
    "Its last use was akscan's own probe ({at:w}), which hides what used it shortly before: see {command}, or --force-in-use.",
    '最近一次使用是 akscan 自己的验证调用（{at}），它掩盖了此前不久的使用情况：请查看 {command}，或使用 --force-in-use。',
  ],
  [
    'It was used {at:w}: what uses it would break. Replace it first (--rotate), or --force-in-use.',
    '它在 {at} 使用过：禁用会中断使用它的程序。请先更换（--rotate），或使用 --force-in-use。',
  ],
  [
    'It was used {at:w} ({services}): what uses it would break. Replace it first (--rotate), or --force-in-use.',
    '它在 {at} 使用过（{services}）：禁用会中断使用它的程序。请先更换（--rotate），或使用 --force-in-use。',
  ],
  ['No address to restrict it to: give --allow ADDRESS.', '没有可限制到的地址：请给出 --allow ADDRESS。'],
  ["Only the root account itself can reach the root account's keys.", '只有主账号自己才能操作主账号的密钥。'],
  [
    '{n:n} keys would be touched, and --max-keys allows {most:n}: none is.',
    '将涉及 {n} 个密钥，而 --max-keys 只允许 {most} 个：未处理任何密钥。',
  ],
  ['It is in the recycle bin.', '它在回收站中。'],
  ['It is not in the recycle bin any more.', '它已不在回收站中。'],
  ['It is not in the account any more.', '它已不在账号中。'],
  ['It is switched off already.', '它此前已禁用。'],
  ['Its time is over.', '它已过期。'],
  ['STS knows no such key.', 'STS 中没有这个密钥。'],

  // By hand.
  ['A root key can be switched off with credentials of the root account only.', '主账号密钥只能用主账号的凭证禁用。'],
  [
    'Sign in as the Alibaba Cloud account {account:w} itself, not as a RAM user.',
    '请以阿里云账号（主账号）{account} 本身登录，而不是 RAM 用户。',
  ],
  [
    'Sign in as the Alibaba Cloud account its account itself, not as a RAM user.',
    '请以其所属的阿里云账号（主账号）本身登录，而不是 RAM 用户。',
  ],
  ['Open {url:w}, the AccessKey pairs of the account.', '打开 {url}，即账号的 AccessKey 页面。'],
  [
    "Find {id:w}, choose Disable, and confirm with the account's MFA or phone.",
    '找到 {id}，选择“禁用”，并用账号的 MFA 或手机验证确认。',
  ],
  [
    'Watch for an hour what breaks; then delete it, and give its users RAM users or roles instead.',
    '观察一小时内是否有业务中断；然后删除它，并改用 RAM 用户或 RAM 角色。',
  ],
  ['Or: {command} (with credentials of the root account)', '或：{command}（使用主账号的凭证）'],

  // What is called, and what came of it.
  ['{calls:t}, then {more:t}', '{calls}，然后 {more}'],
  ['UpdateAccessKey: off', 'UpdateAccessKey：禁用'],
  ['UpdateAccessKey: on', 'UpdateAccessKey：启用'],
  ['SetAccessKeyPolicy: {policy}', 'SetAccessKeyPolicy：{policy}'],
  ['DeleteAccessKey: to the recycle bin, which keeps it for 30 days', 'DeleteAccessKey：移入回收站，保留 30 天'],
  ['RestoreAccessKeyFromRecycleBin: back from the recycle bin', 'RestoreAccessKeyFromRecycleBin：从回收站恢复'],
  ['It was so already; nothing was called.', '原本就是如此；未执行任何调用。'],
  ['{calls:t}. Read back from the account: {state:t}.', '{calls}。从账号回读：{state}。'],
  ['Read back from the account: {state:t}.', '从账号回读：{state}。'],
  ['off', '已禁用'],
  ['not there', '不存在'],
  ['Nothing was done: {why:o}', '未执行任何操作：{why}'],
  [
    'Its present network policy could not be read (ram:GetAccessKeyPolicy, and ram:GetUser for its name).',
    '未能读取其当前的网络访问策略（ram:GetAccessKeyPolicy，以及获取用户名所需的 ram:GetUser）。',
  ],
  ['Only a key that is off can be deleted.', '只有已禁用的密钥才能删除。'],
  ['Nothing was sent.', '未发送任何请求。'],
  ['The call was accepted, and the account does not show it.', '调用已被接受，但账号中没有体现。'],
  ['Refused ({code:w}): {why:o}', '被拒绝（{code}）：{why}'],
  ['Whether the call arrived is not known: {why:o}', '不清楚调用是否送达：{why}'],
  ['Stopped before its state was read back: the next run reads it.', '在回读其状态前停止：下次运行会读取。'],
  ['The run was interrupted before {host:w} had answered.', '在 {host} 答复前运行被中断。'],
  ['{host:w} does not let this account do so ({code}).', '{host} 不允许该账号这样做（{code}）。'],
  ['The account does not have this user or this key any more.', '账号中已没有该用户或该密钥。'],
  ['A quota of the account is used up ({code}).', '账号的某项配额已用尽（{code}）。'],
  ["The account's present state stands in the way ({code}).", '账号的当前状态不允许此操作（{code}）。'],
  [
    '{host:w} refused the request ({code}), as it does from an address that is not allowed.',
    '{host} 拒绝了请求（{code}），与地址不在白名单时相同。',
  ],
  ['{host:w} did not take the request as it was ({code}).', '{host} 未接受该请求（{code}）。'],
  ['{host:w} answered {code}.', '{host} 返回 {code}。'],
  [
    'The logon name of its user is not known: grant ram:GetUser to your credentials.',
    '其用户的登录名不详：请为您的凭证授予 ram:GetUser。',
  ],
  [
    'The ID of its user is not known: grant ram:GetUser to your credentials.',
    '其用户的 ID 不详：请为您的凭证授予 ram:GetUser。',
  ],
  ['The recycle bin holds keys of RAM users only.', '回收站只保存 RAM 用户的密钥。'],

  // The proof.
  ['{proof:t} That took {s:n} s.', '{proof}用时 {s} 秒。'],
  ['{proof:t} Asked for {s:n} s.', '{proof}查询了 {s} 秒。'],
  ['STS was not asked.', '未询问 STS。'],
  ['There is no secret to ask STS with.', '没有可用于询问 STS 的 Secret。'],
  ['STS refuses it ({code:w}).', 'STS 已拒绝它（{code}）。'],
  ['STS still accepts it.', 'STS 仍接受它。'],
  ['STS still knows it as on, under leak protection.', 'STS 仍显示它已启用，受泄露保护限制。'],
  ['STS calls the secret wrong, which proves nothing.', 'STS 称 Secret 有误，这不能证明什么。'],
  ['STS answered {code:w}, which says nothing of the key.', 'STS 返回 {code}，这与密钥是否有效无关。'],

  // What remains.
  [
    'Sessions that it started go on until {at} UTC at the latest, and what was made with it stays.',
    '它发起的会话最迟持续到 {at} UTC，用它创建的内容仍然存在。',
  ],
  [
    'Run akscan verify with --activity on this ID: it lists both.',
    '请对该 ID 运行 akscan verify --activity：可列出两者。',
  ],
  ['A session of the role {role} goes on until {at} UTC.', '角色 {role} 的会话持续到 {at} UTC。'],
  ['A session of the role {role} goes on until {at} UTC at the latest.', '角色 {role} 的会话最迟持续到 {at} UTC。'],
  [
    'Attach a policy that denies everything to the role {role} until then; it stops all who use the role.',
    '在此之前为角色 {role} 附加拒绝一切的权限策略；这会中断所有使用该角色的程序。',
  ],
  ['Switch it off as well: akscan disable {id:w}', '请一并禁用：akscan disable {id}'],
  ['Switch it off as well:', '请一并禁用。'],
  ['Remove the RAM user, or its keys and its password.', '删除该 RAM 用户，或其密钥和密码。'],
  ['Take the password back (DeleteLoginProfile).', '撤销该密码（DeleteLoginProfile）。'],
  ['Remove the role, or what it trusts.', '删除该角色，或其信任策略。'],
  ['Take the policy back to the version before, or remove it.', '将该权限策略恢复到此前的版本，或删除。'],
  ['Remove the group.', '删除该用户组。'],
  ['Detach it.', '解除该授权。'],
  ['Stop it, and look at what it did.', '停止它，并检查它做过的操作。'],
  ['Look at it.', '请检查。'],
  ['Made with it at {at}: an AccessKey {name}.', '它在 {at} 创建了 AccessKey {name}。'],
  ['Made with it at {at}: {what:t} {name:w}.', '它在 {at} 创建了{what} {name}。'],
  [
    'Not all of its events were read: there may be more sessions, until {at} UTC at the latest, and more that was made.',
    '未读取其全部事件：可能还有其他会话（最迟到 {at} UTC）和创建的内容。',
  ],
  ['Read ActionTrail for this AccessKey ID.', '请在操作审计（ActionTrail）中查看该 AccessKey ID。'],

  // Totals.
  ['{n:n} off', '已失效 {n} 个'],
  ['{n:n} restricted', '已限制 {n} 个'],
  ['{n:n} still live', '仍有效 {n} 个'],
  ['{n:n} unknown', '不明 {n} 个'],
  ['{n:n} left alone', '未处理 {n} 个'],
  ['in {s:n} s', '用时 {s} 秒'],
  ['Nothing was changed: {n:n} key[|s] would be.', '未做任何更改：将更改 {n} 个密钥。'],
  ['{n:n} key[|s]: {sums:l}', '{n} 个密钥：{sums}'],
  ['{n:n} key[|s]: ', '{n} 个密钥：无'],
  [', in {s:n} s.', '，用时 {s} 秒。'],
  [' {sums:l}.', '{sums}。'],
  ['Stopped before the end: what was done by then is shown.', '运行被提前中止：以下是中止前已执行的操作。'],
  [
    'With --yes --account UID it is done (mode {mode:w}); akscan restore brings it back.',
    '加上 --yes --account UID 即执行（模式 {mode}）；akscan restore 可恢复。',
  ],
  ['The record: {file} (akscan restore reads it).', '记录：{file}（akscan restore 会读取它）。'],
  ['The record: {file}', '记录：{file}'],

  // Restoring.
  ['It is as it was before.', '它已是原来的状态。'],
  ['The log does not know what state it was left in.', '日志中没有它最后的状态。'],
  ['It was changed since: left {left}, found {found}.', '此后它被更改过：当时 {left}，现在 {found}。'],
  ['It was deleted for good, and nothing brings it back.', '它已被彻底删除，无法恢复。'],
  ['None of your credentials act for {owner:t}.', '您的凭证都无法操作{owner}。'],
  ['None of your credentials are of account {account:w}.', '您的凭证都不属于账号 {account}。'],
  [
    'The account does not prove that the key is of the owner that the log names.',
    '账号无法证实该密钥属于日志所记的所有者。',
  ],
  ['Nothing to restore:', '无需恢复：'],
  [' all that the log tells of is as it was before; read in {s:n} s.', '日志所记的内容都已是原状；读取用时 {s} 秒。'],
  [
    ' all that the log tells of was left out by --only or --except; read in {s:n} s.',
    '日志所记的内容都因 --only 或 --except 而略过；读取用时 {s} 秒。',
  ],
  ['Left out by --only or --except: {keys:v}.', '因 --only 或 --except 而略过：{keys}。'],
  ['Nothing was changed: {n:n} key[|s] would be brought back', '未做任何更改：将恢复 {n} 个密钥'],
  [', asked in {s:n} s.', '，查询用时 {s} 秒。'],
  [', {left:n} left out, asked in {s:n} s.', '，略过 {left} 个，查询用时 {s} 秒。'],
  [
    ', {left:n} left out, asked in {s:n} s. With --yes --account UID it is done.',
    '，略过 {left} 个，查询用时 {s} 秒。加上 --yes --account UID 即执行。',
  ],
  [', asked in {s:n} s. With --yes --account UID it is done.', '，查询用时 {s} 秒。加上 --yes --account UID 即执行。'],
  ['{back:n} of {n:n} key[|s] as before', '{n} 个密钥中有 {back} 个已恢复原状'],
  [', {left:n} left out, in {s:n} s. The record: {file}', '，略过 {left} 个，用时 {s} 秒。记录：{file}'],
  [', in {s:n} s. The record: {file}', '，用时 {s} 秒。记录：{file}'],

  // The question, and what goes before it.
  ['About to {deed:t} {n:n} key[|s] of account {account}.', '即将{deed}账号 {account} 的 {n} 个密钥。'],
  ['disable', '禁用'],
  ['restrict', '限制'],
  ['delete', '删除'],
  ['user', '用户'],
  ['login', '控制台密码'],
  ['role', '角色'],
  ['policy', '权限策略'],
  ['group', '用户组'],
  ['attachment', '授权'],
  ['instance', '实例'],
  ['restore', '恢复'],
  ['make a new key beside', '新建密钥以更换'],
  ['Type its [UID|alias] or the number of keys to go on:', '请输入账号 UID（或别名）或密钥数量以继续：'],
  [
    'That names neither the account nor the number of keys: nothing was changed.',
    '输入的既不是该账号也不是密钥数量：未做任何更改。',
  ],
  [
    'The keys are of {n:n} accounts ({accounts:v}), and one run touches one.',
    '这些密钥属于 {n} 个账号（{accounts}），而一次运行只处理一个账号。',
  ],
  ['The keys are of account {account:w}.', '这些密钥属于账号 {account}。'],
  ['Name it with --account UID.', '请用 --account UID 指定。'],
  ['Name one with --only ID.', '请用 --only ID 指定一个。'],
  [
    '--yes needs --account UID where nobody can be asked, so that a wrong profile touches nothing.',
    '无法询问用户时，--yes 需要 --account UID，以免误用配置时更改了其他账号。',
  ],
  [
    '--yes needs --account UID, so that a wrong profile touches nothing.',
    '--yes 需要 --account UID，以免误用配置时更改了其他账号。',
  ],
  [
    '--account takes the UID of an account, digits only, not "{typed}".',
    '--account 需要账号 UID（纯数字），而不是 "{typed}"。',
  ],
  ['{option:w} is for switching keys off.', '{option} 用于禁用密钥。'],
  [
    '--secret-file and --secret-command are for a new key, and none is made.',
    '--secret-file 和 --secret-command 用于新密钥，但本次不创建密钥。',
  ],
  [
    '--rotate replaces keys that are in use and switches none off; --mode, --allow and --force-in-use are for that.',
    '--rotate 用于更换在用的密钥，不禁用任何密钥；禁用请用 --mode、--allow 和 --force-in-use。',
  ],
  ['--allow: "{address}" is no address and no network.', '--allow："{address}" 既不是地址也不是网段。'],
  ['--allow: "{address}" has no such length of a network.', '--allow："{address}" 的网段长度无效。'],
  [
    '--allow: "{address}" is everybody, which restricts nothing.',
    '--allow："{address}" 表示所有地址，起不到限制作用。',
  ],
  [
    '--allow: a policy holds at most {most:n} addresses, not {n:n}.',
    '--allow：一条策略最多 {most} 个地址，而不是 {n} 个。',
  ],

  // Lock and log.
  ['Another run works on {what:o} (process {process}).', '另一个运行正在处理{what}（进程 {process}）。'],
  ['Wait for it to end; if it is gone, remove {file}.', '请等待其结束；如果它已不在，请删除 {file}。'],
  ['The lock {file} cannot be had.', '无法获得锁 {file}。'],
  ['Remove it if no other run works on {what:o}.', '如果没有其他运行在处理{what}，请删除它。'],
  ['Cannot make the lock {file}: {why}', '无法创建锁 {file}：{why}'],
  ['the log {file}', '日志 {file}'],
  ['There is no home folder to keep the record of containment in.', '没有可存放处置记录的主目录。'],
  [
    'The record of containment is kept in the home folder, and HOME is {home}, which is not there.',
    '处置记录存放在主目录中，而 HOME 为 {home}，该目录不存在。',
  ],
  [
    'Set HOME to a folder that is there, or XDG_STATE_HOME to an absolute path.',
    '请将 HOME 设为存在的目录，或将 XDG_STATE_HOME 设为绝对路径。',
  ],
  ['{file} holds no record of containment.', '{file} 不含处置记录。'],
  [
    'Everybody may write the log {file}, so nothing is done by it.',
    '任何人都可写入日志 {file}，因此不据其执行任何操作。',
  ],
  ['{file} is no regular file, so no record can be kept in it.', '{file} 不是普通文件，无法存放记录。'],
  ['Name another [|file ]with --log.', '请用 --log 指定其他文件。'],
  [
    'Cannot keep a record of containment in {file} ({why}), and without one nothing is done.',
    '无法在 {file} 中保存处置记录（{why}），而没有记录就不执行任何操作。',
  ],
  ['Cannot read the log {file}: {why}', '无法读取日志 {file}：{why}'],
  [
    'Cannot write the record of containment to {file} ({why}), so nothing more was done.',
    '无法将处置记录写入 {file}（{why}），因此未继续执行。',
  ],
  ['Make room, or name another file with --log.', '请腾出空间，或用 --log 指定其他文件。'],
  ['The log {file} was changed or damaged: {why:o}.', '日志 {file} 被更改或损坏：{why}。'],
  ['line {n:n} is no line of a record', '第 {n} 行不是记录'],
  ['line {n:n} follows what is no line of a record', '第 {n} 行的前一行不是记录'],
  ['line {n:n} does not follow from the line before it', '第 {n} 行与前一行不衔接'],
  ['line {n:n} has the number {seq:n}', '第 {n} 行的编号为 {seq}'],
  ['Keep it as evidence, and name another file with --log.', '请将其作为证据保留，并用 --log 指定其他文件。'],
  ['SHA-256 of the last line: {hash:w}', '最后一行的 SHA-256：{hash}'],
  ['{file}: whole, {n:n} line[|s] of {runs:n} run[|s].', '{file}：完整，{runs} 次运行，共 {n} 行。'],
  [
    '{file}: whole, {n:n} line[|s] of {runs:n} run[|s]; the last line was cut off by a crash.',
    '{file}：完整，{runs} 次运行，共 {n} 行；最后一行因崩溃被截断。',
  ],
  [
    '{file}: changed or damaged: {why:o}. Whole until there: {n:n} line[|s] of {runs:n} run[|s].',
    '{file}：被更改或损坏：{why}。此前完整：{runs} 次运行，共 {n} 行。',
  ],
];
