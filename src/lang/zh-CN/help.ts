// Help: headings, commands, arguments and options (commands/).

import type { Entry } from '../template.js';

export const help: readonly Entry[] = [
  // Headings.
  ['Usage:', '用法：'],
  ['Arguments:', '参数：'],
  ['Options:', '选项：'],
  ['Commands:', '命令：'],
  ['Output:', '输出：'],
  ['Common:', '通用：'],
  ['Acting:', '执行：'],
  ['What counts:', '哪些结果算数：'],
  ['What is read:', '读取范围：'],
  ['Verdicts (nothing is asked without --verify or --probe):', '验证（没有 --verify 或 --probe 就不会查询）：'],
  ['Switching off (akscan disable --help says more):', '禁用（详见 akscan disable --help）：'],
  ['Examples:', '示例：'],
  ['Search:', '搜索：'],
  ['Ask and report:', '查询和报告：'],
  ['Act:', '处置：'],
  ['Accept:', '接受：'],
  ['Set up:', '设置：'],
  ['Queue:', '队列：'],
  ['Mirrors:', '镜像：'],
  ['(default: {value})', '（默认：{value}）'],
  ['{what:t}; may be repeated', '{what}；可重复'],

  // The program.
  [
    'Finds Alibaba Cloud AccessKeys in files and git history, says which are alive and which are root keys.',
    '在文件和 git 历史中查找阿里云 AccessKey，指出哪些有效、哪些属于主账号。',
  ],
  ['print the version', '显示版本'],
  ['print help; `akscan COMMAND --help` has the options', '显示帮助；`akscan COMMAND --help` 列出其选项'],
  [
    'search files, directories, git repositories and stdin (the default command)',
    '搜索文件、目录、git 仓库和标准输入（默认命令）',
  ],
  ['search what the next commit adds (pre-commit)', '搜索下一次提交新增的内容（pre-commit）'],
  [
    'search what commits add: a pull request, a push (pre-push, pre-receive)',
    '搜索一组提交新增的内容：拉取请求、推送（pre-push、pre-receive）',
  ],
  ['read repositories for audits on other machines, from a queue', '从队列中领取其他机器上审计的仓库并读取'],
  [
    "ask whether a report's keys, or one key, are alive and whose they are",
    '查询报告中的密钥或单个密钥是否有效、属于谁',
  ],
  ["convert and join reports, other scanners' too", '转换和合并报告，包括其他扫描器的报告'],
  [
    "Alibaba Cloud's own list of an account's leaked keys, and how the account keeps its keys",
    '阿里云的账号密钥泄露列表，以及账号的密钥管理状况',
  ],
  ['switch leaked keys off: shows the plan, does it with --yes', '禁用泄露的密钥：显示计划，加 --yes 执行'],
  ['bring back what disable changed, from its log', '根据日志恢复 disable 所做的更改'],
  ['check the record of disable and restore', '检查 disable 和 restore 的记录'],
  ['accept one finding, with a reason, in .akscanignore', '在 .akscanignore 中说明原因并接受一个结果'],
  ['record what is found today, so that only new findings are shown', '记录当前的结果，以后只显示新增结果'],
  ['install git hooks that refuse AccessKeys, or take them out again', '安装或移除拒绝 AccessKey 的 git hook'],
  ['the whole way on a made-up repository and a simulated cloud', '在虚构的仓库和模拟的云上演示全过程'],
  ['complete what is typed: a script for bash, zsh or fish', '命令行补全：用于 bash、zsh 或 fish 的脚本'],

  // Commands.
  [
    'Searches files, directories, repositories (work tree and every object of the history) and stdin.',
    '搜索文件、目录、仓库（工作区和历史中的每个对象）和标准输入。',
  ],
  [
    'Searches what is staged, as it is staged, and reports the AccessKeys that HEAD does not hold yet: a moved file, a rename or an edit beside a key adds none.',
    '按暂存的原样搜索暂存区，报告 HEAD 中尚没有的 AccessKey：移动文件、重命名或在密钥旁编辑都不算新增。',
  ],
  [
    'Reads every object that HEAD reaches and BASE does not, messages and what was taken out again included, and reports the AccessKeys that the files of BASE do not hold.',
    '读取 HEAD 可到达而 BASE 不可到达的每个对象，包括提交说明和后来又移除的内容，报告 BASE 的文件中没有的 AccessKey。',
  ],
  [
    "Asks whether a report's keys, or single IDs, are alive, whose they are, and which are root keys.",
    '查询报告中的密钥或单个 ID 是否有效、属于谁、哪些属于主账号。',
  ],
  [
    'Converts reports of earlier runs, joins several, and reads those of other scanners.',
    '转换此前的报告，合并多份报告，并可读取其他扫描器的报告。',
  ],
  [
    "Alibaba Cloud's own list of an account's leaked AccessKeys, and how the account keeps its keys.",
    '阿里云的账号 AccessKey 泄露列表，以及账号的密钥管理状况。',
  ],
  [
    'Switches leaked AccessKeys off: shows the plan, and with --yes carries it out, proves it, records it.',
    '禁用泄露的 AccessKey：显示计划；加 --yes 则执行、证实并记录。',
  ],
  [
    'Brings back what akscan disable changed: keys on again, former policies, keys from the recycle bin.',
    '恢复 akscan disable 所做的更改：重新启用密钥、还原策略、从回收站恢复密钥。',
  ],
  ['Checks the record that akscan disable and restore keep.', '检查 akscan disable 和 restore 保存的记录。'],
  [
    'Accepts one finding: adds its fingerprint and your reason to {file:w}, in the folder that has one or else at the top of the repository. Accepted findings are counted, not shown.',
    '接受一个结果：将其指纹和您的原因写入 {file}（所在目录中已有的，否则在仓库顶层）。已接受的结果只计数，不显示。',
  ],
  [
    'Writes what a scan finds to {file:w}, so that later scans show new findings only.',
    '将扫描结果写入 {file}，以后的扫描只显示新增结果。',
  ],
  [
    'Installs git hooks that refuse AccessKeys, and takes them out again.',
    '安装拒绝 AccessKey 的 git hook，也可将其移除。',
  ],
  [
    'Builds a small repository with made-up keys in its files and its history, starts a simulated cloud on this machine, runs akscan on both and cleans up. Nothing leaves the machine. With --serve only the cloud, until Ctrl-C: prints what to set so that other commands ask it.',
    '建立一个小仓库（文件和历史中含有虚构的密钥），在本机启动模拟的云，对两者运行 akscan，然后清理。不会有任何内容离开本机。加 --serve 只启动云，直到 Ctrl-C：会显示需要设置的环境变量，供其他命令使用。',
  ],
  [
    'Prints a script by which bash, zsh or fish complete commands, options and their values.',
    '输出脚本，使 bash、zsh 或 fish 能补全命令、选项及其取值。',
  ],

  // Arguments.
  [
    'files, directories, repositories, - for stdin; default: the current directory',
    '文件、目录、仓库，- 表示标准输入；默认：当前目录',
  ],
  ['as for scan; default: the current directory', '同 scan；默认：当前目录'],
  ['BASE..HEAD, or BASE...HEAD to begin where the two parted', 'BASE..HEAD；或 BASE...HEAD，从两者的分叉处开始'],
  [
    'reports in jsonl or json, - for one on standard input, AccessKey IDs',
    'jsonl 或 json 报告，- 表示标准输入；或 AccessKey ID',
  ],
  ['files, - for one on standard input', '文件，- 表示标准输入'],
  ['the log of the run; default: the one that disable keeps', '该次运行的日志；默认：disable 保存的日志'],
  ['the log; default: the one that disable keeps', '日志；默认：disable 保存的日志'],
  ['verify: whether the record is whole', 'verify：记录是否完整'],
  ['its first 16 digits, as shown in reports, or all 64', '报告中显示的前 16 位，或全部 64 位'],
  [
    'install, uninstall, or run: judge what the framework pre-commit passes',
    'install（安装）、uninstall（移除）或 run：判断 pre-commit 框架传入的内容',
  ],
  ['with run: names of files', '用于 run：文件名'],
  ['whose script', '哪种 shell 的脚本'],

  // Options of all.
  ['print nothing but the result, and what went wrong', '只显示结果和出错之处'],
  ['no progress line (there is none in pipes)', '不显示进度（管道中本来就没有）'],
  ['no colours, no links (NO_COLOR does it, too)', '不用颜色和链接（NO_COLOR 也可）'],
  ['what people are told in (else AKSCAN_LANG, or the locale)', '显示语言（否则取 AKSCAN_LANG 或系统区域设置）'],
  ['print this help', '显示本帮助'],

  // Output.
  ['how to write the report', '报告格式'],
  ['how to write it', '输出格式'],
  ['write to a file instead of standard output', '写入文件而不是标准输出'],
  ['write one more report', '再写一份报告'],
  ['write secrets in the clear instead of ***', '以明文写出 Secret，而不是 ***'],
  ['what gives exit code 1', '哪些情况返回退出码 1'],
  ['where to write (default: the baseline of the configuration)', '写入位置（默认：配置中的基线）'],

  // What is read, and what counts.
  ['leave out the files, read history only', '略过文件，只读历史'],
  ['leave out git history, read files only', '略过 git 历史，只读文件'],
  ['read files that git ignores, too', '也读取被 git 忽略的文件'],
  ['history: only commits after a date', '历史：只读某日期之后的提交'],
  ['history: only what this branch reaches', '历史：只读该分支可到达的内容'],
  ['threads that read and search', '读取和搜索的线程数'],
  ['only paths that match', '只读匹配的路径'],
  ['leave out paths that match', '略过匹配的路径'],
  ['leave out larger files, such as 10MB', '略过更大的文件，例如 10MB'],
  ['accept objects missing from shallow and partial clones', '接受浅克隆和部分克隆缺少的对象'],
  [
    'history: all paths of a finding, and the branches and tags that reach it',
    '历史：结果的所有路径，以及可到达它的分支和标签',
  ],
  [
    'history: verify the checksum of every object, and that all they name is there',
    '历史：校验每个对象的校验和，并确认其引用的对象都存在',
  ],
  [
    'read only objects that the last scan with this file did not; written when done',
    '只读取上次使用该文件的扫描未读的对象；完成后写入',
  ],
  ['show findings of at least', '显示的最低可信度'],
  ['keep this many credentials, more is a fault', '最多保留的凭证数，超过则视为故障'],
  [
    'use this configuration instead of the akscan.config.yml of the tree',
    '使用该配置，而不是目录树中的 akscan.config.yml',
  ],
  [
    'take the range from what git tells a pre-push or pre-receive hook',
    '从 git 传给 pre-push 或 pre-receive hook 的内容中取得范围',
  ],
  [
    "pre-push: a new branch brings what this remote's branches lack (default: any remote's)",
    'pre-push：新分支只算该远程仓库的分支所没有的内容（默认：任一远程仓库）',
  ],
  ['pre-receive: let the configuration of the receiving repository count', 'pre-receive：采用接收方仓库的配置'],
  [
    'take configuration, ignore file and baseline from a commit, such as the base',
    '从某个提交（例如基准）取得配置、忽略文件和基线',
  ],

  // Verdicts.
  ['look each ID up with your own credentials (inventory)', '用您自己的凭证查询每个 ID（账号查询）'],
  ['let each leaked pair ask STS who it is: uses the leaked key', '用泄露的密钥对向 STS 查询身份：会使用泄露的密钥'],
  [
    'probe IDs without a secret, too, with a made-up one: tells unknown IDs from existing ones',
    '对没有 Secret 的 ID 也用虚构的 Secret 调用：可区分不存在和存在的 ID',
  ],
  [
    'with --verify: what each key did in the last 90 days (ActionTrail, slow)',
    '配合 --verify：每个密钥最近 90 天的操作（操作审计 ActionTrail，较慢）',
  ],
  ['whose credentials --verify looks IDs up with', '--verify 查询 ID 所用的凭证'],
  ['base URL of ram, ims, sts, actiontrail or sas', 'ram、ims、sts、actiontrail 或 sas 的基础 URL'],
  [
    'take verdicts of earlier runs that are younger than this, such as 12h',
    '采用此前运行中不早于该时长的结论，例如 12h',
  ],
  ['keep no verdicts, and take none from a run that was interrupted', '不保存结论，也不采用中断的运行的结论'],
  ['read the secret of the one ID from standard input', '从标准输入读取该 ID 的 Secret'],
  [
    'read the secret of the one ID from standard input, to prove that it is off',
    '从标准输入读取该 ID 的 Secret，以证实其已禁用',
  ],
  [
    'list the hosts and operations that would be asked, and who signs; send nothing',
    '列出将要查询的主机、操作和签名者；不发送任何请求',
  ],

  // The account.
  ['whose account, by a profile of ~/.aliyun/config.json', '查询谁的账号，按 ~/.aliyun/config.json 中的配置'],
  [
    'a report of akscan (jsonl, json, - for standard input): whose keys these are',
    'akscan 的报告（jsonl、json，- 表示标准输入）：这些密钥属于谁',
  ],
  ['leave out Security Center', '略过云安全中心'],
  ['name keys that are older', '列出创建时间更久的密钥'],
  ['name keys that were not used for longer', '列出更久未使用的密钥'],

  // Containment.
  [
    'show which of the keys would be switched off; looks them up (--verify) and asks STS with the leaked pairs',
    '显示将禁用哪些密钥；会查询它们（--verify），并用泄露的密钥对询问 STS',
  ],
  ['do it; without this, only the plan is shown', '执行；不加则只显示计划'],
  [
    'the one account that may be touched; needed with --yes where nobody can be asked',
    '唯一允许更改的账号；无法询问用户时，--yes 需要它',
  ],
  [
    'where the record goes (default: containment.jsonl in the state folder)',
    '记录的存放位置（默认：状态目录中的 containment.jsonl）',
  ],
  ['only keys whose ID, user or account matches', '只处理 ID、用户或账号匹配的密钥'],
  ['leave these out', '略过这些'],
  [
    'disable: off; restrict: to addresses; delete: off and to the recycle bin',
    'disable：禁用；restrict：限制到指定地址；delete：禁用并移入回收站',
  ],
  ['restrict: an address or network that stays allowed', 'restrict：仍允许的地址或网段'],
  ['touch none when it would be more than this', '超过该数量则一个也不处理'],
  ['a key used since then is in use, and left alone', '此后使用过的密钥视为在用，不予处理'],
  ['touch keys in use as well', '也处理在用的密钥'],
  ['leave findings of less alone', '不处理可信度更低的结果'],
  ['do not use the leaked pair, neither before nor after', '前后都不使用泄露的密钥对'],
  [
    'for keys that are still used: how to replace them first; with --yes one new key is made',
    '对仍在使用的密钥：如何先行更换；加 --yes 会创建一个新密钥',
  ],
  [
    'with --rotate --yes: a new file for the new secret, which is never shown',
    '配合 --rotate --yes：存放新 Secret 的新文件，Secret 不会显示',
  ],
  [
    'or a command that reads it: words and quotes, or a JSON array; no shell',
    '或读取它的命令：单词和引号，或 JSON 数组；不经 shell',
  ],
  [
    'what was made with the keys and outlives them (ActionTrail, slow)',
    '用这些密钥创建、在其失效后仍然存在的内容（操作审计 ActionTrail，较慢）',
  ],
  ['whose credentials look up and act', '查询和执行所用的凭证'],
  ['whose credentials act', '执行所用的凭证'],

  // The others.
  ['why it is accepted', '接受的原因'],
  ['accept it at these paths only', '只在这些路径接受'],
  ['accept it up to this day, YYYY-MM-DD', '接受到该日期为止，YYYY-MM-DD'],
  ['write to this ignore file', '写入该忽略文件'],
  ['for all repositories of yours', '用于您的所有仓库'],
  ['the hook for commits (the default when no other is named)', '用于提交的 hook（未指定其他时的默认值）'],
  ['the hook for pushes from here', '用于从这里推送的 hook'],
  ['the hook for pushes to here', '用于推送到这里的 hook'],
  [
    'serve the simulated cloud on loopback and print its environment variables',
    '在环回地址上提供模拟的云，并显示其环境变量',
  ],
  ['with --serve: the port (default: any free one)', '配合 --serve：端口（默认：任一空闲端口）'],
  [
    'with --serve: keep the cloud in a file from one run to the next',
    '配合 --serve：将云的状态保存在文件中，供下次运行使用',
  ],
  ['with --serve: every answer goes wrong, or those of one action', '配合 --serve：所有答复或某一操作的答复出错'],
  ['with --serve: before every answer, such as 80 or 20-300', '配合 --serve：每次答复前的延迟，例如 80 或 20-300'],
  ['with --serve: as many requests a second as Alibaba Cloud allows', '配合 --serve：每秒请求数与阿里云的限制相同'],

  // worker; its mirrors are those of audit.
  [
    'Reads repositories for audits that run on other machines: takes jobs from a queue, several at a time.',
    '为其他机器上运行的审计读取仓库：从队列中领取任务，同时处理多个。',
  ],
  [
    'redis://host or rediss://host (default: AKSCAN_QUEUE_URL)',
    'redis://host 或 rediss://host（默认：AKSCAN_QUEUE_URL）',
  ],
  [
    'at one host, by all workers together; the same for each of them',
    '所有 worker 合计对同一主机的拉取次数；每个 worker 应相同',
  ],
  [
    'when stopped: time for what is in hand, then it goes back to the queue',
    '停止时：留给手头任务的时间，到时放回队列',
  ],
  ['repositories below it may be read in place', '可直接读取其下的仓库'],
  ['where repositories are mirrored to (default: in the cache folder)', '仓库镜像的存放位置（默认：缓存目录中）'],
  ['how much mirrors may take; what was used longest ago goes first', '镜像可占用的空间；最久未用的先删除'],
  ['keep the mirrors, so that the next audit fetches only what is new', '保留镜像，下次审计只拉取新增内容'],
  ['repositories that are read at a time', '同时读取的仓库数'],
  ['leave out larger repositories, such as 2GB', '略过更大的仓库，例如 2GB'],
];
