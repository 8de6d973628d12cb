// What somebody reads whose commit or push was refused (report/formats/brief.ts).

import type { Entry } from '../template.js';

export const brief: readonly Entry[] = [
  ['these commits add {n:n} AccessKey[|s], so they are refused.', '这些提交新增了 {n} 个 AccessKey，已被拒绝。'],
  [
    'these commits add {n:n} AccessKey[|s]; nothing is refused for that.',
    '这些提交新增了 {n} 个 AccessKey；未因此拒绝。',
  ],
  ['this commit adds {n:n} AccessKey[|s], so it is refused.', '本次提交新增了 {n} 个 AccessKey，已被拒绝。'],
  [
    'this commit adds {n:n} AccessKey[|s]; nothing is refused for that.',
    '本次提交新增了 {n} 个 AccessKey；未因此拒绝。',
  ],
  ['these files hold {n:n} AccessKey[|s].', '这些文件含有 {n} 个 AccessKey。'],
  ['these files and their history hold {n:n} AccessKey[|s].', '这些文件及其历史含有 {n} 个 AccessKey。'],
  ['these files hold {n:n} AccessKey[|s], so they are refused.', '这些文件含有 {n} 个 AccessKey，已被拒绝。'],
  ['these files hold {n:n} AccessKey[|s]; nothing is refused for that.', '这些文件含有 {n} 个 AccessKey；未因此拒绝。'],
  ['these repositories hold {n:n} AccessKey[|s].', '这些仓库含有 {n} 个 AccessKey。'],
  ['not all could be judged:', '未能全部判断：'],
  ['and {n:n} more', '另有 {n} 个'],
  ['and {n:n} more place[|s]', '另有 {n} 处'],
  ['added and removed again', '加入后又删除'],
  [
    'Who can read the history can use what it once held. The ways out:',
    '能读取历史的人，就能使用其中曾经出现过的密钥。可选的处理办法：',
  ],
  ['take [it|them] out; what others may have seen, replace and switch off', '将其移除；他人可能看到过的，请更换并禁用'],
  [
    'made up, or meant to be here: a comment on that line, akscan:allow REASON',
    '虚构的，或本应出现在这里：在该行加注释 akscan:allow 原因',
  ],
  ['or for good: akscan ignore {id:w} --reason TEXT', '或长期忽略：akscan ignore {id} --reason 原因'],
];
