// Why a verdict is what it is, or is not known (cloud/).

import type { Entry } from '../template.js';

export const reasons: readonly Entry[] = [
  // What was learned of the key.
  ['A temporary key is in no inventory.', '临时访问凭证不在任何账号的密钥列表中。'],
  ['This text is no AccessKey ID, and was not sent.', '该文本不是 AccessKey ID，未发送。'],
  ['Look at the place where it was found.', '请查看其出现的位置。'],
  [
    'The secret holds characters that no secret has; it was not tried.',
    '该 Secret 含有 Secret 不可能有的字符，未尝试。',
  ],
  ['The security token is no token; it was not tried.', '该安全令牌不是令牌，未尝试。'],
  [
    'A temporary key cannot be asked about without its security token, which was not found. Look for it near the key.',
    '没有安全令牌就无法查询临时访问凭证，而未找到其安全令牌。请在密钥附近查找。',
  ],
  ['Not in your account[|s] {accounts:v}.', '不在您的账号 {accounts} 中。'],
  [
    'Not in your account[|s] {accounts:v} (a root key shows only once it was used).',
    '不在您的账号 {accounts} 中（主账号密钥只有在使用过之后才能查到）。',
  ],
  ['Not in the account of the credentials from {from}.', '不在凭证（来自{from}）所属的账号中。'],
  [
    'Not in the account of the credentials from {from} (a root key shows only once it was used).',
    '不在凭证（来自{from}）所属的账号中（主账号密钥只有在使用过之后才能查到）。',
  ],
  ['Account {account:w} could not be read whole.', '未能完整读取账号 {account}。'],
  ['The account of the credentials from {from} could not be read whole.', '未能完整读取凭证（来自{from}）所属的账号。'],
  ['{reason:o}; {way:t}.', '{reason}；{way}。'],
  ['look at the place where it was found', '请查看其出现的位置'],
  ['look for its secret and its security token near it', '请在附近查找其 Secret 和安全令牌'],
  ['use --probe[|-id] to ask Alibaba Cloud', '请用 --probe 或 --probe-id 向阿里云查询'],
  ['see what the probe says', '见实际调用的结果'],
  ['Nothing was learned.', '未得知任何信息。'],
  ['It is a key of this RAM user, whose state could not be read.', '它是该 RAM 用户的密钥，但未能读取其状态。'],
  [
    "It is the very AccessKey that asks, and RAM refuses it under Alibaba Cloud's leak protection.",
    '它正是用于查询的 AccessKey，RAM 因阿里云泄露保护而拒绝它。',
  ],
  [
    'ActionTrail names it a key of {whose:t} of account {account:w}, which these credentials do not belong to.',
    '操作审计（ActionTrail）显示它是账号 {account} 中{whose}的密钥，而这些凭证不属于该账号。',
  ],
  [
    'ActionTrail names it a key of {whose:t}; whether it is on could not be read.',
    '操作审计（ActionTrail）显示它是{whose}的密钥；未能读取是否启用。',
  ],
  ['this RAM user', '该 RAM 用户'],
  [
    'It was a key of this RAM user, and is neither in use nor in the recycle bin as far as could be read.',
    '它曾是该 RAM 用户的密钥，就能读取的范围而言，既不在使用中，也不在回收站中。',
  ],
  [
    'It was a key of the root account, and is not among its keys any more as far as could be read.',
    '它曾是主账号的密钥，就能读取的范围而言，已不在其密钥之中。',
  ],
  [
    'It belongs to the root account; only the root itself can read whether it is on.',
    '它属于主账号；只有主账号自己才能读取它是否启用。',
  ],
  ['In the recycle bin, restorable for 30 days.', '在回收站中，30 天内可恢复。'],
  ['In the recycle bin, restorable until {until:w}.', '在回收站中，{until} 前可恢复。'],
  ['In the recycle bin since {day}, restorable until {until:w}.', '自 {day} 起在回收站中，{until} 前可恢复。'],
  ['In the recycle bin since {day}, restorable for 30 days.', '自 {day} 起在回收站中，30 天内可恢复。'],
  [
    'In the recycle bin since {day}, restorable until {until:w}; its user was deleted, too.',
    '自 {day} 起在回收站中，{until} 前可恢复；其用户也已删除。',
  ],
  ['In the recycle bin since {day}; its time to be restored is over.', '自 {day} 起在回收站中；已过可恢复的时间。'],
  [
    'In the recycle bin since {day}; its time to be restored is over; its user was deleted, too.',
    '自 {day} 起在回收站中；已过可恢复的时间；其用户也已删除。',
  ],
  [
    'In the recycle bin, restorable for 30 days; its user was deleted, too.',
    '在回收站中，30 天内可恢复；其用户也已删除。',
  ],
  ['Since then only akscan used it, to probe it ({at}).', '此后只有 akscan 为验证而调用过它（{at}）。'],
  [
    "Its last use was akscan's own probe ({at}); who used it before is not known.",
    '最近一次使用是 akscan 自己的验证调用（{at}）；此前的使用者不详。',
  ],
  ['It ends at the latest 12 hours after it was made.', '它最迟在签发 12 小时后过期。'],
  [
    'It works, though it was committed on {day} and such a key ends at the latest 12 hours after it was made: that date is wrong.',
    '它仍有效，但提交日期为 {day}，而此类密钥最迟在签发 12 小时后过期：该日期有误。',
  ],
  [
    'It was committed on {day}, and such a key ends at the latest 12 hours after it was made: it must have ended if that date is right, and only a renewed one works.',
    '提交日期为 {day}，而此类密钥最迟在签发 12 小时后过期：如果该日期属实，它必已过期，只有续签的才有效。',
  ],
  [
    'The root account has no AccessKey any more (credential report of {at:w}).',
    '主账号已没有 AccessKey（{at} 的用户凭证报告）。',
  ],
  [
    'All AccessKeys of the root account are off (credential report of {at:w}).',
    '主账号的 AccessKey 均已禁用（{at} 的用户凭证报告）。',
  ],

  // What STS said.
  ['STS knows this ID and it is on; its secret was not asked about.', 'STS 识别该 ID 且其已启用；未询问其 Secret。'],
  [
    "{host:w} accepted a made-up secret, so it is not Alibaba Cloud's STS. Check --endpoint.",
    '{host} 接受了虚构的 Secret，因此它不是阿里云的 STS。请检查 --endpoint。',
  ],
  [
    '{host:w} answered 200 without saying whose key it is. Check --endpoint.',
    '{host} 返回 200，但没有说明密钥属于谁。请检查 --endpoint。',
  ],
  ['STS knows the pair and does not allow this call ({code}).', 'STS 识别该密钥对，但不允许此调用（{code}）。'],
  ["It is on, and refused under Alibaba Cloud's leak protection.", '它已启用，因阿里云泄露保护而被拒绝。'],
  ['STS still accepted the pair: ask again in a few minutes.', 'STS 仍接受该密钥对：请几分钟后再次查询。'],
  ['STS disagrees ({code}).', 'STS 的答复与此不一致（{code}）。'],
  ['Without its secret it cannot be probed; --verify looks it up.', '没有 Secret 就无法实际调用；可用 --verify 查询。'],
  [
    '{host:w} received another request than the one that was signed ({code}): a proxy may have changed it. Try without it.',
    '{host} 收到的请求与签名的请求不同（{code}）：可能被代理修改。请不经代理重试。',
  ],
  [
    'The security token was not accepted ({code}): it may be cut off or belong to another key. Look for the whole one where it was found.',
    '安全令牌未被接受（{code}）：可能被截断，或属于其他密钥。请在其出现处查找完整的令牌。',
  ],
  [
    '{host:w} speaks of a token that has ended ({code}), and none was sent. Check --endpoint.',
    '{host} 称令牌已过期（{code}），但并未发送令牌。请检查 --endpoint。',
  ],
  [
    "{host:w} did not accept the time of the request ({code}), even corrected. Set this machine's clock.",
    '{host} 不接受请求的时间（{code}），校正后仍然如此。请校准本机时钟。',
  ],
  ['{host:w} says that the request came twice ({code}). Try again.', '{host} 称请求重复（{code}）。请重试。'],
  ['{host:w} asked for fewer requests ({code}). Try again later.', '{host} 要求降低请求频率（{code}）。请稍后重试。'],
  ['{host:w} failed ({code}). Try again later.', '{host} 发生故障（{code}）。请稍后重试。'],
  ['{host:w} failed ({code}).', '{host} 发生故障（{code}）。'],
  [
    '{host:w} refused the request for a reason that tells nothing of the key ({code}), such as a list of allowed addresses. Try from another network.',
    '{host} 拒绝了请求，原因与密钥是否有效无关（{code}），例如 IP 白名单。请换一个网络重试。',
  ],
  [
    '{host:w} does not serve this API ({code}). Check --endpoint.',
    '{host} 不提供此 API（{code}）。请检查 --endpoint。',
  ],
  [
    '{host:w} did not understand the request ({code}), which says nothing of the key. Report it as a defect of akscan.',
    '{host} 无法理解请求（{code}），这与密钥是否有效无关。请作为 akscan 的缺陷报告。',
  ],
  [
    '{host:w} answered {code}, which says nothing of the key. Treat it as live, and check --endpoint.',
    '{host} 返回 {code}，这与密钥是否有效无关。请按有效处理，并检查 --endpoint。',
  ],

  // Answers that are none.
  ['{host:w} sent an error inside a success ({code})[|.]', '{host} 在成功的答复中返回了错误（{code}）。'],
  ['{host:w} sent an empty answer ({code})[|.]', '{host} 返回了空的答复（{code}）。'],
  ['{host:w} answered with a web page ({code})[|.]', '{host} 返回了网页（{code}）。'],
  [
    '{host:w} sent something that is no answer of this API ({code})[|.]',
    '{host} 返回的内容不是此 API 的答复（{code}）。',
  ],
  ['{host:w} did not answer in HTTP ({code})[|.]', '{host} 的答复不是 HTTP（{code}）。'],
  ['{host:w} closed the connection ({code})[|.]', '{host} 关闭了连接（{code}）。'],
  [
    'Check the network and --endpoint: a login page, a firewall or a wrong host answers like this.',
    '请检查网络和 --endpoint：登录页、防火墙或错误的主机会这样答复。',
  ],
  [
    'Check the network and --endpoint: a login page or a wrong host answers like this.',
    '请检查网络和 --endpoint：登录页或错误的主机会这样答复。',
  ],
  ['Check the network, HTTPS_PROXY and --endpoint.', '请检查网络、HTTPS_PROXY 和 --endpoint。'],
  ['Check HTTPS_PROXY and NO_PROXY.', '请检查 HTTPS_PROXY 和 NO_PROXY。'],
  ['Try again later.', '请稍后重试。'],
  ['Try again.', '请重试。'],
  ['Check --endpoint.', '请检查 --endpoint。'],
  ['This is a defect[| of akscan].', '这是 akscan 的缺陷。'],
  ['That is no answer of this API: check --endpoint.', '这不是此 API 的答复：请检查 --endpoint。'],
  ['the name {host:w} could not be resolved[|.]', '无法解析主机名 {host}。'],
  ['{host:w} cannot be reached ({code})[|.]', '无法连接 {host}（{code}）。'],
  [
    'the TLS certificate or handshake of {host:w} was not accepted ({code})[|.]',
    '未接受 {host} 的 TLS 证书或握手（{code}）。',
  ],
  [
    'Behind a proxy that opens TLS, name its certificate authority in NODE_EXTRA_CA_CERTS.',
    '如果代理会解密 TLS，请在 NODE_EXTRA_CA_CERTS 中指定其证书颁发机构。',
  ],
  ['{host:w} could not be reached[|.]', '无法连接 {host}。'],
  ['{host:w} could not be reached within {n:n} s[|.]', '{n} 秒内无法连接 {host}。'],
  ['{host:w} did not answer[|.]', '{host} 没有答复。'],
  ['{host:w} did not answer within {n:n} s[|.]', '{host} 在 {n} 秒内没有答复。'],
  ['{url:w} is not encrypted, and nothing was sent[|.]', '{url} 未加密，未发送任何内容。'],
  ['Use https://; plain HTTP is spoken to this machine only.', '请使用 https://；明文 HTTP 仅用于本机。'],
  ['{host:w} sent more than {n:n} MiB[|.]', '{host} 返回的内容超过 {n} MiB。'],
  ['{host:w} broke off in the middle of its answer[|.]', '{host} 的答复中途断开。'],
  ['{host:w} answered in a compression that cannot be read[|.]', '{host} 的答复使用了无法读取的压缩方式。'],
  [
    '{host:w} answered with a redirect ({status}), which was not followed[|.]',
    '{host} 返回了重定向（{status}），未跟随。',
  ],
  ['HTTPS_PROXY is not a URL[|.]', 'HTTPS_PROXY 不是 URL。'],
  ['HTTPS_PROXY speaks {what:w}, which is not supported[|.]', 'HTTPS_PROXY 使用 {what}，不受支持。'],
  ['the proxy {host:w} cannot be reached[|.]', '无法连接代理 {host}。'],
  ['the proxy {host:w} cannot be reached ({code})[|.]', '无法连接代理 {host}（{code}）。'],
  ['the proxy {host:w} refused the connection ({code})[|.]', '代理 {host} 拒绝了连接（{code}）。'],
  [
    'Give its user name and password in HTTPS_PROXY (http://user:password@host:port).',
    '请在 HTTPS_PROXY 中给出其用户名和密码（http://user:password@host:port）。',
  ],
  ['{host:w} answered {action:w} in a shape that is not its own.', '{host} 对 {action} 的答复格式不符。'],
  ['{action:w} gave the same page twice.', '{action} 两次返回了同一页。'],
  ['{action:w} gave pages without end.', '{action} 的分页没有尽头。'],

  // The auditor's own credentials.
  ['Your credentials lack {action:w}.', '您的凭证缺少 {action} 权限。'],
  [
    'Your credentials lack {action:w} for {n:n} of {all:n} users.',
    '您的凭证对 {all} 个用户中的 {n} 个缺少 {action} 权限。',
  ],
  [
    'Your credentials lack {action:w} for {n:n} of {all:n} users; the other {rest:n} were not asked about.',
    '您的凭证对 {all} 个用户中的 {n} 个缺少 {action} 权限；其余 {rest} 个未查询。',
  ],
  ['RAM says that there is no list of users.', 'RAM 称没有用户列表。'],
  [
    '{host:w} refuses whatever your account asks ({code}). See the RAM console.',
    '{host} 拒绝您账号的任何请求（{code}）。请查看 RAM 控制台。',
  ],
  [
    'Your own AccessKey is under leak protection, and RAM refuses it: use another.',
    '您自己的 AccessKey 处于泄露保护之下，RAM 拒绝它：请换用其他密钥。',
  ],
  ['Your own credentials were refused by {host:w} ({code}).', '您自己的凭证被 {host} 拒绝（{code}）。'],
  [
    'STS did not say whose the credentials from {from} are: their account has no number here, and root credentials are not seen to be that.',
    'STS 未说明来自{from}的凭证属于谁：因此这里没有其账号 ID，也无法识别主账号凭证。',
  ],
  [
    '{left} is of the same account as {kept}, which was asked instead. Leave that out to ask with the other.',
    '{left} 与 {kept} 属于同一账号，因此改用后者查询。如需使用前者，请去掉后者。',
  ],
  [
    'The credentials from {from} were refused ({code}), so no AccessKey can be looked up.',
    '来自{from}的凭证被拒绝（{code}），因此无法查询任何 AccessKey。',
  ],
  [
    'Give credentials that work, or leave --verify out; --probe alone needs none.',
    '请提供有效的凭证，或去掉 --verify；仅用 --probe 不需要凭证。',
  ],
  ['No credentials to look AccessKeys up with ({problems}).', '没有可用于查询 AccessKey 的凭证（{problems}）。'],
  ['No credentials to look AccessKeys up with.', '没有可用于查询 AccessKey 的凭证。'],
  ['The profile "{name}" gives no credentials ({problems}).', '配置 "{name}" 未提供凭证（{problems}）。'],
  ['The profile "{name}" gives no credentials.', '配置 "{name}" 未提供凭证。'],
  [
    'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (with ALIBABA_CLOUD_SECURITY_TOKEN for temporary ones), run `aliyun configure` (~/.aliyun/config.json), write ~/.alibabacloud/credentials, or choose with --profile NAME; --probe alone needs no credentials.',
    '请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET（临时凭证还需 ALIBABA_CLOUD_SECURITY_TOKEN），或运行 `aliyun configure`（~/.aliyun/config.json），或写入 ~/.alibabacloud/credentials，或用 --profile NAME 选择；仅用 --probe 不需要凭证。',
  ],
  [
    'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun configure`, or choose with --profile NAME.',
    '请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或运行 `aliyun configure`，或用 --profile NAME 选择。',
  ],
  ['Sign in again.', '请重新登录。'],
  [
    'No AccessKey could be looked up: no answer of the API from {hosts:v}.',
    '无法查询任何 AccessKey：{hosts} 没有返回 API 的答复。',
  ],
  [
    'No AccessKey could be probed: no answer of the API from {hosts:v}.',
    '无法实际调用任何 AccessKey：{hosts} 没有返回 API 的答复。',
  ],
  [
    "{n:n} of {all:n} verdicts are an earlier run's; --no-cache asks anew.",
    '{all} 个结论中有 {n} 个来自此前的运行；--no-cache 会重新查询。',
  ],
  ['{where}: "{url}" is not a URL.', '{where}："{url}" 不是 URL。'],
  ['{where}: an endpoint takes no user name or password.', '{where}：endpoint 不能含用户名或密码。'],
  ['{where}: "{url}" is neither https:// nor http://.', '{where}："{url}" 既不是 https:// 也不是 http://。'],
  ['{where}: "{url}" has more than a host; the APIs live at /.', '{where}："{url}" 不只含主机；API 位于 /。'],
  ['{where}: {url:w} is plain HTTP, which is spoken to this machine only.', '{where}：{url} 是明文 HTTP，仅用于本机。'],
  ['Use https://, or a loopback address.', '请使用 https:// 或环回地址。'],
  ['Give a scheme and a host, such as https://ram.example.com.', '请给出协议和主机，例如 https://ram.example.com。'],
  ['--endpoint takes SERVICE=URL, not "{typed}".', '--endpoint 的写法是 SERVICE=URL，而不是 "{typed}"。'],
  [
    'The services are {services}; for example --endpoint ram=https://ram.example.com.',
    '可用的服务：{services}；例如 --endpoint ram=https://ram.example.com。',
  ],

  // Powers.
  ['Not read: {what:l}.', '未读取：{what}。'],
  ['Not read: {what:l} and {n:n} more.', '未读取：{what}，另有 {n} 项。'],
  ['its own policies', '其自身的权限策略'],
  ['its groups', '其用户组'],
  ['its policies', '其权限策略'],
  ['the policies of the group {group}', '用户组 {group} 的权限策略'],
  ['the system policy {name}', '系统策略 {name}'],
  ['the custom policy {name}', '自定义策略 {name}'],
  ['a part of {what:t}', '{what}的一部分'],
  ['It is no policy document.', '它不是权限策略文档。'],
  ['It is not written as policies are.', '其写法不符合权限策略的格式。'],
  ['There is no such user any more.', '该用户已不存在。'],
  ['There is no such role any more.', '该角色已不存在。'],
  ['What Alibaba Cloud publishes of system policies was taken.', '已采用阿里云公布的系统策略内容。'],
];
