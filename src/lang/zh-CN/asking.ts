// What would be asked (report/explanation.ts, cloud/operations.ts), how far a run is, and where credentials come from.

import type { Entry } from '../template.js';

export const asking: readonly Entry[] = [
  ['There is nothing to ask about.', '没有可查询的内容。'],
  [
    'Signed with your own credentials ({whose:t}), about {n:n} key[|s]:',
    '用您自己的凭证（{whose}）签名，涉及 {n} 个密钥：',
  ],
  ['profile[|s] {names:v}', '配置 {names}'],
  [
    'Signed with the leaked keys themselves, at most {n:n} (only where the secret is at hand):',
    '用泄露的密钥本身签名，最多 {n} 个（仅限 Secret 在手边时）：',
  ],
  ['needs {permission:w}', '需要 {permission}'],
  ['whose the credentials are that sign', '签名所用凭证的身份'],
  [
    'for a session of the role that a profile names; only for profiles that do',
    '扮演配置中指定的角色；仅限指定了角色的配置',
  ],
  [
    "for a session of the role that a CI system's token stands for; only with such a token",
    '扮演 CI 系统令牌所代表的角色；仅限有此类令牌时',
  ],
  ['which RAM user an AccessKey ID belongs to', 'AccessKey ID 属于哪个 RAM 用户'],
  ['which AccessKeys a RAM user has, and whether they are on', 'RAM 用户有哪些 AccessKey，是否启用'],
  ["the root account's own AccessKeys, for root credentials", '主账号自己的 AccessKey，仅限主账号凭证'],
  ['all RAM users, where the owner of an ID cannot be asked for', '全部 RAM 用户，在无法直接查询 ID 所有者时使用'],
  ['whether an AccessKey was deleted, and whose it was', 'AccessKey 是否已删除，曾属于谁'],
  ['when an AccessKey was last used', 'AccessKey 的最近使用时间'],
  ["whether an AccessKey is the root account's, and its last use", 'AccessKey 是否属于主账号，及其最近使用'],
  ['how many AccessKeys the root account has, and whether it has MFA', '主账号有几个 AccessKey，是否启用 MFA'],
  ['how many RAM users there are, and the quotas', 'RAM 用户数量和配额'],
  [
    'whether RAM users manage their own AccessKeys, and when idle ones are switched off',
    'RAM 用户是否自主管理 AccessKey，闲置密钥何时自动禁用',
  ],
  ['RAM to write its credential report, once in four hours', '请 RAM 生成用户凭证报告，每四小时一次'],
  [
    "the root account's and all users' passwords, MFA and AccessKeys, without IDs",
    '主账号和全部用户的密码、MFA 和 AccessKey 情况，不含 ID',
  ],
  [
    'when an AccessKey was last used, where the credential report does not say',
    'AccessKey 的最近使用时间，在用户凭证报告未说明时使用',
  ],
  ['the AccessKeys that Alibaba Cloud itself found leaked', '阿里云自己发现已泄露的 AccessKey'],
  ['where it found one', '阿里云在何处发现'],
  ['what an AccessKey did in the last 90 days', 'AccessKey 最近 90 天的操作'],
  ['which services an AccessKey was last used with, in every region', 'AccessKey 最近用于哪些服务，涵盖各地域'],
  ['which policies are attached to a [RAM user|group|role]', '该身份（RAM 用户、用户组或角色）有哪些权限策略'],
  ['which groups a RAM user is in', 'RAM 用户属于哪些用户组'],
  ['what a policy allows and denies', '权限策略允许和拒绝什么'],
  [
    'what a policy allows and denies, where the policy itself is given without its document',
    '权限策略允许和拒绝什么，在策略本身不含文档时使用',
  ],
  ['from which addresses an AccessKey is accepted', 'AccessKey 允许从哪些地址使用'],
  ["to switch a RAM user's AccessKey off, or on again", '禁用或重新启用 RAM 用户的 AccessKey'],
  [
    "to switch one of the root account's own AccessKeys off, or on again, for root credentials",
    '禁用或重新启用主账号自己的 AccessKey，仅限主账号凭证',
  ],
  [
    'to accept an AccessKey from given addresses alone; only with --mode restrict',
    '只允许从指定地址使用 AccessKey；仅限 --mode restrict',
  ],
  [
    "to move a RAM user's AccessKey that is off to the recycle bin; only with --mode delete",
    '将 RAM 用户已禁用的 AccessKey 移入回收站；仅限 --mode delete',
  ],
  [
    "to delete one of the root account's own AccessKeys that is off; only with --mode delete",
    '删除主账号自己已禁用的 AccessKey；仅限 --mode delete',
  ],
  ['to bring a deleted AccessKey back; only for akscan restore', '恢复已删除的 AccessKey；仅限 akscan restore'],
  [
    'for a new AccessKey of a RAM user, to replace one that is in use; only with --rotate',
    '为 RAM 用户创建新的 AccessKey 以更换在用的密钥；仅限 --rotate',
  ],

  // How far a run is.
  ['{what:t}, {left:n} s left', '{what}，剩余 {left} 秒'],
  ['{what:t}, {left:n} min left', '{what}，剩余 {left} 分钟'],
  ['{what:t}, {left:n} h left', '{what}，剩余 {left} 小时'],
  ['{what:t}, {rate:n} KB/s', '{what}，{rate} KB/秒'],
  ['{what:t}, {rate:n} MB/s', '{what}，{rate} MB/秒'],
  ['{what:t}, {rate:n} GB/s', '{what}，{rate} GB/秒'],
  ['files: {n:n}', '文件：{n} 个'],
  ['history: {n:n} objects', '历史：{n} 个对象'],
  ['history: {n:n} of {all:n} objects', '历史：{all} 个对象中的 {n} 个'],
  ['history: asking git where findings came from', '历史：正在向 git 查询结果的来源'],
  ['range: {n:n} objects', '范围：{n} 个对象'],
  ['looking whether [HEAD|the base] holds it already', '正在查看基准中是否已有'],
  ['looking whether it leaked before', '正在查看此前是否已泄露'],
  ['grouping findings', '正在归并结果'],
  ['{what:t}: {done:n} of {all:n} credentials', '{what}：{all} 个凭证中的 {done} 个'],
  ['keys of the report: {done:n} of {all:n}', '报告中的密钥：{all} 个中的 {done} 个'],
  ['{deed:t}: {done:n} of {all:n} keys', '{deed}：{all} 个密钥中的第 {done} 个'],
  ['account {account:w}: {what:o}', '账号 {account}：{what}'],
  ['the account of {from:o}: {what:o}', '{from}所属的账号：{what}'],
  ['leaked keys, {done:n} of {all:n}', '泄露的密钥，{all} 个中的 {done} 个'],
  ['leaks, {done:n} of {all:n}', '泄露列表，{all} 条中的 {done} 条'],
  ['waiting for the credential report', '正在等待用户凭证报告'],
  ['last use of {done:n} of {all:n} keys', '最近使用时间，{all} 个密钥中的 {done} 个'],
  ['the account of {from:o}', '{from}所属的账号'],

  // Credentials.
  ['The credentials from {from:o} are gone: this source {why:t}.', '来自{from}的凭证已不可用：该来源{why}。'],
  ['The credentials from {from:o} are gone: this source {why}.', '来自{from}的凭证已不可用：{why}。'],
  ['has an ID without its secret', '只有 ID 而没有 Secret'],
  ['is not valid JSON', '不是有效的 JSON'],
  ['has no profiles', '没有任何配置'],
  ['has no such profile', '没有该配置'],
  ['could not be used', '无法使用'],
  ['cannot be read', '无法读取'],
  [
    'In which account it is could not be told: STS did not say whose the credentials are.',
    '无法得知它在哪个账号中：STS 未说明这些凭证属于谁。',
  ],
  ['{host:w}: the SDK could not make the request[|.]', '{host}：SDK 无法发出请求。'],
  ['{host:w}: the SDK did not make the request as usual.', '{host}：SDK 未按常规发出请求。'],

  // A shallow clone, and the demo.
  [
    '{range}: in this shallow clone it never meets its base, so that what is old may be taken for new: git fetch --unshallow brings the rest (--allow-partial accepts it)',
    '{range}：在这个浅克隆中它与基准没有交汇，因此可能把已有内容当作新增：git fetch --unshallow 可获取其余部分（--allow-partial 可接受）',
  ],
  [
    '{range}: a shallow clone, history ends before it meets the base: git fetch --unshallow brings the rest (--allow-partial accepts it)',
    '{range}：浅克隆，历史在与基准交汇前中断：git fetch --unshallow 可获取其余部分（--allow-partial 可接受）',
  ],
  ['{option:w} is for a cloud that is served.', '{option} 用于所提供的云。'],
  ['--port takes a number up to 65535, not "{typed}".', '--port 需要不超过 65535 的数字，而不是 "{typed}"。'],
  ['--latency takes milliseconds, not "{typed}".', '--latency 需要毫秒数，而不是 "{typed}"。'],
  ['For example 80, or 20-300.', '例如 80，或 20-300。'],
  [
    'Take a code of the API, such as Throttling.User, or one of {names:v}.',
    '请使用 API 的错误码，例如 Throttling.User，或以下之一：{names}。',
  ],
  ['The demo cannot find its own program to run.', '演示找不到要运行的程序本身。'],
  ['Cannot listen on {where} ({why}).', '无法监听 {where}（{why}）。'],
  ['Choose another port with --port.', '请用 --port 选择其他端口。'],
];
