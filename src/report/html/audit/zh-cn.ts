// The organisation in Chinese.

import { number } from '../../words.js';
import type { AuditWords } from './words.js';

/** As spanInWords counts (report/audit/words.ts). */
const span = (days: number): string => {
  if (days < 60) return `${number(days)} 天`;
  if (days < 730) return `${number(Math.floor(days / 30.44))} 个月`;
  return `${number(Math.floor(days / 365.25))} 年`;
};

export const auditZhCn: AuditWords = {
  heading: '组织概览',
  figures: {
    repositories: '仓库',
    holding: '含有密钥的仓库',
    notRead: '未读取或未读完',
    oldest: '最早的有效密钥已泄露',
    used: '泄露后被使用过的有效密钥',
  },
  span,
  since: (lastRun) => (lastRun === null ? '与上次运行相比' : `与上次运行（${lastRun}）相比`),
  trends: { new: '新增', 'still-there': '仍在', rotated: '已轮换', fixed: '已修复', gone: '已消失' },
  newLive: '新增且有效',
  byRepository: '按仓库',
  byAccount: '按账号',
  byOwner: '按归属',
  byAge: '按时间：提交距今',
  people: '可以询问谁',
  peopleNote: '提交了有效或状态不明的密钥的人，以提交记录为准；git 允许写入任意姓名。',
  changed: '与上次运行相比的变化',
  notRead: '未读取或未读完的仓库',
  ages: {
    month: '不到一个月',
    year: '一个月至一年',
    'two-years': '1 至 2 年',
    'four-years': '2 至 4 年',
    older: '4 年以上',
    undated: '日期不详',
  },
  columns: {
    repository: '仓库',
    repositories: '仓库数',
    account: '账号',
    owner: '归属',
    owners: '用户和角色',
    author: '提交者',
    keys: '密钥',
    live: '有效',
    root: '主账号',
    open: '状态不明',
    used: '最近使用',
    power: '最大权限',
    key: '密钥',
    what: '变化',
    now: '现状',
    state: '状态',
    source: '仓库或来源',
    why: '原因',
  },
  states: {
    unlisted: '未能完整列出',
    broken: '未能完整读取',
    denied: '无权访问',
    'too-large': '大于 --max-repo-size',
    gone: '已不存在',
  },
};
