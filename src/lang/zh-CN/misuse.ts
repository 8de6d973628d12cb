// Options that say nothing together.

import type { Entry } from '../template.js';

export const misuse: readonly Entry[] = [
  [
    '--allow is for --mode restrict; with --mode {mode:w} the keys stop working everywhere.',
    '--allow 用于 --mode restrict；使用 --mode {mode} 时密钥在任何地址都将失效。',
  ],
  ['Add --mode restrict, or leave --allow out.', '请添加 --mode restrict，或去掉 --allow。'],
  ['--{option:w} is for verdicts, and none are asked for.', '--{option} 用于验证结论，但本次未要求验证。'],
  ['Add --verify or --probe.', '请添加 --verify 或 --probe。'],
  [
    '--no-ignore reads more files, and --no-worktree leaves all out.',
    '--no-ignore 会读取更多文件，而 --no-worktree 不读取任何文件。',
  ],
  ['{option:w} is for history, and --no-history leaves it out.', '{option} 用于历史，而 --no-history 不读取历史。'],
  ['{option:w} is for history, and none would be read here.', '{option} 用于历史，但此处不会读取历史。'],
  ['Name the top of a repository, or leave it out.', '请给出仓库的顶层目录，或去掉该选项。'],
  ['--trust-repo-config goes with --stdin.', '--trust-repo-config 须与 --stdin 一起使用。'],
  [
    'For a range that is named, the configuration of the repository counts as it is.',
    '对于直接给出的范围，仓库的配置本来就有效。',
  ],
  [
    '--{option:w} and --trust-repo-config name two configurations.',
    '--{option} 与 --trust-repo-config 指定了两份配置。',
  ],
  [
    '--{option:w} says which hooks are installed, and akscan hook run judges what it is given.',
    '--{option} 指定安装哪些钩子，而 akscan hook run 只检查交给它的内容。',
  ],
  ['Leave it out; the environment says what is judged.', '请去掉该选项；检查什么由环境变量决定。'],
  [
    '--show-secrets: these reports hold no secrets, since they were written without it.',
    '--show-secrets：这些报告生成时未使用该选项，因此不含 Secret。',
  ],
  ['Scan again with --show-secrets, or leave it out.', '请用 --show-secrets 重新扫描，或去掉该选项。'],
  ['--wiki: none of these sources has wikis.', '--wiki：这些来源都没有 wiki。'],
  ['--snippets: none of these sources has gists or snippets.', '--snippets：这些来源都没有 gist 或代码片段。'],
  ['They are read at {forges:v}.', '可读取的来源：{forges}。'],
];
