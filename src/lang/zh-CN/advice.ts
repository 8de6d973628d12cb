// What a verdict means and what to do (findings/meaning.ts, advice.ts, next-step.ts).

import type { Entry } from '../template.js';

export const advice: readonly Entry[] = [
  // Who holds it. The sentence goes on with what that opens.
  ['Whoever has it is {who:t}', '持有它的人即为{who}'],
  [
    'Only its ID was looked up: if the secret beside it is its own, whoever has it is {who:t}',
    '仅查询了其 ID：若旁边的 Secret 确属该 ID，则持有它的人即为{who}',
  ],
  ['Only its ID is known here: whoever has its secret is {who:t}', '此处仅有其 ID：持有其 Secret 的人即为{who}'],
  ['the root account {account:w}', '阿里云账号（主账号）{account}'],
  ['the root account {account:w}, which is not one of yours', '阿里云账号（主账号）{account}（不是您的账号）'],
  ['[a|the] root account', '阿里云账号（主账号）'],
  ['a root account, which is not one of yours', '阿里云账号（主账号）（不是您的账号）'],
  ['RAM user {user:w}', 'RAM 用户 {user}'],
  ['RAM user {user} of account {account:w}', '账号 {account} 的 RAM 用户 {user}'],
  [
    'RAM user {user} of account {account:w}, which is not one of yours',
    '账号 {account}（不是您的账号）的 RAM 用户 {user}',
  ],
  ['a RAM user', '某个 RAM 用户'],
  ['a RAM user of account {account:w}', '账号 {account} 的某个 RAM 用户'],
  ['a RAM user of account {account:w}, which is not one of yours', '账号 {account}（不是您的账号）的某个 RAM 用户'],
  ['role {user:w}', 'RAM 角色 {user}'],
  ['role {user} of account {account:w}', '账号 {account} 的 RAM 角色 {user}'],
  ['role {user} of account {account:w}, which is not one of yours', '账号 {account}（不是您的账号）的 RAM 角色 {user}'],
  ['a role', '某个 RAM 角色'],
  ['a role of account {account:w}', '账号 {account} 的某个 RAM 角色'],
  ['a role of account {account:w}, which is not one of yours', '账号 {account}（不是您的账号）的某个 RAM 角色'],
  ['somebody of account {account:w}', '账号 {account} 的某个身份'],
  ['somebody of account {account:w}, which is not one of yours', '账号 {account}（不是您的账号）的某个身份'],
  ['somebody whose name is not known', '某个名称未知的身份'],

  // What that opens.
  [
    '{holder:t}: everything in it that leak protection leaves open, OSS and logs among it',
    '{holder}：可操作其中未被泄露保护限制的一切，包括 OSS 和日志',
  ],
  ['{holder:t}: everything in it, and nobody can limit it', '{holder}：可操作其中的一切，且任何人都无法限制'],
  [
    '{holder:t}, an administrator where the conditions of the policies hold',
    '{holder}，在权限策略的条件满足时是管理员',
  ],
  [
    '{holder:t}, an administrator: everything but what the root keeps to itself',
    '{holder}，是管理员：可操作除主账号专属之外的一切',
  ],
  [
    '{holder:t}, [who|which] can change users, keys or policies and so become an administrator',
    '{holder}，可更改用户、密钥或权限策略，从而成为管理员',
  ],
  [
    '{holder:t}, [who|which] can change users, keys or policies, under a condition, and so become an administrator',
    '{holder}，可在满足条件时更改用户、密钥或权限策略，从而成为管理员',
  ],
  ['{holder:t}: {powers:l}', '{holder}：{powers}'],
  ['{holder:t}: {powers:l} and {n:n} more', '{holder}：{powers}，另有 {n} 项'],
  ['{holder:t}: {powers:l}, and perhaps more that could not be read', '{holder}：{powers}，可能还有未能读取的权限'],
  [
    '{holder:t}: {powers:l} and {n:n} more, and perhaps more that could not be read',
    '{holder}：{powers}，另有 {n} 项，可能还有未能读取的权限',
  ],
  ['{power:t} (conditionally)', '{power}（有条件）'],
  [
    '{holder:t}, whom no policy that was read allows anything; grants within resource groups are not read',
    '{holder}，已读取的权限策略未授予任何权限；未读取资源组范围内的授权',
  ],
  ['{holder:t}; what that allows could not be read', '{holder}；其权限未能读取'],
  ['{holder:t}; what that allows was not looked up', '{holder}；其权限未查询'],
  ['Whoever has it can use it; whose it is could not be learned', '持有它的人就能使用它；未能得知它属于谁'],
  ['The ID is on; whose it is could not be learned', '该 ID 已启用；未能得知它属于谁'],
  [
    'Its account says that it is [deleted|switched off], and STS takes the pair all the same: until that ends, whoever has it is in',
    '所属账号显示它已禁用或已删除，但 STS 仍接受该密钥对：在此之前，持有它的人仍可使用',
  ],
  [
    'This pair opens nothing: the ID is known to STS, and the secret is not its own',
    '该密钥对无法使用：STS 识别该 ID，但 Secret 与其不匹配',
  ],
  [
    'This pair opens nothing: the ID is that of {who:t}, and the secret is not its own',
    '该密钥对无法使用：该 ID 属于{who}，但 Secret 与其不匹配',
  ],
  [
    'It opens nothing any more: a key of {who:t} that is switched off, and that only the root can switch on again',
    '它已无法使用：属于{who}，已禁用，且只有主账号才能重新启用',
  ],
  ['It opens nothing any more: switched off, but can be switched on again', '它已无法使用：已禁用，但可以重新启用'],
  [
    'It opens nothing any more: deleted, and for 30 days restorable from the recycle bin',
    '它已无法使用：已删除，30 天内可从回收站恢复',
  ],
  [
    'It opens nothing here: STS knows no such key, be it made up, long gone or of another partition',
    '它在这里无法使用：STS 中没有这个密钥，可能是虚构的、早已删除的，或属于其他站点',
  ],
  ['It opens nothing any more: a temporary key that has ended', '它已无法使用：临时访问凭证已过期'],
  [
    'It is a key of {who:t}, and nobody could say whether it is on: if it is, whoever has it has everything there',
    '它是{who}的密钥，但无法得知是否启用：若已启用，持有它的人即拥有该账号的一切权限',
  ],
  [
    'It is a key of {who:t}, and nobody could say whether it is on: if it is, whoever has its secret has everything there',
    '它是{who}的密钥，但无法得知是否启用：若已启用，持有其 Secret 的人即拥有该账号的一切权限',
  ],
  ['It belongs to {who:t}, and nobody could say whether it is on', '它属于{who}，但无法得知是否启用'],
  [
    'It was not found in your accounts ({accounts:v}), and STS gave no answer that says more',
    '在您的账号（{accounts}）中未找到它，STS 的答复也没有更多信息',
  ],
  [
    'It was not found in your accounts ({accounts:v}), and whether it works in another, nobody was asked',
    '在您的账号（{accounts}）中未找到它，是否在其他账号有效尚未查询',
  ],
  ['Nobody could say whether it works: it may', '无法得知它是否有效：有可能有效'],

  // What is added to the sentence, and its full stop.
  ['{sentence:t}.', '{sentence}。'],
  [
    '{sentence:t}; it has made {made:l}, which switching it off does not end',
    '{sentence}；它已创建 {made}，禁用它不会使其失效',
  ],
  ["{sentence:t}; its calls look like an attacker's first moves", '{sentence}；其调用类似攻击者的最初动作'],
  ['{sentence:t}; it was used once since it got out', '{sentence}；泄露后被使用过 1 次'],
  ['{sentence:t}; it was used {n:n} times since it got out', '{sentence}；泄露后被使用过 {n} 次'],
  ['{sentence:t}; it was used at least [once] since it got out', '{sentence}；泄露后至少被使用过 1 次'],
  ['{sentence:t}; it was used at least {n:n} times since it got out', '{sentence}；泄露后至少被使用过 {n} 次'],
  ['{sentence:t}; used within the last day', '{sentence}；最近一天内使用过'],
  [
    '{sentence:t}; leak protection refuses RAM and other calls of high risk, not OSS or logs',
    '{sentence}；泄露保护会拒绝 RAM 等高风险调用，但不拒绝 OSS 和日志',
  ],
  ['{sentence:t}; by the text beside it, it ends {at}', '{sentence}；根据旁边的文字，它于 {at} 到期'],
  ['{n:n} user[|s]', '{n} 个用户'],
  ['{n:n} console password[|s]', '{n} 个控制台密码'],
  ['{n:n} role[|s]', '{n} 个角色'],
  ['{n:n} polic[y|ies]', '{n} 条权限策略'],
  ['{n:n} group[|s]', '{n} 个用户组'],
  ['{n:n} grant[|s]', '{n} 项授权'],
  ['{n:n} session[|s]', '{n} 个会话'],
  ['{n:n} instance[|s]', '{n} 个实例'],
  ['{n:n} AccessKey[|s]', '{n} 个 AccessKey'],

  // What to do, once somebody was asked.
  [
    'Treat it as live, and ask again in a few minutes; if STS still takes it then, ask Alibaba Cloud why.',
    '请按有效处理，几分钟后再次查询；如果 STS 届时仍接受它，请询问阿里云原因。',
  ],
  [
    'You cannot switch it off: tell its owner if you know them, or else report it to Alibaba Cloud (Report Abuse, or a ticket).',
    '您无法禁用它：如果认识其所有者，请告知对方；否则请向阿里云举报（举报中心或工单）。',
  ],
  [
    'You cannot switch it off: tell the owner of account {account:w} if you know them, or else report it to Alibaba Cloud (Report Abuse, or a ticket).',
    '您无法禁用它：如果认识账号 {account} 的所有者，请告知对方；否则请向阿里云举报（举报中心或工单）。',
  ],
  [
    'Take the policies off its role until the token has ended, since nothing switches a token off, and find what handed it out.',
    '在令牌过期前移除其角色的权限策略（令牌本身无法禁用），并查明是谁签发了它。',
  ],
  [
    'Take the policies off role {role} until the token has ended, since nothing switches a token off, and find what handed it out.',
    '在令牌过期前移除角色 {role} 的权限策略（令牌本身无法禁用），并查明是谁签发了它。',
  ],
  [
    'Disable this root key now, signed in to the console as the root, then see to what it made: {names:v}.',
    '请立即以主账号登录控制台禁用这个主账号密钥，然后处理它创建的内容：{names}。',
  ],
  [
    'Disable it now, even if something stops, then see to what it made: {names:v}.',
    '请立即禁用它，即使会中断业务，然后处理它创建的内容：{names}。',
  ],
  [
    'Disable this root key now, signed in to the console as the root; work with RAM users instead, and go through what it did.',
    '请立即以主账号登录控制台禁用这个主账号密钥；改用 RAM 用户，并检查它做过的操作。',
  ],
  [
    'Disable this root key now, signed in to the console as the root; work with RAM users instead, and read what it did (--activity).',
    '请立即以主账号登录控制台禁用这个主账号密钥；改用 RAM 用户，并读取它做过的操作（--activity）。',
  ],
  [
    'Disable it now, give what needs it a key that may do less, and go through what it did.',
    '请立即禁用它，为需要它的程序换一个权限更小的密钥，并检查它做过的操作。',
  ],
  [
    'Disable it now, give what needs it a key that may do less, and see which users and keys it made (--activity).',
    '请立即禁用它，为需要它的程序换一个权限更小的密钥，并查看它创建了哪些用户和密钥（--activity）。',
  ],
  [
    'An ID alone opens nothing: look for its secret where this came from, and replace the key if it got out.',
    '仅有 ID 无法使用：请在其来源处查找 Secret，如果 Secret 也已泄露，请更换密钥。',
  ],
  [
    'Something uses it: create a new key, switch that over, disable this one today, and go through what it did.',
    '有程序在使用它：请创建新密钥，切换过去，今天就禁用这个密钥，并检查它做过的操作。',
  ],
  [
    'Something uses it: create a new key, switch that over, disable this one today, and read what it did (--activity).',
    '有程序在使用它：请创建新密钥，切换过去，今天就禁用这个密钥，并读取它做过的操作（--activity）。',
  ],
  [
    'Nothing has used it since {day}: disable it now, and delete it when nobody misses it.',
    '自 {day} 起没有程序使用过它：请立即禁用，确认无人需要后删除。',
  ],
  [
    'Nothing has used it yet: disable it now, and delete it when nobody misses it.',
    '尚无程序使用过它：请立即禁用，确认无人需要后删除。',
  ],
  [
    'Create a new key, switch its users over, disable this one, and go through what it did.',
    '请创建新密钥，切换使用它的程序，禁用这个密钥，并检查它做过的操作。',
  ],
  [
    'Create a new key, switch its users over, disable this one, and read what it did (--activity).',
    '请创建新密钥，切换使用它的程序，禁用这个密钥，并读取它做过的操作（--activity）。',
  ],
  ['It is off, what it made is not: see to {names:v}.', '它已禁用，但它创建的内容仍有效：请处理 {names}。'],
  [
    'Delete it in the RAM console once nothing needs it, and take it out of the code.',
    '确认无程序需要后，请在 RAM 控制台删除它，并从代码中移除。',
  ],
  [
    'Delete it for good from the recycle bin if nothing needs it back, and take it out of the code.',
    '如无需恢复，请从回收站彻底删除，并从代码中移除。',
  ],
  [
    'Nothing to revoke; take it out of the code and find what handed the token out.',
    '无需吊销；请从代码中移除，并查明是谁签发了该令牌。',
  ],
  [
    'This partition knows no such key; take it out of the code, and check other partitions if you use them.',
    '本站点没有这个密钥；请从代码中移除，如使用其他站点请一并检查。',
  ],
  [
    'The ID exists but this is not its secret: look for the true one nearby before you call it harmless.',
    '该 ID 存在，但这不是它的 Secret：在认定无害之前，请在附近查找真正的 Secret。',
  ],
  [
    'Sign in to the console as the root, and disable it there if it is on.',
    '请以主账号登录控制台，如果它已启用，请禁用。',
  ],
  [
    'Sign in to the console as the root, and disable it there if it is on; --probe tells whether it works.',
    '请以主账号登录控制台，如果它已启用，请禁用；--probe 可查明它是否有效。',
  ],
  [
    'Use {option:w} to ask Alibaba Cloud; until then treat it as live.',
    '请用 {option} 向阿里云查询；在此之前请按有效处理。',
  ],
  ['Treat it as live, and verify again.', '请按有效处理，并重新验证。'],

  // While nobody was asked.
  [
    'It is not committed yet: take it out and stage the file again; what is no key, accept with akscan:allow on its line.',
    '尚未提交：请移除后重新暂存该文件；如果不是密钥，请在该行用 akscan:allow 接受。',
  ],
  [
    'Taking it out again is not enough, these commits still hold it: replace the key, or rewrite them before they are pushed.',
    '只是移除还不够，这些提交中仍有它：请更换密钥，或在推送前改写这些提交。',
  ],
  ['Treat it as live until it has expired; check it with --probe.', '在过期之前请按有效处理；可用 --probe 验证。'],
  ['Find out whose it is with --verify, and look for its secret.', '请用 --verify 查明它属于谁，并查找其 Secret。'],
  [
    'Find the ID it belongs to; if it is a real secret, replace that key.',
    '请查找它所属的 ID；如果确为 Secret，请更换该密钥。',
  ],
  [
    'Treat it as live: replace and disable it, or check it first with --verify or --probe.',
    '请按有效处理：更换并禁用它，或先用 --verify 或 --probe 验证。',
  ],
];
