// Powers in plain words, for reports.

import type { Power } from './model.js';

const WORDS: Readonly<Record<Power, string>> = {
  everything: 'can do everything in the account',
  administrator: 'is administrator of the account',
  'ram-write': 'can create keys or attach policies and so become administrator',
  'assume-roles': 'can take on roles',
  'run-commands': 'runs commands on servers',
  'hide-traces': 'can switch off or delete audit logs',
  decrypt: 'decrypts with KMS and reads its secrets',
  'spend-money': 'can order servers and other paid resources',
  'oss-read-all': 'reads all OSS buckets',
  'oss-write-all': 'writes or deletes in all OSS buckets',
  'database-access': 'can open databases with new passwords or allowed addresses',
  'send-messages': 'sends SMS or mail in your name',
  'oss-read-some': 'reads some OSS buckets',
  'oss-write-some': 'writes or deletes in some OSS buckets',
  'read-logs': 'reads logs',
  'ram-read': 'reads users, roles and policies of the account',
  other: 'has rights that are none of those looked for',
};

/** What a power lets its holder do: follows the name of who has it, as in `ci runs commands on servers`. */
export const powerInWords = (power: Power): string => WORDS[power];
