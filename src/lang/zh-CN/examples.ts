// Help: what stands after the options (EXAMPLES in commands/). A paragraph is one text.

import type { Entry } from '../template.js';

export const examples: readonly Entry[] = [
  ['this repository, files and history', '本仓库的文件和历史'],
  ['what the next commit adds', '下一次提交新增的内容'],
  ['ask whose keys they are; keep the findings', '查询密钥属于谁；保存结果'],
  ['the plan to switch them off', '禁用它们的计划'],
  ['options and examples of one command', '某个命令的选项和示例'],
  [
    'Without a command, `akscan {target}` scans: `akscan scan --help` has its options.',
    '不带命令时，`akscan {target}` 即为扫描：选项见 `akscan scan --help`。',
  ],

  // scan, staged, range
  ['two directories, files only', '两个目录，只读文件'],
  ['exit 1 only when a key is or may be alive', '只有密钥有效或可能有效时才返回 1'],
  ['ask STS with the pairs; text here, JSON in a file', '用密钥对询问 STS；此处显示文本，JSON 写入文件'],
  ['and what would be switched off; --yes does it', '并显示将禁用哪些；--yes 执行'],
  ['every night: costs what the day added', '每晚运行：只需处理当天新增的内容'],
  ['whatever another program prints', '其他程序的输出'],
  [
    'Exit codes: 0 nothing found that --fail-on names, 1 findings, 2 not everything could be read or the call was wrong, 130 stopped by Ctrl-C. With --disable --yes those of akscan disable.',
    '退出码：0 没有 --fail-on 所指的结果，1 有结果，2 未能全部读取或调用有误，130 被 Ctrl-C 停止。加 --disable --yes 时与 akscan disable 相同。',
  ],
  [
    'Exit codes: 0 nothing new that --fail-on names, 1 findings, 2 not everything could be read or the call was wrong, 130 stopped by Ctrl-C.',
    '退出码：0 没有 --fail-on 所指的新增结果，1 有结果，2 未能全部读取或调用有误，130 被 Ctrl-C 停止。',
  ],
  ['in a pre-commit hook, or by hand before a commit', '用于 pre-commit hook，或在提交前手动运行'],
  ['nothing but findings', '只显示结果'],
  ['an ID without its secret stops the commit, too', '没有 Secret 的 ID 也会阻止提交'],
  [
    'During a merge, what the merged branch holds already is nothing new either.',
    '合并期间，被合并分支中已有的内容也不算新增。',
  ],
  ['what this branch adds since it left main: a pull request', '该分支自 main 分叉后新增的内容：拉取请求'],
  ['what one release adds to another', '一个版本相对另一版本新增的内容'],
  ['in a pre-push hook', '用于 pre-push hook'],
  ['in a pre-receive hook, before anything is accepted', '用于 pre-receive hook，在接受任何内容之前'],

  // verify, report, account
  ['look its IDs up with your own credentials', '用您自己的凭证查询其中的 ID'],
  ['re-read the secrets where they are, and ask STS', '在原处重新读取 Secret，并询问 STS'],
  ['what that would ask, of whom; nothing is sent', '将向谁查询什么；不发送任何请求'],
  ['one ID', '单个 ID'],
  [
    'Neither --verify nor --probe: --verify. A secret is taken from standard input or from AKSCAN_SECRET (for STS keys the token from AKSCAN_SECURITY_TOKEN), never from the command line, where process lists and histories keep it.',
    '既没有 --verify 也没有 --probe 时，按 --verify 处理。Secret 取自标准输入或 AKSCAN_SECRET（STS 密钥的令牌取自 AKSCAN_SECURITY_TOKEN），从不取自命令行，因为进程列表和历史会保留它。',
  ],
  [
    'Exit codes: 0 no key asked about that --fail-on names, 1 some, 2 nobody could be asked, a report is not whole or the call was wrong, 130 stopped by Ctrl-C.',
    '退出码：0 没有 --fail-on 所指的密钥，1 有，2 无法查询、报告不完整或调用有误，130 被 Ctrl-C 停止。',
  ],
  ['look at it again', '再次查看'],
  ['several as one', '将多份合为一份'],
  ['what another scanner found', '其他扫描器的结果'],
  [
    'Reads json and jsonl of akscan, results of gitleaks (json, csv), betterleaks (json), TruffleHog (--json) and Kingfisher (json, jsonl), and SARIF. Of others only AccessKeys of Alibaba Cloud are shown; akscan verify reads the same files and asks about them.',
    '可读取 akscan 的 json 和 jsonl，gitleaks（json、csv）、betterleaks（json）、TruffleHog（--json）和 Kingfisher（json、jsonl）的结果，以及 SARIF。其他扫描器的结果中只显示阿里云的 AccessKey；akscan verify 可读取同样的文件并验证。',
  ],
  [
    'Exit codes: 0 written, 1 a finding that --fail-on names, 2 a report could not be read, or with --fail-on one of them is of a scan that was not complete.',
    '退出码：0 已写入，1 有 --fail-on 所指的结果，2 报告无法读取，或使用 --fail-on 时其中一份来自不完整的扫描。',
  ],
  ['the account of your own credentials', '您自己的凭证所属的账号'],
  ['several, each with a profile of its own', '多个账号，各用各的配置'],
  ['with the keys that a scan found', '连同扫描发现的密钥'],
  [
    "Asked with your credentials alone: Security Center for the AccessKeys that Alibaba Cloud found leaked and where; RAM for the root account's keys and MFA, users with two keys, keys that are old, idle or were never used, users with a key and a console password, quotas, settings. No leaked key is used, and no key is changed; RAM is asked to write its credential report, at most once in four hours. What is not permitted is left out and said with the RAM action to grant.",
    '仅用您的凭证查询：云安全中心（阿里云发现泄露的 AccessKey 及其位置）；RAM（主账号的密钥和 MFA、有两个密钥的用户、过旧、闲置或从未使用的密钥、同时有密钥和控制台密码的用户、配额、设置）。不使用泄露的密钥，也不更改任何密钥；会请 RAM 生成用户凭证报告，最多每四小时一次。没有权限的项目会略过，并说明需要授予的 RAM 操作。',
  ],
  [
    'Exit codes: 0 nothing wrong, 1 something critical or high (the root account has a key or no MFA, a leaked key is on), 2 an account could not be asked, or not about that, 130 stopped by Ctrl-C.',
    '退出码：0 未发现问题，1 有严重或高危问题（主账号有密钥或没有 MFA、泄露的密钥仍启用），2 有账号无法查询或未能查询上述内容，130 被 Ctrl-C 停止。',
  ],

  // disable, restore, log
  ['the plan: nothing is changed', '计划：不做任何更改'],
  ['at a terminal: asks, then does it', '在终端上：先询问，再执行'],
  ['still used: how to replace it first', '仍在使用：如何先行更换'],
  ['bring it all back', '全部恢复'],
  [
    'Every run looks the keys up anew with your own credentials; only keys that their inventory proves are touched, never the key or the RAM user that signs, and never one whose leaked secret is not its own. With the pair at hand STS is asked, before and after (--no-probe: not). What was done is read back and kept in the log.',
    '每次运行都用您自己的凭证重新查询密钥；只处理经账号查询证实的密钥，从不处理用于签名的密钥或 RAM 用户，也不处理 Secret 与 ID 不匹配的密钥。密钥对在手边时，前后都会询问 STS（--no-probe 则不询问）。所做的更改会回读并记入日志。',
  ],
  [
    'Exit codes: 0 all are off, 1 some are or may be still live, 2 a fault, or a report that is not whole, 130 stopped by Ctrl-C.',
    '退出码：0 全部已失效，1 有的仍有效或可能有效，2 发生故障或报告不完整，130 被 Ctrl-C 停止。',
  ],
  ['the plan, from the log that disable keeps by default', '根据 disable 默认保存的日志给出计划'],
  [
    'A key is brought back only where the account still shows it as it was left: what somebody changed since stays. The restore is recorded in the same log.',
    '只有账号中的密钥仍是当时留下的状态才会恢复：此后被他人更改的保持不变。恢复操作记入同一日志。',
  ],
  [
    'Exit codes: 0 all that was asked for is as before, 1 something is not, or would be brought back, 2 a fault, 130 stopped by Ctrl-C.',
    '退出码：0 要求恢复的全部是原状，1 有的不是，或将要恢复，2 发生故障，130 被 Ctrl-C 停止。',
  ],
  ['the log that disable keeps by default', 'disable 默认保存的日志'],
  [
    "Each line holds the SHA-256 of the line before: one that was changed, added, reordered or taken out of the middle shows. A last line that was changed, and lines cut off the end, do not. So the last line's own is printed: noted elsewhere, it must later be in the log, in the line after it, or printed again.",
    '每行都含有前一行的 SHA-256：在中间更改、添加、调换或删除都会被发现。更改最后一行，或截去末尾的行，则不会。因此会显示最后一行自己的 SHA-256：请记在别处，以后它必须仍在日志中（在其后一行里），或再次显示。',
  ],
  ['Exit codes: 0 whole, 1 changed or damaged, 2 it cannot be read.', '退出码：0 完整，1 被更改或损坏，2 无法读取。'],

  // ignore, baseline, hook, demo, completion
  ['Exit codes: 0 written, 2 not written or the call was wrong.', '退出码：0 已写入，2 未写入或调用有误。'],
  ['everything in this repository, history and all', '本仓库的全部内容，包括历史'],
  ['elsewhere; name it as "baseline" in akscan.config.yml', '写到别处；请在 akscan.config.yml 中以 "baseline" 指定'],
  [
    'The file holds a fingerprint a line, no secrets and no IDs. Findings it lists are counted, not shown. Run it again to drop what is gone.',
    '该文件每行一个指纹，不含 Secret 和 ID。其中列出的结果只计数，不显示。再次运行可去掉已不存在的结果。',
  ],
  [
    'Exit codes: 0 written, 2 written although not everything could be read, or not written at all, 130 stopped by Ctrl-C.',
    '退出码：0 已写入，2 未能全部读取但已写入，或未写入，130 被 Ctrl-C 停止。',
  ],
  ['this repository: refuse commits that add a key', '本仓库：拒绝新增密钥的提交'],
  ['commits that add one are not pushed', '新增密钥的提交不会被推送'],
  ['on a server, in the bare repository', '在服务器上的裸仓库中'],
  ['all repositories of yours (core.hooksPath)', '您的所有仓库（core.hooksPath）'],
  ['take it out; what was there before is put back', '移除它；恢复原有的 hook'],
  [
    'A hook that is there already stays in force: it is called after ours, with the same arguments and input. In the configuration of pre-commit.com this project is the repository, and its hooks are akscan and akscan-push.',
    '已有的 hook 继续生效：在本 hook 之后以相同的参数和输入调用。在 pre-commit.com 的配置中，本项目即为 repo，其 hook 为 akscan 和 akscan-push。',
  ],
  [
    'Exit codes: 0 done; of run 0 nothing new, 1 findings; 2 a fault, and nothing was changed.',
    '退出码：0 完成；对 run：0 没有新增，1 有结果；2 发生故障，未做任何更改。',
  ],
  ['the whole way, from the leak to the verdict', '从泄露到结论的全过程'],
  ['a cloud that remembers, for the other commands', '能保存状态的云，供其他命令使用'],
  ['one that refuses, to see what they say then', '会拒绝请求的云，用于查看各命令此时的反应'],
  [
    'Exit codes: 0 every expected outcome was seen, 1 one was not, 2 it could not run, 130 stopped.',
    '退出码：0 出现了所有预期结果，1 有的没有出现，2 无法运行，130 被停止。',
  ],
  ['in ~/.zshrc, after compinit', '写入 ~/.zshrc，在 compinit 之后'],
  ['in ~/.config/fish/config.fish', '写入 ~/.config/fish/config.fish'],
  ['in ~/.bashrc; on macOS: {command}', '写入 ~/.bashrc；在 macOS 上：{command}'],
  [
    'Completes commands, options, the words that options take, files, profiles of ~/.aliyun/config.json (their names only), branches and remotes. Make the script anew after an update.',
    '可补全命令、选项、选项的取值、文件、~/.aliyun/config.json 中的配置（仅名称）、分支和远程仓库。更新后请重新生成脚本。',
  ],
  ['Exit codes: 0 printed, 2 for a shell that is not known.', '退出码：0 已输出，2 不支持的 shell。'],

  // worker
  ['until Ctrl-C or SIGTERM', '直到 Ctrl-C 或 SIGTERM'],
  ['keeps its mirrors for the next audit', '为下次审计保留镜像'],
  ['reads folders that the audit names, too', '也读取审计指定的目录'],
  [
    "AKSCAN_STORE_KEY must be that of the audit. Tokens for fetching are taken from this machine's environment (GITHUB_TOKEN, GITLAB_TOKEN, ...): an audit sends none. A password of the queue belongs in REDIS_PASSWORD, or with the whole address in AKSCAN_QUEUE_URL.",
    'AKSCAN_STORE_KEY 必须与审计相同。拉取所用的令牌取自本机环境（GITHUB_TOKEN、GITLAB_TOKEN 等）：审计不会发送令牌。队列的密码放在 REDIS_PASSWORD 中，或与完整地址一起放在 AKSCAN_QUEUE_URL 中。',
  ],
  [
    'Exit codes: 0 stopped and nothing left in hand, 2 the queue cannot be reached or the call was wrong, 130 stopped by a second Ctrl-C.',
    '退出码：0 已停止且手头没有任务，2 无法连接队列或调用有误，130 被第二次 Ctrl-C 停止。',
  ],
];
