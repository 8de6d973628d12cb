// What akscan must find in the demo's repository, and what it must say of each key.

import type { Kind } from '../detect/types.js';
import type { Power, Principal, Severity, VerdictState } from '../findings/model.js';
import { keys } from './company.js';

/** A credential that must be found, and what must be said of it. */
export interface Expected {
  /** For the list at the end. */
  readonly what: string;
  readonly accessKeyId: string;
  readonly kind: Kind;
  /** One of its places. */
  readonly path: string;
  readonly inHead: boolean;
  readonly state: VerdictState;
  readonly principal: Principal | null;
  readonly user: string | null;
  /** What the pair itself is told by STS; null where there is no secret to ask with. */
  readonly probed: VerdictState | null;
  readonly severity: Severity;
  /** What its policies allow, worst first; null where they are nobody's to read. */
  readonly powers: readonly Power[] | null;
  /** In the sentence of what it means. */
  readonly means: string;
}

export const expectations: readonly Expected[] = [
  {
    what: 'a live ROOT key, in a script that was deleted months ago',
    accessKeyId: keys.root.id,
    kind: 'pair',
    path: 'scripts/deploy.sh',
    inHead: false,
    state: 'live',
    principal: 'root',
    user: null,
    probed: 'live',
    severity: 'critical',
    powers: ['everything'],
    means: 'everything in it, and nobody can limit it',
  },
  {
    what: "an administrator's live key, in a file of settings",
    accessKeyId: keys.admin.id,
    kind: 'pair',
    path: 'deploy/terraform.tfvars',
    inHead: true,
    state: 'live',
    principal: 'ram-user',
    user: 'ci-deployer',
    probed: 'live',
    severity: 'critical',
    powers: ['administrator'],
    means: 'an administrator: everything but what the root keeps to itself',
  },
  {
    what: 'a live key, in base64 in a Kubernetes secret that came with a merge',
    accessKeyId: keys.reports.id,
    kind: 'pair',
    path: 'k8s/reports.yaml',
    inHead: true,
    state: 'live',
    principal: 'ram-user',
    user: 'report-runner',
    probed: 'live',
    severity: 'high',
    powers: ['oss-read-some', 'oss-write-some', 'read-logs'],
    means: 'Whoever has it is RAM user report-runner',
  },
  {
    what: "a live key of somebody else's account, in a stash that was never committed",
    accessKeyId: keys.contractor.id,
    kind: 'pair',
    path: 'tools/report.py',
    inHead: false,
    state: 'live',
    principal: 'ram-user',
    user: 'freelance-dev',
    probed: 'live',
    severity: 'high',
    powers: null,
    means: 'which is not one of yours',
  },
  {
    what: 'an ID without its secret, in a signed link: live, and whose it is',
    accessKeyId: keys.links.id,
    kind: 'id-only',
    path: 'web/catalogue.html',
    inHead: true,
    state: 'live',
    principal: 'ram-user',
    user: 'link-signer',
    probed: null,
    severity: 'medium',
    powers: ['oss-read-all'],
    means: 'whoever has its secret is RAM user link-signer',
  },
  {
    what: 'a disabled key, still in the code',
    accessKeyId: keys.uploader.id,
    kind: 'pair',
    path: 'src/upload.js',
    inHead: true,
    state: 'disabled',
    principal: 'ram-user',
    user: 'shop-uploader',
    probed: 'disabled',
    severity: 'low',
    powers: ['oss-read-all', 'oss-write-all'],
    means: 'can be switched on again',
  },
  {
    what: 'a deleted key, still in the configuration',
    accessKeyId: keys.legacy.id,
    kind: 'pair',
    path: 'config/application.yml',
    inHead: true,
    state: 'deleted',
    principal: 'ram-user',
    user: 'legacy-backend',
    probed: 'not-found',
    severity: 'low',
    powers: null,
    means: 'restorable from the recycle bin',
  },
  {
    what: "a stranger's ID, in a supplier's link: not in the company's account",
    accessKeyId: keys.stranger.id,
    kind: 'id-only',
    path: 'web/suppliers.html',
    inHead: true,
    state: 'unknown',
    principal: null,
    user: null,
    probed: null,
    severity: 'medium',
    powers: null,
    means: 'It was not found in your accounts',
  },
];
