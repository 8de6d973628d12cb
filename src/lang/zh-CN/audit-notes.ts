// What an audit and its workers say on standard error while they are at it: how far they are, and what has come up (audit/run.ts,
// audit/listing.ts, audit/sources/, audit/mirror/, audit/queue/, commands/audit-workforce.ts).

import type { Entry } from '../template.js';

export const auditNotes: readonly Entry[] = [
  // How far.
  ['listing repositories: {n:n}', '正在列出仓库：{n} 个'],
  ['repositories: {n:n} found', '仓库：已发现 {n} 个'],
  ['repositories: {n:n} found, {left:n} left out', '仓库：已发现 {n} 个，略过 {left} 个'],
  ['repositories: {done:n} of {all:n}', '仓库：{all} 个中的 {done} 个'],
  ['{host:w}: too many requests; goes on in {left:t}', '{host}：请求过多；{left}后继续'],
  ['{host:w}: the connection broke; goes on in {left:t}', '{host}：连接中断；{left}后继续'],
  ['{host:w}: answered with {status:n}; goes on in {left:t}', '{host}：答复 {status}；{left}后继续'],
  ['{n:n} s', '{n} 秒'],
  ['{n:n} min', '{n} 分钟'],

  // Mirrors.
  ['A repository has moved: {old:w} is now {new:w}.', '有仓库已迁移：{old} 现为 {new}。'],
  ['Removed {n:n} mirror[|s] that an interrupted run had left.', '已删除中断的运行留下的 {n} 个镜像。'],
  [
    '{folder} can now be read by you alone, since mirrors of private repositories are kept there.',
    '{folder} 现在只有您自己可以读取，因为其中保存私有仓库的镜像。',
  ],

  // The queue, seen from the audit and from a worker.
  ['An outcome in the queue was damaged: its repository is read again.', '队列中有一份结果已损坏：将重新读取其仓库。'],
  ['The worker on {host:w} takes no jobs of this audit: {why:t}.', '{host} 上的 worker 不接受本次审计的任务：{why}。'],
  ['Takes no jobs of the audit on {host:w}: {why:t}.', '不接受 {host} 上的审计的任务：{why}。'],
  ['it is akscan {other:w}, this is {own:w}', '对方是 akscan {other}，本机是 {own}'],
  ['its rules are others than those of this akscan', '其规则与本机的 akscan 不同'],
  ['its AKSCAN_STORE_KEY is another', '其 AKSCAN_STORE_KEY 不同'],
  [
    'No worker takes jobs: start "{command}" with the same AKSCAN_STORE_KEY.',
    '没有 worker 接受任务：请用同一 AKSCAN_STORE_KEY 启动 "{command}"。',
  ],
  ['The connection to the queue at {where:w} was lost: trying again.', '与 {where} 的队列的连接已断开：正在重试。'],
  ['The queue at {where:w} is there again.', '{where} 的队列已恢复。'],
  [
    'The Redis at {where:w} throws keys away when it is full (maxmemory-policy {policy:w}): set it to noeviction.',
    '{where} 的 Redis 在存满时会丢弃键（maxmemory-policy {policy}）：请设为 noeviction。',
  ],
  ['Waiting for audits at {where:w}: {n:n} at a time.', '正在 {where} 等待审计任务：同时处理 {n} 个。'],
  [
    'Stopping: {n:n} in hand are finished, or handed back after {s:n} s.',
    '正在停止：手头的 {n} 个将完成，或在 {s} 秒后交回。',
  ],
  ['Stopped: {n:n} job[|s] done.', '已停止：完成 {n} 个任务。'],
  ['Stopped: {n:n} job[|s] done, {m:n} handed back.', '已停止：完成 {n} 个任务，交回 {m} 个。'],

  // Notices.
  ['--notify {target:w}: nobody was told: {why}', '--notify {target}：未能通知任何人：{why}'],
];
