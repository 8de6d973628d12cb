// The page in Chinese. What findings say of themselves (meaning, next step, facts of a place) is data and comes as it is.

import type { Finding, Power, Summary, Verdict } from '../../../findings/model.js';
import { bytesInWords, number } from '../../words.js';
import type { Totals, Words } from './words.js';

const headline = ({ found, live, root, open, asked, reach }: Totals): string => {
  if (found === 0) return reach === 'nothing' ? '未读取任何仓库' : '未发现 AccessKey';
  const all = `发现 ${number(found)} 个 AccessKey`;
  if (!asked) return `${all}，均未验证`;
  if (live > 0) return `${all}，其中 ${number(live)} 个有效${root > 0 ? `（${number(root)} 个属于主账号）` : ''}`;
  return open > 0 ? `${all}，均未证实有效` : `${all}，均已失效`;
};

const NONE: Readonly<Record<Totals['reach'], string>> = {
  whole: '已读取的内容中没有 AccessKey。',
  part: '已读取的内容中没有 AccessKey，但并未全部读取。',
  nothing: '是否存在 AccessKey 不详。',
};

const lead = ({ found, live, root, administrators, open, asked, reach }: Totals): string => {
  if (found === 0) return NONE[reach];
  if (!asked) return '尚未查询它们是否仍然有效。验证之前，请一律按有效处理。';
  return [
    ...(root > 0 ? ['主账号密钥可操作整个账号，任何权限策略都无法限制。'] : []),
    ...(administrators > 0
      ? [`${root > 0 ? '另有' : '有效的密钥中，'} ${number(administrators)} 个拥有管理员权限。`]
      : []),
    ...(live > 0 && root + administrators === 0 ? ['有效的密钥中，未发现属于主账号或管理员的。'] : []),
    ...(open > 0 ? [`${number(open)} 个状态不明，请按有效处理。`] : []),
  ].join('');
};

const who = ({ principal, user, account }: Verdict): string => {
  if (principal === 'root') return account === undefined ? '主账号' : `主账号 ${account}`;
  const name = principal === 'assumed-role' ? '角色' : 'RAM 用户';
  return [
    ...(principal === undefined ? [] : [user === undefined ? name : `${name} ${user}`]),
    ...(account === undefined ? [] : [`账号 ${account}`]),
  ].join('，');
};

const POWERS: Readonly<Record<Power, string>> = {
  everything: '可对账号做任何操作',
  administrator: '账号管理员',
  'ram-write': '可创建密钥或授予权限，从而成为管理员',
  'assume-roles': '可扮演角色',
  'run-commands': '可在服务器上执行命令',
  'hide-traces': '可关闭或删除审计日志',
  decrypt: '可用 KMS 解密并读取凭据',
  'spend-money': '可购买服务器等付费资源',
  'oss-read-all': '可读取所有 OSS Bucket',
  'oss-write-all': '可写入或删除所有 OSS Bucket',
  'database-access': '可通过新密码或白名单打开数据库',
  'send-messages': '可以您的名义发送短信或邮件',
  'oss-read-some': '可读取部分 OSS Bucket',
  'oss-write-some': '可写入或删除部分 OSS Bucket',
  'read-logs': '可读取日志',
  'ram-read': '可读取账号的用户、角色和权限策略',
  other: '拥有其他权限',
};

const marks = ({ knownElsewhere, removedInRange, carriedOver, unreachable }: Finding): readonly string[] => [
  ...(knownElsewhere === true ? ['其他分支、标签或更早的历史中也有。'] : []),
  ...(carriedOver === true ? ['此前的扫描已报告过。'] : []),
  ...(removedInRange === true ? ['加入后又删除：文件中已没有，提交中仍有。'] : []),
  ...(unreachable === true ? ['没有任何分支或标签可到达其位置。'] : []),
];

const read = ({ counts, findings }: Summary, seconds: number): string => {
  const took = seconds === 0 ? '' : `，用时 ${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} 秒`;
  if (counts.files + counts.objects > 0 || findings === 0) {
    const { files, objects, bytes } = counts;
    return `读取 ${number(files)} 个文件、${number(objects)} 个 git 对象（${bytesInWords(bytes)}）${took}。`;
  }
  return seconds === 0 ? '来自已有的报告。' : `已查询${took}。`;
};

export const zhCn: Words = {
  lang: 'zh-CN',
  comma: '，',
  title: (totals) => `${headline(totals)} · akscan 报告`,
  kicker: '阿里云 AccessKey 泄露报告',
  written: (moment) => `生成于 ${moment}`,
  asOf: (moment) => `状态查询于 ${moment}`,
  headline,
  lead,
  interrupted: '运行被提前中止：此处列出中止前的结果。',
  incomplete: (faults) => `结果不完整：有 ${number(faults)} 项未能读取或查询，见页尾。`,
  holdsSecrets: '本文件含有明文 Secret，任何读到它的人都能使用这些密钥。',
  figures: {
    found: '发现',
    live: '有效',
    root: '有效的主账号密钥',
    administrators: '有效的管理员密钥',
    open: '状态不明',
    off: '已停用或不存在',
  },
  pictures: {
    heading: '总览',
    byState: '按状态',
    byTarget: '按仓库或目录',
    byFolder: '按目录',
    topFolder: '（顶层）',
    byAge: '按泄露时间',
    others: (count) => `其他 ${number(count)} 个`,
    undated: (count) => `${number(count)} 个在历史中没有日期。`,
    noDates: '历史中没有日期。',
    before: (period) => `${period} 及以前`,
    column: (period, all, live) => `${period}：${number(all)} 个，其中 ${number(live)} 个有效`,
    tones: { worst: '有效，主账号或管理员', live: '有效，其他', open: '状态不明', off: '已停用或不存在' },
  },
  liveRoot: '有效，主账号',
  liveAdministrator: '有效，管理员',
  columns: { severity: '严重程度', key: '密钥', state: '状态', where: '位置', since: '泄露于', used: '最近使用' },
  severities: { critical: '严重', high: '高', medium: '中', low: '低' },
  states: {
    live: '有效',
    restricted: '有效（受限）',
    disabled: '已停用',
    deleted: '已删除',
    'not-found': '不存在',
    'wrong-secret': 'Secret 不匹配',
    expired: '已过期',
    unknown: '未知',
    unchecked: '未验证',
  },
  kinds: { pair: 'ID 和 Secret', 'id-only': '仅 ID', 'secret-only': '仅 Secret', sts: '临时密钥（STS）' },
  ranks: { root: '主账号', administrator: '管理员' },
  ways: { inventory: '账号查询', probe: '实际调用' },
  powers: (power) => POWERS[power],
  who,
  marks,
  findings: '明细',
  noId: '无 ID',
  disputed: '但 STS 仍接受该密钥',
  neverUsed: '从未使用',
  notKnown: '不详',
  noPowers: '没有任何权限策略',
  onCondition: (power) => `${power}（有条件）`,
  throughGroup: (policy, group) => `${policy}（用户组 ${group}）`,
  andMore: (count) => `另有 ${number(count)} 个`,
  morePlaces: (count) => `另有 ${number(count)} 处`,
  next: '下一步',
  meaning: '含义',
  verdict: '结论',
  places: '位置',
  powersLabel: '权限',
  policies: '权限策略',
  lastUse: '最近使用',
  activity: '活动',
  fingerprint: '指纹',
  secret: 'Secret',
  firstOnly: (shown, all) =>
    `此处为 ${number(all)} 个中最严重的 ${number(shown)} 个。其余各项以及排序和筛选需要运行本页的脚本。`,
  filters: {
    heading: '筛选',
    search: '搜索 ID、路径、作者、账号',
    severity: '严重程度',
    state: '状态',
    rank: '归属',
    target: '仓库或目录',
    any: '全部',
    noRank: '均不是或不详',
    clear: '清除筛选',
  },
  showing: (shown, matching, all) =>
    matching === all
      ? shown === all
        ? `共 ${number(all)} 个。`
        : `共 ${number(all)} 个，显示 ${number(shown)} 个。`
      : `${number(all)} 个中有 ${number(matching)} 个符合${shown === matching ? '' : `，显示 ${number(shown)} 个`}。`,
  sortedBy: (column, descending) => `按${column}${descending ? '降序' : '升序'}排列。`,
  showMore: (count) => `再显示 ${number(count)} 个`,
  nothingMatches: '没有符合条件的结果。',
  closing: '读取情况',
  read,
  suppressed: ({ suppressed: { allow, ignore, baseline, confidence } }) =>
    allow + ignore + baseline + confidence === 0
      ? null
      : `未列出：行内注释允许 ${number(allow)} 个，忽略文件 ${number(ignore)} 个，基线 ${number(baseline)} 个，可信度过低 ${number(confidence)} 个。`,
  skipped: (count) => `${number(count)} 项未能读取或查询`,
  notes: '说明',
  glossary: '名词解释',
  terms: [
    ['有效', '已证实处于启用状态。'],
    ['有效（受限）', '已启用，但受到阿里云泄露保护的限制。'],
    ['已停用、已删除', '账号中已停用；已移入回收站。'],
    ['不存在', '阿里云没有这个 ID：从未存在、早已删除，或属于其他站点。'],
    ['Secret 不匹配', 'ID 存在，但旁边的不是它的 Secret。'],
    ['未知、未验证', '无法查询，或尚未查询。请按有效处理。'],
    ['主账号', '账号本身的密钥：可做任何操作，任何权限策略都无法限制。'],
    ['管理员', '权限策略允许除主账号专属操作以外的一切操作的用户或角色。'],
    ['账号查询、实际调用', '用审计者自己的凭据查询；或用泄露的密钥对本身调用 STS 查询身份。'],
    ['泄露于', '最早包含它的提交的日期。git 允许作者写入任意日期。'],
  ],
  masked: '本文件不含 Secret，ID 完整列出。',
};
