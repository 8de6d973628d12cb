// docs/permissions.md is made of the table of operations. `npx vitest run test/cloud/permissions-page.test.ts --update`
// writes its generated parts anew.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Mode, type OperationName, operationOf, operations, partsOf } from '../../src/cloud/operations.js';
import { DEFAULT_PACE } from '../../src/cloud/session.js';

const PAGE = path.resolve(import.meta.dirname, '../../docs/permissions.md');
const page = readFileSync(PAGE, 'utf8');

/** Modes that need a grant, with the words that ask for them; `probe` is signed with the leaked key and needs none. */
const SECTIONS: readonly { readonly mode: Mode; readonly title: string; readonly text: string }[] = [
  {
    mode: 'inventory',
    title: 'Inventory: `--verify`',
    text:
      'Whose a key is, whether it is on, when it was last used. `ram:ListUsers` serves where `ram:GetUser` is not granted;\n' +
      '`ram:GetAccessKeyLastUsed` where ActionTrail does not know. Both may be left out.',
  },
  {
    mode: 'powers',
    title: 'Powers: `--verify`, for keys that belong to a user or a role',
    text: 'What a key may do: the policies of its owner and of the owner’s groups.',
  },
  { mode: 'activity', title: 'Activity: `--verify --activity`', text: 'What a key did in the last 90 days.' },
  {
    mode: 'account',
    title: 'Account: `akscan account`',
    text:
      'Alibaba Cloud’s own list of leaked keys, and how the account keeps its keys. `ram:GenerateCredentialReport` makes RAM\n' +
      'write a report, at most once in four hours; it changes nothing. Security Center’s actions have two names in Alibaba\n' +
      'Cloud’s documentation, and both are granted.',
  },
];

const namesOf = (mode: Mode): readonly OperationName[] =>
  (Object.keys(operations) as OperationName[]).filter((name) => operationOf(name).modes.includes(mode));

const actionsOf = (names: readonly OperationName[]): readonly string[] =>
  [
    ...new Set(
      names.flatMap((name) => {
        const { permission, otherPermission } = operationOf(name);
        return [permission, otherPermission].filter((action) => action !== null && action !== undefined);
      }),
    ),
  ].sort();

const policyOf = (actions: readonly string[]): string =>
  [
    '```json',
    JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }, null, 2),
    '```',
  ].join('\n');

const PRODUCTS = { ram: 'RAM', ims: 'IMS', sts: 'STS', actiontrail: 'ActionTrail', sas: 'Security Center' } as const;

const tableOf = (names: readonly OperationName[]): string =>
  [
    '| asks | needs | tells | a second, of the quota |',
    '|---|---|---|---|',
    ...names.map((name) => {
      const { permission, tells, quota } = operationOf(name);
      const { service, action } = partsOf(name);
      const needs = permission === null ? 'nothing' : `\`${permission}\``;
      return `| ${PRODUCTS[service]} \`${action}\` | ${needs} | ${tells} | ${quota * DEFAULT_PACE.share} of ${quota} |`;
    }),
  ].join('\n');

const identity = `## Whose credentials these are

Asked once for each profile, before anything else.

${tableOf(namesOf('identity'))}

\`sts:AssumeRole\` is granted to the credentials that assume the role, on the role's ARN, and not to the role.`;

const sections = SECTIONS.map(({ mode, title, text }) => {
  const names = namesOf(mode);
  return `## ${title}\n\n${text}\n\n${tableOf(names)}\n\n${policyOf(actionsOf(names))}`;
});

const all = SECTIONS.flatMap(({ mode }) => namesOf(mode));

/** Apart from the rest, for it changes something: nobody gets it with "all of it". */
const containment = `## Containment: \`akscan disable\`, \`akscan restore\`

What changes AccessKeys, beside the inventory above; see [containment.md](containment.md). \`ram:UpdateAccessKey\` alone
switches keys off and on again. The others are for \`--mode restrict\` and \`--mode delete\`, for what \`akscan restore\` takes
out of the recycle bin, and for the new key of \`--rotate\`; leave out what you do not use. Whoever may make keys for every
user may become any of them: grant \`ram:CreateAccessKey\` on single users (\`acs:ram:*:UID:user/NAME\`).

${tableOf(namesOf('containment'))}

To switch off, and on again:

${policyOf(['ram:UpdateAccessKey'])}

All of it:

${policyOf(actionsOf(namesOf('containment')))}`;

const made = [identity, ...sections, `## All of it that reads\n\n${policyOf(actionsOf(all))}`, containment].join(
  '\n\n',
);

describe('docs/permissions.md', () => {
  it('shows the operations and the policies of the code', async () => {
    const parts = /^([\s\S]*<!-- generated -->\n\n)[\s\S]*?(\n\n<!-- end of generated -->[\s\S]*)$/.exec(page);
    expect(parts, 'the marks around what is generated').not.toBeNull();
    await expect(`${parts?.[1]}${made}${parts?.[2]}`).toMatchFileSnapshot(PAGE);
  });

  it('has a section for every mode that reads and needs a grant', () => {
    const modes = new Set((Object.keys(operations) as OperationName[]).flatMap((name) => operationOf(name).modes));
    expect([...modes].sort()).toEqual([...SECTIONS.map(({ mode }) => mode), 'containment', 'identity', 'probe'].sort());
    expect(actionsOf(namesOf('probe'))).toEqual([]);
  });

  it('grants nothing that changes anything', () => {
    expect(all.filter((name) => operationOf(name).effect === 'write')).toEqual([]);
    for (const action of actionsOf(all)) {
      expect(action).toMatch(/^[a-z-]+:(?:Get|List|Lookup|Describe|GenerateCredentialReport$)/);
    }
  });

  it('changes AccessKeys and nothing else to contain them', () => {
    const changing = namesOf('containment').filter((name) => operationOf(name).effect === 'write');
    expect(changing).toContain('ram:UpdateAccessKey');
    for (const action of actionsOf(changing)) expect(action).toMatch(/^ram:\w*AccessKey/);
  });
});
