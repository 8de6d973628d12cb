import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NOTIFY_KINDS, notifyVariables, parseNotify } from '../../../src/audit/notify/target.js';
import { AkscanError } from '../../../src/errors.js';

const URL_WITH_TOKEN = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef';

const failing = (text: string, env: NodeJS.ProcessEnv = {}): AkscanError => {
  try {
    parseNotify(text, env);
  } catch (error) {
    if (error instanceof AkscanError) return error;
  }
  throw new Error('It was taken.');
};

describe('parseNotify', () => {
  it('reads address and secret from the variables of the kind', () => {
    const env = { AKSCAN_DINGTALK_WEBHOOK: ` ${URL_WITH_TOKEN}\n`, AKSCAN_DINGTALK_SECRET: 'SEC1' };
    const target = parseNotify('dingtalk', env);
    expect([target.kind, target.label, target.address().href, target.secret()]).toEqual([
      'dingtalk',
      'dingtalk',
      URL_WITH_TOKEN,
      'SEC1',
    ]);
  });

  it('reads those of a name where there are several of a kind', () => {
    const env = { AKSCAN_WECOM_ON_CALL_WEBHOOK: 'https://qyapi.example/send?key=1' };
    const target = parseNotify('wecom:on-call', env);
    expect([target.label, target.address().searchParams.get('key'), target.secret()]).toEqual([
      'wecom:on-call',
      '1',
      null,
    ]);
  });

  it('gives every kind variables of its own', () => {
    const names = NOTIFY_KINDS.flatMap((kind) =>
      [null, 'secret', 'url', 'webhook'].flatMap((name) => Object.values(notifyVariables(kind, name))),
    ).filter((name) => name !== null);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['dingtalk', {}, /^AKSCAN_DINGTALK_WEBHOOK is not set/],
    ['slack:team', { AKSCAN_SLACK_WEBHOOK: URL_WITH_TOKEN }, /^AKSCAN_SLACK_TEAM_WEBHOOK is not set/],
    ['feishu', { AKSCAN_FEISHU_WEBHOOK: 'no address' }, /^AKSCAN_FEISHU_WEBHOOK is no address/],
    ['lark', { AKSCAN_LARK_WEBHOOK: 'http://open.larksuite.com/x' }, /^AKSCAN_LARK_WEBHOOK is no https/],
    [
      'slack',
      { AKSCAN_SLACK_WEBHOOK: 'https://me:token@hooks.slack.com/x' },
      /^AKSCAN_SLACK_WEBHOOK holds a user name/,
    ],
    ['webhook', { AKSCAN_WEBHOOK_URL: 'https://a.example/x' }, /^AKSCAN_WEBHOOK_SECRET is not set/],
    ['teams', {}, /^--notify does not know "teams"/],
  ])('says which variable is wrong: %s', (text, env, message) => {
    expect(failing(text, env).message).toMatch(message);
  });

  it('never repeats what may hold a token', () => {
    const errors = [
      failing(URL_WITH_TOKEN),
      failing(`dingtalk:${URL_WITH_TOKEN}`),
      failing('dingtalk', { AKSCAN_DINGTALK_WEBHOOK: 'oapi.dingtalk.com access_token=0123456789abcdef' }),
      failing('dingtalk', { AKSCAN_DINGTALK_WEBHOOK: URL_WITH_TOKEN.replace('https', 'ftp') }),
      failing('slack', { AKSCAN_SLACK_WEBHOOK: 'https://me:0123456789abcdef@hooks.slack.com/x' }),
    ];
    for (const { message, hint } of errors) expect(`${message} ${hint}`).not.toContain('0123456789abcdef');
  });

  it('gives a target that shows neither address nor secret when it is printed', () => {
    const env = { AKSCAN_DINGTALK_WEBHOOK: URL_WITH_TOKEN, AKSCAN_DINGTALK_SECRET: 'SECRET-TEXT' };
    const target = parseNotify('dingtalk', env);
    const shown = `${inspect(target, { depth: 9, showHidden: true })}${JSON.stringify(target)}`;
    expect(shown).not.toMatch(/0123456789abcdef|SECRET-TEXT/);
  });

  it('speaks plain HTTP to this machine', () => {
    const target = parseNotify('slack', { AKSCAN_SLACK_WEBHOOK: 'http://127.0.0.1:8080/x' });
    expect(target.address().port).toBe('8080');
  });
});
