// What `akscan hook` does and why it may not (hook/).

import type { Entry } from '../template.js';

export const hook: readonly Entry[] = [
  [
    '[Installed|Made anew] {file}: a commit that adds an AccessKey is refused. {command} takes it out.',
    '已安装 {file}：新增 AccessKey 的提交将被拒绝。{command} 可移除它。',
  ],
  [
    '[Installed|Made anew] {file}: commits that add an AccessKey are not pushed. {command} takes it out.',
    '已安装 {file}：新增 AccessKey 的提交不会被推送。{command} 可移除它。',
  ],
  [
    '[Installed|Made anew] {file}: a push that adds an AccessKey is refused. {command} takes it out.',
    '已安装 {file}：新增 AccessKey 的推送将被拒绝。{command} 可移除它。',
  ],
  ['The hook that was there is called after it: {file}', '原有的 hook 会在其后调用：{file}'],
  [
    "core.hooksPath in your global configuration is now {folder}; each repository's own hooks are called from there.",
    '全局配置中的 core.hooksPath 现为 {folder}；各仓库自己的 hook 会从那里调用。',
  ],
  [
    'This git cannot search for all that has to be searched for, so that akscan itself judges every commit.',
    '这个 git 无法搜索所有需要搜索的内容，因此每次提交都由 akscan 自己判断。',
  ],
  [
    'This akscan lies in the cache of npx: install it (npm install -g akscan), or the hook may lose it one day.',
    '这个 akscan 位于 npx 的缓存中：请安装它（npm install -g akscan），否则 hook 以后可能找不到它。',
  ],
  ['core.hooksPath is no longer set in your global configuration.', '全局配置中已不再设置 core.hooksPath。'],
  ["{file} is no hook of akscan's: nothing to take out.", '{file} 不是 akscan 的 hook：无需移除。'],
  ['Removed {file}.', '已移除 {file}。'],
  ['Took out {file}; the hook that was there before is back.', '已移除 {file}；原有的 hook 已恢复。'],
  [
    "Both {file} and {kept} are there, and neither is a hook of akscan's.",
    '{file} 和 {kept} 都存在，且都不是 akscan 的 hook。',
  ],
  ['Take one away.', '请移走其中一个。'],
  ['Cannot install {file}: {why}', '无法安装 {file}：{why}'],
  ['Cannot take out {file}: {why}', '无法移除 {file}：{why}'],
  ['{file} was made by akscan and changed by hand since.', '{file} 由 akscan 生成，此后被手工修改过。'],
  [
    'Move what you need of it elsewhere; what was there before it is {file}.',
    '请把需要的内容移到别处；原有的 hook 是 {file}。',
  ],
  ['Move what you need of it elsewhere and remove it.', '请把需要的内容移到别处，然后删除它。'],
  ['Nothing is committed in {folder}: it is a bare repository.', '{folder} 中不会提交任何内容：它是裸仓库。'],
  ['For what is pushed to it: {command}', '针对推送到它的内容：{command}'],
  [
    'core.hooksPath in your {scope:w} configuration gives all repositories the hooks of {folder}.',
    '{scope} 配置中的 core.hooksPath 使所有仓库都使用 {folder} 中的 hook。',
  ],
  ['For all of them: {command}', '针对所有仓库：{command}'],
  [
    'husky makes the hooks of {folder} anew each time it is installed.',
    'husky 每次安装都会重新生成 {folder} 的 hook。',
  ],
  ['Add the line {line} to {file:w}', '请在 {file} 中加入一行 {line}'],
  [
    'core.hooksPath in your global configuration is {folder}: a folder in each repository.',
    '全局配置中的 core.hooksPath 是 {folder}：即各仓库中的目录。',
  ],
  ['Run {command} in the repository.', '请在仓库中运行 {command}。'],
  ['Run it in the repository.', '请在仓库中运行。'],
  ['HOME is not set, so there is no global configuration.', '未设置 HOME，因此没有全局配置。'],
  ['Set HOME to your home folder.', '请把 HOME 设为您的主目录。'],
  ['git cannot change your configuration: {why}', 'git 无法更改您的配置：{why}'],
  ['akscan hook {what:w} takes no names, and {name} is one.', 'akscan hook {what} 不接受名称，而 {name} 是名称。'],
];
