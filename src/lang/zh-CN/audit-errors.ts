// What goes wrong in an audit: the store, its key, the queue, notices, addresses, tokens, mirrors (audit/, commands/audit-checks.ts).

import type { Entry } from '../template.js';

export const auditErrors: readonly Entry[] = [
  [
    'No repository is left by {options:v}, so nothing was read (--list without them shows what there is).',
    '经 {options} 筛选后没有剩下任何仓库，因此未读取任何内容（不带这些选项使用 --list 可查看有哪些）。',
  ],
  [
    'The sources have no repository, or none that your credentials may see, so nothing was read.',
    '这些来源没有仓库，或没有您的凭证可见的仓库，因此未读取任何内容。',
  ],
  // What was typed.
  ['The audit that was not finished was begun with other options.', '未完成的审计开始时使用的是其他选项。'],
  [
    'Leave sources and options of what is read out: --resume goes on with what it was begun with.',
    '请去掉来源和读取范围的选项：--resume 按开始时的设置继续。',
  ],
  [
    '--queue takes the address of a Redis: redis://host or rediss://host.',
    '--queue 需要 Redis 的地址：redis://host 或 rediss://host。',
  ],
  [
    'To take it from AKSCAN_QUEUE_URL, write --queue after the sources.',
    '要使用 AKSCAN_QUEUE_URL，请把 --queue 写在来源之后。',
  ],
  [
    '--notify tells of keys that are live, and nobody is asked whether they are.',
    '--notify 通知有效的密钥，但本次未要求验证。',
  ],
  [
    '--{option:w}: --resume goes on with the repositories and options that the audit was begun with.',
    '--{option}：--resume 按审计开始时的仓库和选项继续。',
  ],
  ['Leave it out; a new audit reads only what has changed since.', '请去掉它；新的审计只读取此后的变化。'],
  ['--allow-folder: there is no folder {folder} ({why}).', '--allow-folder：没有目录 {folder}（{why}）。'],

  // The store and its key.
  ['{name:w} is shorter than {n:n} characters: it could be guessed.', '{name} 不足 {n} 个字符：可能被猜出。'],
  ['Make one with `openssl rand -hex 32`.', '可用 `openssl rand -hex 32` 生成。'],
  ['A store in PostgreSQL needs the key {name:w}, which is not set.', 'PostgreSQL 中的存储需要密钥 {name}，但未设置。'],
  [
    'Make one with `openssl rand -hex 32`, and give it to every coordinator.',
    '可用 `openssl rand -hex 32` 生成，并提供给每个协调者。',
  ],
  [
    'The store {store} was made with a key, and {file} is not there.',
    '存储 {store} 建立时使用了密钥，但 {file} 不存在。',
  ],
  [
    'Put it back, or set {name:w} if the key came from there; without it this store cannot be read.',
    '请把它放回原处；如果密钥来自 {name}，请设置该变量。没有密钥就无法读取该存储。',
  ],
  ["Cannot [read|write] the store's key {file}: {why}", '无法读写存储的密钥 {file}：{why}'],
  ['{file} holds no key: it is 64 hexadecimal digits.', '{file} 中没有密钥：密钥是 64 位十六进制数字。'],
  ['Put the right file back.', '请放回正确的文件。'],
  ['{name:w} names no store that akscan knows.', '{name} 不是 akscan 认识的存储。'],
  ['It is a file, or postgres://user@host/database.', '应为文件，或 postgres://user@host/database。'],
  ['--store names no file.', '--store 没有给出文件。'],
  ['The address of the store is no URL.', '存储的地址不是 URL。'],
  ['It is postgres://user@host/database.', '应为 postgres://user@host/database。'],
  [
    '--store holds a password, which every user of this machine can see in the list of processes.',
    '--store 中含有密码，而本机的每个用户都能在进程列表中看到。',
  ],
  [
    'Leave it out and set PGPASSWORD, or put the whole address into {name:w}.',
    '请去掉密码并设置 PGPASSWORD，或把完整地址放入 {name}。',
  ],
  ['The store\'s address says "{name}", which akscan does not know.', '存储的地址含有 "{name}"，akscan 不认识。'],
  ["The store's address says sslmode={mode}.", '存储的地址含有 sslmode={mode}。'],
  ['It is verify-full, require or disable.', '可用的值为 verify-full、require 或 disable。'],
  ['The store at {host:w} does not answer as it should: {why}', '{host} 的存储应答异常：{why}'],
  [
    'A newer akscan made this store (its form is {n:n}, this akscan knows {known:n}).',
    '该存储由更新版本的 akscan 建立（其格式为 {n}，本版本支持到 {known}）。',
  ],
  ['Update akscan, or name another store.', '请更新 akscan，或使用另一存储。'],
  [
    'Something sealed does not open: another key sealed it, or it was changed.',
    '加密内容无法解开：它由另一密钥加密，或已被改动。',
  ],
  ['Set AKSCAN_STORE_KEY to the key that it was made with.', '请将 AKSCAN_STORE_KEY 设为建立时的密钥。'],
  ['Remove it.', '请删除它。'],
  ['The store cannot be read or written: {why}', '无法读写存储：{why}'],
  ['Is there room on its disk?', '其磁盘还有空间吗？'],

  // The queue.
  ['{where:w} is no address of a Redis.', '{where} 不是 Redis 的地址。'],
  [
    'For example: --queue redis://queue.example.com:6379, or rediss:// for TLS.',
    '例如：--queue redis://queue.example.com:6379；使用 TLS 时为 rediss://。',
  ],
  ['{where:w}: an address of a Redis has neither ? nor #.', '{where}：Redis 的地址中不含 ? 和 #。'],
  ['{where:w}: a database of a Redis is a number.', '{where}：Redis 的数据库是数字。'],
  ['{where:w}: the name or the password is not written as a URL has it.', '{where}：用户名或密码不符合 URL 的写法。'],
  ['The queue at {where:w} is an old Redis.', '{where} 的队列是旧版 Redis。'],
  ['Redis 6.2 or newer is needed.', '需要 Redis 6.2 或更新的版本。'],
  ['The queue at {where:w} does not let us in: {why}', '{where} 的队列拒绝访问：{why}'],
  [
    'Give the password in REDIS_PASSWORD, or the whole address in AKSCAN_QUEUE_URL.',
    '请用 REDIS_PASSWORD 提供密码，或用 AKSCAN_QUEUE_URL 提供完整地址。',
  ],
  ['Another akscan goes on with this audit.', '另一个 akscan 正在继续该审计。'],
  ['The queue at {where:w} has been away for {n:n} minutes.', '{where} 的队列已有 {n} 分钟无法连接。'],
  ['akscan audit --resume goes on with what was not read yet.', 'akscan audit --resume 会继续读取尚未读取的内容。'],

  // Notices.
  [
    '{name:w} is not set, and --notify {target:w} signs its messages with it.',
    '{name} 未设置，而 --notify {target} 用它为消息签名。',
  ],
  [
    'Choose a long random text, and give it to whoever receives the messages, too.',
    '请选一段足够长的随机文本，并同样提供给接收消息的一方。',
  ],
  [
    '--notify takes a kind, or KIND:NAME with letters, digits and hyphens, and no address.',
    '--notify 需要类型，或 KIND:NAME（字母、数字和连字符），而不是地址。',
  ],
  [
    "A webhook's address holds a token: put it into the environment, such as {name:w}, and say --notify dingtalk.",
    'webhook 的地址含有令牌：请放入环境变量，例如 {name}，并使用 --notify dingtalk。',
  ],
  ['{name:w} is no address.', '{name} 不是地址。'],
  ['It is the whole address of the webhook, with https://.', '应为 webhook 的完整地址，以 https:// 开头。'],
  ['{name:w} is no https:// address.', '{name} 不是 https:// 地址。'],
  ['Plain HTTP is spoken to this machine only.', '明文 HTTP 仅用于本机。'],

  // Sources and their addresses.
  ['{program}:: would let git start a program of that name', '{program}:: 会让 git 启动同名的程序'],
  ['an address of a repository is not a URL', '仓库的地址不是 URL'],
  ['Write https://HOST/PATH.git or git@HOST:PATH.git.', '请写成 https://HOST/PATH.git 或 git@HOST:PATH.git。'],
  ['{protocol:w}// is not fetched from', '不支持从 {protocol}// 获取'],
  [
    'Give an https:// or ssh:// address, or dir:PATH for repositories on this machine.',
    '请给出 https:// 或 ssh:// 地址；本机上的仓库用 dir:PATH。',
  ],
  ['the address of a repository has no host that could be meant', '仓库的地址中没有可用的主机'],
  ['Write https://HOST/PATH.git.', '请写成 https://HOST/PATH.git。'],
  ['the address at {host:w} names no repository', '{host} 的地址没有指明仓库'],
  ['Name the .pem file of the App.', '请给出该 App 的 .pem 文件。'],
  ['GITHUB_APP_PRIVATE_KEY_FILE cannot be read: {file}', '无法读取 GITHUB_APP_PRIVATE_KEY_FILE：{file}'],
  ['GITHUB_APP_ID is set, and its private key is not', '已设置 GITHUB_APP_ID，但未设置其私钥'],
  ['GITHUB_APP_ID is set, and what is given as its private key is none', '已设置 GITHUB_APP_ID，但给出的私钥无效'],
  [
    'Set GITHUB_APP_PRIVATE_KEY to the text of the .pem file, or GITHUB_APP_PRIVATE_KEY_FILE to its path.',
    '请将 GITHUB_APP_PRIVATE_KEY 设为 .pem 文件的内容，或将 GITHUB_APP_PRIVATE_KEY_FILE 设为其路径。',
  ],
  ['{name:w} is not an address of a server', '{name} 不是服务器的地址'],
  ['Set it to https://HOST, without user and password.', '请设为 https://HOST，不含用户名和密码。'],
  ['{prefix:w}: needs a path', '{prefix}: 需要路径'],
  ['Write {prefix:w}:[PATH|NAME|https://HOST/NAME].', '请参照用法补全 {prefix}:。'],
  ['{forge:w}: is followed by what is not a URL', '{forge}: 后面不是 URL'],
  ['{forge:w} is followed by more than a name', '{forge} 后面不止是名称'],
  [
    'Take user, password and query out, and give the token in the environment (docs/audit-sources.md).',
    '请去掉用户名、密码和查询部分，并通过环境变量提供令牌（docs/audit-sources.md）。',
  ],
  ['{name:w} holds what no token is made of', '{name} 含有令牌不可能有的字符'],
  ['Set it to the token alone, without line breaks.', '请只设为令牌本身，不含换行。'],

  // Why a source could not be listed, or a repository not be read.
  [
    '{host:w} sends us on to another host, {other:w}, which was not asked.',
    '{host} 把请求转到另一主机 {other}，未向其请求。',
  ],
  [
    '{host:w} did not answer in JSON. Check that the address is that of its API.',
    '{host} 的答复不是 JSON。请检查地址是否为其 API 的地址。',
  ],
  ['It looks like a repository, and its HEAD is broken.', '它看似仓库，但其 HEAD 已损坏。'],
  ['Its .git holds no repository that git would open.', '其 .git 中没有 git 能打开的仓库。'],
  ['Its .git names a repository that is not there.', '其 .git 指向的仓库不存在。'],
  ['The folder may not be read: check its permissions.', '无权读取该目录：请检查其权限。'],
  ['The folder is not there any more, or its name is not UTF-8.', '该目录已不存在，或其名称不是 UTF-8。'],
  ['The folder cannot be read.', '无法读取该目录。'],
  ['The folder cannot be read ({why:w}).', '无法读取该目录（{why}）。'],
  ['The list {file} is larger than 64 MB.', '列表 {file} 超过 64 MB。'],
  ['The list {file} is not there.', '列表 {file} 不存在。'],
  ['{host:w} was asked too often again and again.', '{host} 一再拒绝过于频繁的请求。'],
  ['{host:w} was asked too often and wants {rest:t} of rest.', '对 {host} 的请求过于频繁，需等待{rest}。'],
  [
    'Use a token of its own for the audit, or go on later with --resume.',
    '请为审计使用单独的令牌，或稍后用 --resume 继续。',
  ],
  ['{host:w} tells nobody without a token of {what}.', '没有令牌时 {host} 不提供 {what}。'],
  ['{host:w} does not accept the token in {name:w}.', '{host} 不接受 {name} 中的令牌。'],
  ['It may have expired: set {names}.', '它可能已过期：请设置 {names}。'],
  ['Set {names}.', '请设置 {names}。'],
  [
    '{host:w} wants the token in {name:w} authorised for single sign-on.',
    '{host} 要求 {name} 中的令牌获得单点登录授权。',
  ],
  ['{host:w} does not show {what} without a token.', '没有令牌时 {host} 不显示 {what}。'],
  ['{host:w} does not show {what} to the token in {name:w}.', '{host} 不向 {name} 中的令牌显示 {what}。'],
  ['{host:w} does not know {what}, or does not show it without a token.', '{host} 没有 {what}，或没有令牌时不显示。'],
  [
    '{host:w} does not know {what}, or does not show it to the token in {name:w}.',
    '{host} 没有 {what}，或不向 {name} 中的令牌显示。',
  ],
  ['If it exists, set {names}.', '如果它存在，请设置 {names}。'],
  ['{host:w} answered with {status:n} when asked for {what}.', '向 {host} 请求 {what} 时，答复为 {status}。'],
  [
    'Bitbucket Cloud is listed by workspace: write bitbucket:WORKSPACE.',
    'Bitbucket Cloud 按工作区列出：请写 bitbucket:WORKSPACE。',
  ],
  [
    '{host:w} gives more pages than any organisation has, or the same again and again.',
    '{host} 给出的页数超过任何组织，或反复给出相同的页。',
  ],
  ['it has moved to another host ({host:w}), which is not followed', '它已迁到另一主机（{host}），不会跟随'],
  ['it is said to have moved again and again', '它被一再重定向'],
  ['it has more refs than can be taken in', '它的引用过多，无法处理'],
  ['{host:w} did not say within {n:n} seconds what there is', '{host} 未在 {n} 秒内说明有哪些内容'],
  ['git takes more than {size} of memory to fetch it', 'git 获取它需要超过 {size} 的内存'],
  ['fetching it took more than {n:n} minutes', '获取它用时超过 {n} 分钟'],
  [
    'its {n:n} refs take more room than there is while it is fetched (--cache-size)',
    '获取期间，它的 {n} 个引用所需空间超过可用空间（--cache-size）',
  ],
  ['its address is no URL', '其地址不是 URL'],
  ['an SSH address may hold no password', 'SSH 地址不能含有密码'],
  ['its SSH address is not usable', '其 SSH 地址无法使用'],
  ['{protocol:w} is not spoken: only https, http and ssh are', '不支持 {protocol}：只支持 https、http 和 ssh'],
  ['plain http is spoken to this machine only', '明文 http 仅用于本机'],

  // Mirrors.
  ['Mirrors cannot be kept in {folder}: {why}', '无法在 {folder} 中保存镜像：{why}'],
  ['Name another folder with --cache-dir.', '请用 --cache-dir 指定另一目录。'],
  ['{folder} leads elsewhere, so no mirrors are kept there.', '{folder} 指向别处，因此不在那里保存镜像。'],
  ['{folder} belongs to another user, so no mirrors are kept there.', '{folder} 属于另一用户，因此不在那里保存镜像。'],
  ['Name a folder of your own.', '请指定您自己的目录。'],
  ['Others may write to {folder}, so no mirrors are kept there.', '其他用户可以写入 {folder}，因此不在那里保存镜像。'],
  ['If it is yours alone: chmod 700 {folder}', '如果它只属于您：chmod 700 {folder}'],
  [
    '{folder} holds mirrors of another version of akscan ({version:w}).',
    '{folder} 中是另一版本 akscan（{version}）的镜像。',
  ],
  ['Remove it, or name another folder.', '请删除它，或指定另一目录。'],
  [
    '{folder} is not empty and was not made for mirrors, so none are kept there.',
    '{folder} 不为空且不是为镜像建立的，因此不在那里保存镜像。',
  ],
  [
    'Name a folder that is empty or not there yet: what is in a folder of mirrors may be taken away.',
    '请指定一个空的或尚不存在的目录：镜像目录中的内容可能被删除。',
  ],
  ['{what} is neither a file nor a folder.', '{what} 既不是文件也不是目录。'],
];
