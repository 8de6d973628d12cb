// Text written for people: documentation, tickets, chats, mail.
import { lone, pair, several } from '../kit.mjs';

export default [
  pair(
    'Markdown prose',
    'README.md',
    (id, secret, k) => `# ${k.word()}\n\nUse the key \`${id}\` with the secret \`${secret}\` for the test bucket.\n`,
  ),
  pair(
    'Markdown table',
    'keys.md',
    (id, secret, k) =>
      `| name | AccessKey ID | AccessKey Secret |\n|---|---|---|\n| ${k.word()} | ${id} | ${secret} |\n`,
  ),
  several(
    'Markdown table, many rows',
    'inventory.md',
    (k) =>
      `| AccessKey Secret | owner | AccessKey ID |\n|:--|:-:|--:|\n${k
        .pairs(4)
        .map(({ id, secret }) => `| ${secret} | ${k.word()} | ${id} |\n`)
        .join('')}`,
  ),
  several('Markdown list', 'handover.md', (k) =>
    k
      .pairs(3)
      .map(({ id, secret }) => `- **${k.word()}**\n  - AK: ${id}\n  - SK: ${secret}\n`)
      .join(''),
  ),
  pair(
    'Markdown, Chinese',
    '说明.md',
    (id, secret) => `## 阿里云对象存储\n\n访问密钥ID：${id}\n访问密钥密码：${secret}\n请勿外传。\n`,
  ),
  pair('Chinese sentence, no spaces', '账号.txt', (id, secret) => `阿里云的AK是${id}，SK是${secret}。有问题找运维\n`),
  pair(
    'Chinese chat',
    'chat.txt',
    (id, secret, k) =>
      `张三 ${k.date()} 10:01:22\n把阿里云的key发我一下\n李四 ${k.date()} 10:02:10\n${id}\n李四 ${k.date()} 10:02:15\n${secret}\n`,
  ),
  pair(
    'chat export',
    'slack.txt',
    (id, secret, k) =>
      `[10:02] ${k.word()}: key please\n[10:03] ${k.word()}: ${id} / ${secret}\n[10:04] ${k.word()}: ta\n`,
  ),
  pair('two bare lines', 'notes.txt', (id, secret) => `${id}\n${secret}\n`),
  several('bare pairs, blank lines between', 'todo.txt', (k) =>
    k
      .pairs(3)
      .map(({ id, secret }) => `${id}\n${secret}\n`)
      .join('\n'),
  ),
  several('bare columns', 'ids', (k) =>
    k
      .pairs(4)
      .map(({ id, secret }) => `${id}   ${secret}\n`)
      .join(''),
  ),
  pair(
    'mail',
    'handover.eml',
    (id, secret, k) =>
      `From: a@example.com\nTo: b@example.com\nMessage-ID: <${k.hex(32)}@example.com>\nSubject: keys\n\nHi,\n\n> AccessKey ID:     ${id}\n> AccessKey Secret: ${secret}\n\nRegards\n`,
  ),
  pair(
    'mail box',
    'archive.mbox',
    (id, secret, k) => `From a@example.com ${k.date()}\nX-Trace: ${k.trace()}\n\nplease use ${id}:${secret}\n`,
  ),
  pair(
    'reStructuredText',
    'usage.rst',
    (id, secret) => `.. code-block:: python\n\n    auth = oss2.Auth("${id}", "${secret}")\n`,
  ),
  pair(
    'AsciiDoc',
    'guide.adoc',
    (id, secret) => `.Keys\n[horizontal]\nAccessKey ID:: ${id}\nAccessKey Secret:: ${secret}\n`,
  ),
  pair('Org', 'journal.org', (id, secret) => `* OSS\n:PROPERTIES:\n:AK: ${id}\n:SK: ${secret}\n:END:\n`),
  pair('LaTeX', 'thesis.tex', (id, secret) => `\\newcommand{\\keyid}{${id}}\n\\newcommand{\\keysecret}{${secret}}\n`),
  pair('wiki', 'Deploy.wiki', (id, secret) => `== OSS ==\n* ID: '''${id}'''\n* Key: '''${secret}'''\n`),
  pair('Textile, brackets', 'notes.textile', (id, secret) => `key(${id}) secret(${secret})\n`),
  pair(
    'issue template, secret named far below',
    'bug.md',
    (id, secret, k) =>
      `### Settings\nid: ${id}\n\n### Log\n\`\`\`\n${k.filler('log', 8)}\n\`\`\`\n\n### Secret\n${secret}\n`,
  ),
  pair('MDX', 'intro.mdx', (id, secret) => `<Keys id="${id}" secret="${secret}" />\n`),
  pair(
    'subtitle',
    'lesson.srt',
    (id, secret) =>
      `12\n00:01:02,000 --> 00:01:05,000\nkey id ${id}\n\n13\n00:01:05,000 --> 00:01:09,000\nand secret ${secret}\n`,
  ),
  pair(
    'calendar',
    'ops.ics',
    (id, secret) => `BEGIN:VEVENT\nSUMMARY:rotate\nDESCRIPTION:AK ${id}\\nSK ${secret}\nEND:VEVENT\n`,
  ),
  pair('RTF', 'keys.rtf', (id, secret) => `{\\rtf1\\ansi AccessKey ID: ${id}\\par AccessKey Secret: ${secret}\\par}\n`),
  lone(
    'support answer, ID only',
    'ticket.txt',
    (id, k) => `RequestId: ${k.uuid().toUpperCase()}\nyour key ${id} was disabled on ${k.date()}, trace ${k.trace()}\n`,
  ),
];
