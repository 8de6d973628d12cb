// How an account keeps its keys (cloud/account/, report/account.ts, report/account-words.ts).

import type { Entry } from '../template.js';

export const account: readonly Entry[] = [
  ['Account {account:w}', '账号 {account}'],
  ['An account whose UID is not known', 'UID 不详的账号'],
  ['asked with the credentials from {from:o}', '查询所用凭证来自{from}'],
  ['Nothing is wrong.', '未发现问题。'],
  ['Nothing wrong in what could be read.', '就能读取的范围而言，未发现问题。'],
  ['Not read:', '未读取：'],
  ['Not asked:', '未查询：'],
  ['In none of these accounts, {n:n} AccessKey[|s] of the report:', '报告中有 {n} 个 AccessKey 不在这些账号中：'],
  ['and others (see --format json)', '以及其他（见 --format json）'],
  ['Stopped before the end: what was known by then is shown.', '运行被提前中止：以下是中止前已知的内容。'],
  ['Stopped before it was asked about.', '在查询前中止。'],
  ['No account was read.', '未读取任何账号。'],
  ['{n:n} account[|s]: {points:l}.', '{n} 个账号：{points}。'],
  ['nothing wrong', '未发现问题'],
  ['nothing wrong in what could be read', '就能读取的范围而言，未发现问题'],
  ['{names}, and {n:n} more (see --format json)', '{names}，另有 {n} 个（见 --format json）'],

  // Points.
  ['The root account has {n:n} AccessKey[|s].', '主账号有 {n} 个 AccessKey。'],
  ['The root account has {n:n} AccessKey[|s], {facts:l}.', '主账号有 {n} 个 AccessKey，{facts}。'],
  ['all on', '均已启用'],
  ['{n:n} of them on', '其中 {n} 个已启用'],
  ['last used {day:w}', '最近使用 {day}'],
  [
    'Sign in as the root account and delete it: no RAM administrator can.',
    '请以主账号登录并删除它：RAM 管理员无法删除。',
  ],
  [
    'Give its programs a RAM user with no more than they need, then sign in as the root account, switch it off and delete it.',
    '请为使用它的程序改用权限最小的 RAM 用户，然后以主账号登录，禁用并删除它。',
  ],
  ['{n:n} AccessKey[|s] leaked and [is|are] still on.', '{n} 个 AccessKey 已泄露且仍为启用状态。'],
  [
    'Create a new key, switch its users over, switch this one off, and look at what was done with it: akscan verify ID --activity.',
    '请创建新密钥，切换使用它的程序，禁用这个密钥，并检查用它做过的操作：akscan verify ID --activity。',
  ],
  [
    'The root account has no MFA: whoever has its password has everything.',
    '主账号未启用 MFA：持有其密码的人即拥有一切。',
  ],
  ['Sign in as the root account and bind an MFA device.', '请以主账号登录并绑定 MFA 设备。'],
  [
    '{n:n} AccessKey[|s] leaked, and whether [it is|they are] on could not be read.',
    '{n} 个 AccessKey 已泄露，未能读取是否启用。',
  ],
  [
    'Treat it as live: look into the console, for root keys signed in as the root account.',
    '请按有效处理：在控制台查看；主账号密钥须以主账号登录查看。',
  ],
  [
    '{n:n} AccessKey[|s] that may be on leaked by ID alone, or with a leak accepted in Security Center.',
    '{n} 个可能启用的 AccessKey 仅泄露了 ID，或其泄露已在云安全中心标记为接受。',
  ],
  ['Look for the secret near the place before you leave it on.', '在继续启用之前，请在该处附近查找 Secret。'],
  ['{n:n} RAM user[|s] can open the console with a password alone.', '{n} 个 RAM 用户仅凭密码即可登录控制台。'],
  ['Require MFA in the RAM console, under Settings.', '请在 RAM 控制台的“设置”中要求 MFA。'],
  ['{n:n} AccessKey[|s] [was|were] never used.', '{n} 个 AccessKey 从未使用。'],
  ['Switch them off; delete them when nobody misses them.', '请禁用；确认无人需要后删除。'],
  [
    '{n:n} AccessKey[|s] [has|have] not been used for more than {days:n} days.',
    '{n} 个 AccessKey 超过 {days} 天未使用。',
  ],
  ['{n:n} AccessKey[|s] [is|are] older than {days:n} days.', '{n} 个 AccessKey 创建已超过 {days} 天。'],
  [
    'Replace them by new ones from time to time, or by roles, which need none.',
    '请定期轮转，或改用无需密钥的 RAM 角色。',
  ],
  ['{n:n} AccessKey[|s] belong[s|] to users who can open the console.', '{n} 个 AccessKey 属于可登录控制台的用户。'],
  ['Keep users for people apart from users for programs.', '请将人员使用的用户与程序使用的用户分开。'],
  ['{n:n} AccessKey[|s] leaked and [is|are] off or deleted.', '{n} 个 AccessKey 已泄露，但已禁用或删除。'],
  [
    'Delete what is only switched off, and mark it as handled in Security Center.',
    '请删除仅禁用的密钥，并在云安全中心标记为已处理。',
  ],
  [
    '{n:n} RAM user[|s] [has|have] two AccessKeys that are on, or more.',
    '{n} 个 RAM 用户有两个或更多已启用的 AccessKey。',
  ],
  [
    'The second is for the change from one to the other: switch the older one off.',
    '第二个密钥用于轮转：请禁用较旧的那个。',
  ],
  ['RAM users may create and delete their own AccessKeys.', 'RAM 用户可自主创建和删除 AccessKey。'],
  [
    'Switch it off in the RAM console, under Settings, and let administrators hand keys out.',
    '请在 RAM 控制台的“设置”中关闭，由管理员发放密钥。',
  ],
  ['Unused AccessKeys are switched off only after {days:n} days.', '未使用的 AccessKey 在 {days} 天后才会被自动禁用。'],
  [
    'Choose fewer days in the RAM console, under Settings (90, 180, 365 or 730).',
    '请在 RAM 控制台的“设置”中选择更短的天数（90、180、365 或 730）。',
  ],
  [
    '{n:n} of {all:n} RAM users exist: soon there is no room for another.',
    'RAM 用户已有 {n} 个，上限 {all} 个：即将无法再创建。',
  ],
  ['Delete users who are gone, or ask for a higher quota.', '请删除已离开的用户，或申请提高配额。'],

  // Keys.
  ['{state:t}, of {user}', '{state}，属于 {user}'],
  ['{state:t}, of {user}, last used {day:w}', '{state}，属于 {user}，最近使用 {day}'],
  ['{state:t}, last used {day:w}', '{state}，最近使用 {day}'],
  ['{state:t}, ROOT key, last used {day:w}', '{state}，主账号密钥，最近使用 {day}'],
  ['state unknown', '状态不明'],
  ['{user:w}, made {day:w}', '{user}，创建于 {day}'],
  ['{user:w}, made {day}, never used', '{user}，创建于 {day}，从未使用'],
  ['{user:w}, made {day}, last used {used:w}', '{user}，创建于 {day}，最近使用 {used}'],
  ['{user:w}, never used', '{user}，从未使用'],
  ['{user:w}, last used {used:w}', '{user}，最近使用 {used}'],
  ['Alibaba Cloud', '阿里云'],
  ['Alibaba Cloud: {facts}', '阿里云：{facts}'],
  ['your report: {place}, with its secret', '您的报告：{place}，含 Secret'],
  ['your report: {place}, its ID alone', '您的报告：{place}，仅 ID'],
  ['your report: with its secret', '您的报告：含 Secret'],
  ['your report: its ID alone', '您的报告：仅 ID'],
  ["not on Alibaba Cloud's list", '不在阿里云的泄露列表中'],

  // Facts.
  ['{facts:l}.', '{facts}。'],
  ['{n:n} RAM user[|s]', '{n} 个 RAM 用户'],
  ['{n:n} RAM user[|s] of {most:n} at most', '{n} 个 RAM 用户（上限 {most} 个）'],
  ['{n:n} AccessKey[|s] ({on:n} on)', '{n} 个 AccessKey（{on} 个已启用）'],
  ['at least {n:n} AccessKey[|s] ({on:n} on)', '至少 {n} 个 AccessKey（{on} 个已启用）'],
  ['{n:n} leaked', '{n} 个已泄露'],
  ['credential report of {at:w}', '{at} 的用户凭证报告'],

  // What was not read.
  ['users and keys', '用户和密钥'],
  ['who has MFA, a password, and idle keys, from the credential report', '用户凭证报告中的 MFA、密码和闲置密钥情况'],
  ['the number of RAM users and the quotas', 'RAM 用户数量和配额'],
  ['whether users manage their own keys', '用户是否自主管理密钥'],
  ['when some AccessKeys were last used', '部分 AccessKey 的最近使用时间'],
  ["Alibaba Cloud's own list of leaked AccessKeys", '阿里云的 AccessKey 泄露列表'],
  ['{n:n} rows of the credential report', '用户凭证报告中的 {n} 行'],
  ["{n:n} entries of Alibaba Cloud's list of leaked keys", '阿里云泄露列表中的 {n} 条'],
  ['whether the root account has AccessKeys', '主账号是否有 AccessKey'],
  ['whether the root account has MFA', '主账号是否启用 MFA'],
  ['all AccessKeys of all RAM users', '全部 RAM 用户的全部 AccessKey'],
  ['where Alibaba Cloud found some of the leaked keys', '阿里云发现部分泄露密钥的位置'],
  ['You left it out.', '您已将其略过。'],
  ['They are not in the form that is documented.', '其格式与文档不符。'],
  ['They are too many, or malformed.', '数量过多，或格式有误。'],
  [
    'Alibaba Cloud makes no credential report for more than 3,500 RAM users.',
    'RAM 用户超过 3,500 个时，阿里云不生成用户凭证报告。',
  ],
  ['Alibaba Cloud answered that there is none.', '阿里云答复没有。'],
  ['Alibaba Cloud did not say.', '阿里云未说明。'],
  [
    'RAM was still writing its credential report after a minute. Try again later.',
    'RAM 在一分钟后仍在生成用户凭证报告。请稍后重试。',
  ],
  ['The credential report is not in the form that is documented.', '用户凭证报告的格式与文档不符。'],
  ['The credential report has no end.', '用户凭证报告没有尽头。'],
  [
    'Account {account:w} is asked once, with the credentials from {kept:t}; those from {left:t} are of it, too.',
    '账号 {account} 只查询一次，所用凭证来自{kept}；来自{left}的凭证也属于它。',
  ],
  [
    "Of the report, temporary keys (STS), which are in no account's lists: {n:n}.",
    '报告中的临时访问凭证（STS）不在任何账号的列表中：{n} 个。',
  ],
  [
    'Of the report, secrets without an ID, which nobody can look up: {n:n}.',
    '报告中没有 ID 的 Secret 无法查询：{n} 个。',
  ],
];
