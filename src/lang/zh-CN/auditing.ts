// The command line of an audit: help, and what is wrong with what was typed or set (commands/audit*.ts, audit/sources/, audit/store/,
// audit/notify/, audit/queue/address.ts).

import type { Entry } from '../template.js';

export const auditing: readonly Entry[] = [
  // Help.
  [
    'search every repository of an organisation, a group, a folder or a list',
    '搜索一个组织、群组、目录或列表中的所有仓库',
  ],
  [
    'Searches the whole history of every repository of organisations, groups, folders or lists.',
    '搜索组织、群组、目录或列表中每个仓库的全部历史。',
  ],
  [
    'whose repositories: github:ORG, gitlab:GROUP, dir:PATH, list:FILE, a URL ...',
    '要审计的仓库：github:ORG、gitlab:GROUP、dir:PATH、list:FILE、仓库的 URL……',
  ],
  ['Store and scale:', '存储与规模：'],
  ['Which repositories:', '哪些仓库：'],
  ['list the repositories that would be read, and read nothing', '列出将要读取的仓库，不读取任何内容'],
  ['text: the table that is shown', '文本：要显示的表格'],
  ['tell of new live keys: {kinds:v}', '通知新出现的有效密钥：{kinds}'],
  [
    'what is known of earlier runs: a file, or postgres://user@host/database',
    '保存各次运行所知内容的位置：文件，或 postgres://user@host/database',
  ],
  ['go on with the audit in the store that was not finished', '继续存储中尚未完成的审计'],
  ['keep secrets in the store, encrypted with AKSCAN_STORE_KEY', '在存储中保留 Secret，用 AKSCAN_STORE_KEY 加密'],
  [
    'have akscan worker on other machines read: redis://host (else AKSCAN_QUEUE_URL)',
    '由其他机器上的 akscan worker 读取：redis://host（否则取 AKSCAN_QUEUE_URL）',
  ],
  ['only repositories whose org/name, or name, matches', '只读取 org/name 或名称匹配的仓库'],
  ['leave out repositories that match', '略过匹配的仓库'],
  ['only repositories of a kind', '只读取某一可见性的仓库'],
  ['archived ones', '已归档的仓库'],
  ['forks', '派生（fork）的仓库'],
  [
    'only those pushed to since a date; of these all of history is read',
    '只读取某日期之后有推送的仓库；其历史仍全部读取',
  ],
  ['leave out larger ones, such as 2GB', '略过更大的仓库，例如 2GB'],
  ['their wikis, too', '也读取其 wiki'],
  ['gists and snippets, too', '也读取 gist 和代码片段'],
  ['what pull and merge requests hold, too', '也读取拉取请求和合并请求中的内容'],
  ["let each repository's own configuration and ignore file decide", '采用每个仓库自己的配置和忽略文件'],
  ['what would be read', '将读取哪些仓库'],
  ['read it all; whose keys, and are they alive', '全部读取；密钥属于谁，是否有效'],
  ['go on where the last one was stopped', '从上次停止之处继续'],
  ['every repository below a folder', '某目录下的所有仓库'],
  [
    'Sources: github:ORG|USER gitlab:GROUP gitee:ORG gitea:ORG codeup:ORG bitbucket:WORKSPACE dir:PATH list:FILE, or the URL of a repository.',
    '来源：github:ORG|USER gitlab:GROUP gitee:ORG gitea:ORG codeup:ORG bitbucket:WORKSPACE dir:PATH list:FILE，或仓库的 URL。',
  ],
  [
    "Tokens are taken from the environment (GITHUB_TOKEN, GITLAB_TOKEN, GITEE_TOKEN, GITEA_TOKEN, YUNXIAO_ACCESS_TOKEN, BITBUCKET_TOKEN) or from git's credential helper.",
    '令牌取自环境变量（GITHUB_TOKEN、GITLAB_TOKEN、GITEE_TOKEN、GITEA_TOKEN、YUNXIAO_ACCESS_TOKEN、BITBUCKET_TOKEN）或 git 的凭证助手（credential helper）。',
  ],
  [
    'With the same --store the next audit reads only what is new, and says what has changed.',
    '使用同一 --store 时，下次审计只读取新增内容，并说明有何变化。',
  ],

  // What was typed.
  ['akscan audit needs to know whose repositories to read.', 'akscan audit 需要知道读取谁的仓库。'],
  [
    '--resume goes on with an audit that a store remembers, and none is named.',
    '--resume 继续存储所记录的审计，但未指定存储。',
  ],
  ['--list begins nothing that could be resumed.', '--list 不会开始任何可以继续的审计。'],
  ['--store-secrets needs a store to keep them in.', '--store-secrets 需要用来保存的存储。'],
  [
    '--show-secrets: a report of an audit is made of what its store knows, and that has no secrets.',
    '--show-secrets：审计报告由存储所知的内容生成，而其中没有 Secret。',
  ],
  [
    'Add --store-secrets, or clone one repository and read it with akscan scan FOLDER --show-secrets.',
    '请添加 --store-secrets，或克隆单个仓库后用 akscan scan FOLDER --show-secrets 读取。',
  ],
  ['--list writes text, json or jsonl, to one place.', '--list 只向一处写入 text、json 或 jsonl。'],
  ['Add --format json, or leave it out.', '请添加 --format json，或将其去掉。'],
  ['--since: "{typed}" is not a date.', '--since："{typed}" 不是日期。'],
  ['There is no store {file}, and so no audit to go on with.', '没有存储 {file}，因此没有可以继续的审计。'],
  ['Name the store that it was begun with, or leave --resume out.', '请给出开始审计时所用的存储，或去掉 --resume。'],
  [
    'There is no audit to go on with: the last one in this store ended, or was of other sources or repositories.',
    '没有可以继续的审计：该存储中最近一次已结束，或其来源或仓库不同。',
  ],
  [
    'Leave --resume out to begin a new one, which reads only what has changed since.',
    '去掉 --resume 即开始新的审计，只读取此后变化的内容。',
  ],
  ['There is no home folder to keep mirrors in.', '没有可存放仓库镜像的主目录。'],
  ['Name a folder with --cache-dir.', '请用 --cache-dir 指定目录。'],
  ['"{text}" is not a source of repositories', '"{text}" 不是仓库的来源'],
  [
    'Write github:ORG, gitlab:GROUP, gitee:ORG, gitea:ORG, codeup:ORG, bitbucket:WORKSPACE, dir:PATH, list:FILE or the address of a repository.',
    '写作 github:ORG、gitlab:GROUP、gitee:ORG、gitea:ORG、codeup:ORG、bitbucket:WORKSPACE、dir:PATH、list:FILE 或仓库的地址。',
  ],
  ['"{text}" names no organisation', '"{text}" 没有指出组织'],
  ['"{text}" names more than an organisation', '"{text}" 指出的不只是组织'],
  [
    'One repository is given by its address; of an organisation, --include-repo chooses.',
    '单个仓库用其地址给出；组织中的仓库用 --include-repo 选择。',
  ],
  [
    'plain http:// is spoken to this machine only: on its way anybody could read a repository, or change what is read',
    '只对本机使用明文 http://：传输途中任何人都可能读到仓库，或篡改所读内容',
  ],
  ['Give an https:// or ssh:// address.', '请给出 https:// 或 ssh:// 地址。'],
  ['the address of a repository at {host:w} holds a user or password', '{host} 上的仓库地址含有用户名或密码'],
  [
    'Take it out, where everybody can read it, and give the token in the environment (docs/audit-sources.md).',
    '请从人人可见之处去掉，并在环境变量中给出令牌（docs/audit-sources.md）。',
  ],

  // What would be read.
  ['{n:n} [repository|repositories] would be read.', '将读取 {n} 个仓库。'],
  ['could not be listed: {name}: {why:o}', '未能列出：{name}：{why}'],
  ['({facts:l})', '（{facts}）'],
  ['wiki', 'wiki'],
  ['snippet', '代码片段'],
  ['public', '公开'],
  ['internal', '内部'],
  ['private', '私有'],
  ['archived', '已归档'],
  ['fork', 'fork'],
  ['pushed {day:w}', '最近推送 {day}'],
  ['not read: too large', '不读取：过大'],

  // Store and queue.
  ['Cannot write the store {file}: there is no folder {folder}.', '无法写入存储 {file}：目录 {folder} 不存在。'],
  ['Cannot open the store {file}: {why}', '无法打开存储 {file}：{why}'],
  ['Is it a store of akscan?', '它是 akscan 的存储吗？'],
  ['Cannot clear the lock {file}: {why}', '无法清除锁 {file}：{why}'],
  ['Cannot write the store {file}: {why}', '无法写入存储 {file}：{why}'],
  [
    'Secrets are stored only under a key from the environment, and AKSCAN_STORE_KEY is not set.',
    '只有环境变量给出密钥时才会保存 Secret，而 AKSCAN_STORE_KEY 未设置。',
  ],
  [
    'Make one with `openssl rand -hex 32`, and keep it where the store is not.',
    '可用 `openssl rand -hex 32` 生成，并存放在存储之外的地方。',
  ],
  ['The store was made with another key.', '该存储是用另一密钥建立的。'],
  [
    'Set AKSCAN_STORE_KEY to the key that it was made with; without one, the file FILE.key beside the store holds it.',
    '请将 AKSCAN_STORE_KEY 设为建立时的密钥；当时未设置的，密钥在存储旁的 FILE.key 中。',
  ],
  [
    'A queue needs the key AKSCAN_STORE_KEY, which is not set: what crosses it is sealed.',
    '队列需要密钥 AKSCAN_STORE_KEY，但未设置：经过队列的内容都会加密。',
  ],
  [
    'Make one with `openssl rand -hex 32`, and give it to the audit and to all its workers.',
    '可用 `openssl rand -hex 32` 生成，并提供给审计及其所有 worker。',
  ],
  ['There is no queue to work with.', '没有可用的队列。'],
  [
    '--queue holds a password, and everybody on this machine can read the command line.',
    '--queue 中含有密码，而本机上的任何人都能看到命令行。',
  ],
  [
    'Give the password in REDIS_PASSWORD, or the whole address in AKSCAN_QUEUE_URL and leave --queue without a value.',
    '请用 REDIS_PASSWORD 提供密码；或用 AKSCAN_QUEUE_URL 提供完整地址，--queue 不带值。',
  ],
  ['The queue at {where:w} cannot be reached: {why}', '无法连接 {where} 的队列：{why}'],
  [
    'Is a Redis running there? With TLS its address begins with rediss://.',
    '那里是否有 Redis 在运行？使用 TLS 时，地址以 rediss:// 开头。',
  ],

  // Notices.
  ['--notify does not know "{text}".', '--notify 不认识 "{text}"。'],
  ['It knows {kinds:v}.', '可用：{kinds}。'],
  ['{variable:w} is not set.', '{variable} 未设置。'],
  ['Put the address of the webhook into it.', '请将 webhook 的地址放入其中。'],

  // Why a repository could not be fetched.
  ['{host:w} does not accept the credentials (401)', '{host} 不接受这些凭证（401）'],
  ['{host:w} asks for credentials, and there are none for it (401)', '{host} 要求凭证，但没有可用于它的凭证（401）'],
  ['{host:w} does not let these credentials read it (403)', '{host} 不允许用这些凭证读取（403）'],
  [
    '{host:w} does not let everybody read it, and there are no credentials (403)',
    '{host} 不允许任何人读取，而且没有凭证（403）',
  ],
  ['{host:w} accepts none of the SSH keys at hand', '{host} 不接受现有的任何 SSH 密钥'],
  [
    '{host:w} knows no such repository, or hides it from these credentials: forges answer the same (404) to both',
    '{host} 没有这个仓库，或不向这些凭证显示：两种情况下代码托管平台的答复相同（404）',
  ],
  ['{host:w} says that it has moved, and not where to', '{host} 表示它已迁移，但未说明迁往何处'],
  ['{host:w} has had too many requests (429)', '{host} 收到的请求过多（429）'],
  ['{host:w} answers with an error ({status:n})', '{host} 答复出错（{status}）'],
  ['the name {host:w} cannot be resolved', '无法解析名称 {host}'],
  ['the SSH key of {host:w} is not among the known hosts', '{host} 的 SSH 密钥不在已知主机之列'],
  ['{host:w} cannot be reached', '无法连接 {host}'],
  ['{host:w} broke off in the middle of the transfer', '{host} 在传输途中断开'],
  ['what {host:w} sent is damaged or no repository', '{host} 发来的内容已损坏，或不是仓库'],
  ['it takes more than {size} on the disk ({option:w})', '占用的磁盘空间超过 {size}（{option}）'],
  ['the folder is not there', '目录不存在'],
  ['There is no folder {folder}.', '没有目录 {folder}。'],
];
