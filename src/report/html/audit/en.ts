// The organisation in English.

import { spanInWords } from '../../audit/words.js';
import type { AuditWords } from './words.js';

export const auditEn: AuditWords = {
  heading: 'The organisation at a glance',
  figures: {
    repositories: 'repositories',
    holding: 'of them with keys',
    notRead: 'not read, or not whole',
    oldest: 'out, the oldest live key',
    used: 'live keys used since they got out',
  },
  span: spanInWords,
  since: (lastRun) => (lastRun === null ? 'Since the last run' : `Since the last run, ${lastRun}`),
  trends: { new: 'new', 'still-there': 'still there', rotated: 'rotated', fixed: 'fixed', gone: 'gone' },
  newLive: 'new and live',
  byRepository: 'By repository',
  byAccount: 'By account',
  byOwner: 'By owner',
  byAge: 'By age: committed so long ago',
  people: 'Whom to ask',
  peopleNote:
    'Who committed keys that are live or not known to be off, as the commits say; git lets anybody write any name.',
  changed: 'Changed since the last run',
  notRead: 'Not read, or not whole',
  ages: {
    month: 'less than a month',
    year: 'a month to a year',
    'two-years': '1 to 2 years',
    'four-years': '2 to 4 years',
    older: '4 years and more',
    undated: 'no date known',
  },
  columns: {
    repository: 'Repository',
    repositories: 'Repositories',
    account: 'Account',
    owner: 'Owner',
    owners: 'Users and roles',
    author: 'Author',
    keys: 'Keys',
    live: 'Live',
    root: 'Root',
    open: 'Not known',
    used: 'Last used',
    power: 'The worst it may do',
    key: 'Key',
    what: 'Change',
    now: 'Now',
    state: 'State',
    source: 'Repository or source',
    why: 'Why',
  },
  states: {
    unlisted: 'not listed whole',
    broken: 'not read whole',
    denied: 'access denied',
    'too-large': 'larger than --max-repo-size',
    gone: 'not there any more',
  },
};
