// Simplified Chinese, in the terms of Alibaba Cloud's own documentation. The entries lie in zh-CN/, a file for each area.
//
// To add one: write the English text as the source has it, `${...}` as a placeholder (template.ts tells the kinds), and the
// Chinese text with the same placeholders. To add an area: a file in zh-CN/ that exports entries, and its name below; in
// test/lang/ what says its sentences joins the areas that are complete. A text without an entry is printed in English.

import { createCatalogue } from './catalogue.js';
import { account } from './zh-CN/account.js';
import { activity } from './zh-CN/activity.js';
import { advice } from './zh-CN/advice.js';
import { asking } from './zh-CN/asking.js';
import { audit } from './zh-CN/audit.js';
import { auditErrors } from './zh-CN/audit-errors.js';
import { auditNotes } from './zh-CN/audit-notes.js';
import { auditing } from './zh-CN/auditing.js';
import { brief } from './zh-CN/brief.js';
import { configuration } from './zh-CN/configuration.js';
import { containment } from './zh-CN/containment.js';
import { errors } from './zh-CN/errors.js';
import { examples } from './zh-CN/examples.js';
import { findings } from './zh-CN/findings.js';
import { help } from './zh-CN/help.js';
import { hook } from './zh-CN/hook.js';
import { misuse } from './zh-CN/misuse.js';
import { reading } from './zh-CN/reading.js';
import { reasons } from './zh-CN/reasons.js';
import { report } from './zh-CN/report.js';
import { rotation } from './zh-CN/rotation.js';

export const AREAS = {
  brief,
  findings,
  report,
  reading,
  errors,
  configuration,
  misuse,
  advice,
  activity,
  reasons,
  containment,
  account,
  hook,
  rotation,
  help,
  examples,
  asking,
  audit,
  auditing,
  auditNotes,
  auditErrors,
} as const;

export const chinese = createCatalogue(Object.values(AREAS).flat(), {
  comma: '、',
  semicolon: '；',
  stop: '。',
  more: (names, count) => `${names} 等，另有 ${count} 个`,
  between: (before) => (/[。，、；：？！）”]$/.test(before) ? '' : ' '),
});
