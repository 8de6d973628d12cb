// What the page says of an organisation, in one language. Apart from the page's other words, which its script carries, too.

import type { NotReadState, Trend } from '../../../findings/audit.js';
import type { Age } from '../../audit/exposure.js';

export interface AuditWords {
  readonly heading: string;
  readonly figures: {
    readonly repositories: string;
    readonly holding: string;
    readonly notRead: string;
    readonly oldest: string;
    readonly used: string;
  };
  /** `6 years`. */
  readonly span: (days: number) => string;
  /** Over the figures of what has changed. */
  readonly since: (lastRun: string | null) => string;
  readonly trends: Readonly<Record<Trend, string>>;
  readonly newLive: string;
  readonly byRepository: string;
  readonly byAccount: string;
  readonly byOwner: string;
  readonly byAge: string;
  readonly people: string;
  /** Beneath the table of people. */
  readonly peopleNote: string;
  readonly changed: string;
  readonly notRead: string;
  readonly ages: Readonly<Record<Age, string>>;
  readonly columns: Readonly<Record<AuditColumn, string>>;
  readonly states: Readonly<Record<NotReadState, string>>;
}

export type AuditColumn =
  | 'repository'
  | 'repositories'
  | 'account'
  | 'owner'
  | 'owners'
  | 'author'
  | 'keys'
  | 'live'
  | 'root'
  | 'open'
  | 'used'
  | 'power'
  | 'key'
  | 'what'
  | 'now'
  | 'state'
  | 'source'
  | 'why';
