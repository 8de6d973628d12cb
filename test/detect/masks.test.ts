import { describe, expect, it } from 'vitest';
import { isCutShort, isMaskedBeyond } from '../../src/detect/masks.js';
import { createKeys } from '../support/keys.js';

const value = createKeys(61).id16();
const judged = (place: string, judge: (text: string, from: number, to: number) => boolean): boolean => {
  const text = Buffer.from(place.replace('@', value)).toString('latin1');
  const from = text.indexOf(value);
  return judge(text, from, from + value.length);
};
const cut = (place: string): boolean => judged(place, isCutShort);
const beyond = (place: string): boolean => judged(place, (text, _, to) => isMaskedBeyond(text, to));

describe('a value that goes on in a mask', () => {
  it.each([
    ...[
      '@****',
      '@**',
      '@***ab12',
      '@…',
      '@...',
      '@......',
      '@••••',
      '@●●●●',
      '@＊＊＊＊',
      '@∗∗∗∗',
      '@××××',
      '@◆◆',
      '@████',
    ],
    ...[
      '@####',
      '@????',
      '@____ ',
      '@----"',
      '@~~~~',
      '@[MASKED]',
      '@<redacted>',
      '@[...]',
      '@{hidden}',
      '@(truncated)',
      '@<secret>',
    ],
    ...['@\\*\\*\\*\\*', '@\\u002a\\u002a', '@\\u2022\\u2022', '@\\x2a\\x2a', '@\\052\\052', '@%2A%2A', '@=2A=2A=2A'],
    ...[
      '@%E2%80%A2%E2%80%A2',
      '@=E2=80=A2=E2=80=A2',
      '@&#42;&#42;',
      '@&#x2A;&#x2a;',
      '@&ast;&ast;',
      '@&lowast;&lowast;',
    ],
    ...['@&hellip;', '@&bull;&bull;', '**AccessKey ID:** @**', '**@****'],
  ])('%s', (place) => {
    expect(cut(place)).toBe(true);
  });
});

describe('a value that marks only touch', () => {
  it.each([
    ...[
      '**@**',
      '| id | **@** |',
      '**AccessKey ID:** **@**',
      '**id @** x',
      '*@*',
      '***@***',
      '~~@~~',
      '__@__',
      '___@___',
      '-----@-----',
      '****@****',
      '#### @ ####',
    ],
    ...[
      '/* @*/',
      '/** @**/',
      'ls @*',
      '@*2',
      '@*',
      '@.',
      '@.\n',
      '@..',
      '@?',
      '@_',
      '@-x',
      '@----secret9',
      '@——production',
    ],
    ...[
      '@·',
      '@&nbsp;&nbsp;',
      '@&quot;',
      '@%22%7D',
      '@\\n\\n',
      '@\\u0022}',
      '@“',
      '@（）',
      '@ (secret lost)',
      '@(secret: x)',
      '@<secret>x',
      '@"',
      '@',
      '@──┤',
    ],
    ...['@\\u5bc6\\u94a5', '@密钥', '@的的'],
  ])('%s', (place) => {
    expect(cut(place)).toBe(false);
  });
});

describe('a mask in markup or in a literal behind a value', () => {
  it.each([
    '@<em>****</em>',
    '<b>@</b><span class="m">••••</span>',
    '"@" + "****"',
    "'@' . '****'",
    '@\u001b[0m\u001b[2m****',
  ])('is one: %s', (place) => {
    expect(beyond(place)).toBe(true);
  });

  it.each(['<td>@</td><td>****</td>', '"@", "****"', '<b>@</b> / ****', '**@** / ****', '@<br>', '"@" + "..."'])(
    'is none: %s',
    (place) => {
      expect(beyond(place)).toBe(false);
    },
  );
});

it('costs no more on long rows of marks', () => {
  const text = `${value}${'*'.repeat(1_000_000)}`;
  const started = performance.now();
  for (let i = 0; i < 2000; i++) isCutShort(text, 0, value.length);
  expect(performance.now() - started).toBeLessThan(1000);
});
