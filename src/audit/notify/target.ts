// Whom to tell, as `--notify` names them. The command line says which kind of place and, where there are several of a kind,
// a name; the address and the secret are read from the environment, since a webhook's address holds a token and a command
// line is seen by everybody on the machine.

import { isLoopback } from '../../cloud/transport/loopback.js';
import { AkscanError } from '../../errors.js';

export const NOTIFY_KINDS = ['dingtalk', 'feishu', 'lark', 'wecom', 'slack', 'webhook'] as const;

export type NotifyKind = (typeof NOTIFY_KINDS)[number];

export interface NotifyTarget {
  readonly kind: NotifyKind;
  /** As it was named: `dingtalk`, or `dingtalk:security`. */
  readonly label: string;
  /** Holds a token. A function, so that nothing that prints a target prints it. */
  readonly address: () => URL;
  /** What messages are signed with; null: they are not. */
  readonly secret: () => string | null;
}

/** `none`: the kind has no signature. `required`: without one nobody could tell our message from anybody's. */
const SIGNATURES: Readonly<Record<NotifyKind, 'none' | 'optional' | 'required'>> = {
  dingtalk: 'optional',
  feishu: 'optional',
  lark: 'optional',
  wecom: 'none',
  slack: 'none',
  webhook: 'required',
};

/** The variables that `--notify KIND[:NAME]` reads. */
export const notifyVariables = (
  kind: NotifyKind,
  name: string | null,
): { readonly address: string; readonly secret: string | null } => {
  const middle = [kind, ...(name === null ? [] : [name])].join('_').replaceAll('-', '_').toUpperCase();
  return {
    address: `AKSCAN_${middle}_${kind === 'webhook' ? 'URL' : 'WEBHOOK'}`,
    secret: SIGNATURES[kind] === 'none' ? null : `AKSCAN_${middle}_SECRET`,
  };
};

/**
 * @param text `dingtalk`, or `dingtalk:security` whose variables have `_SECURITY` in their names
 * @throws AkscanError that names the kind or the variable, and never shows what it holds
 */
export const parseNotify = (text: string, env: NodeJS.ProcessEnv): NotifyTarget => {
  const [, word = '', name = null] = /^([a-z]+)(?::([A-Za-z][A-Za-z0-9-]{0,39}))?$/.exec(text) ?? [];
  const kind = NOTIFY_KINDS.find((each) => each === word);
  if (kind === undefined) throw notKnown(text);
  const variables = notifyVariables(kind, name);
  const address = addressIn(variables.address, env);
  const given = variables.secret === null ? '' : (env[variables.secret] ?? '').trim();
  if (given === '' && variables.secret !== null && SIGNATURES[kind] === 'required') {
    throw new AkscanError(
      `${variables.secret} is not set, and --notify ${text} signs its messages with it.`,
      'Choose a long random text, and give it to whoever receives the messages, too.',
    );
  }
  return {
    kind,
    label: name === null ? kind : `${kind}:${name}`,
    address: () => new URL(address),
    secret: () => (given === '' ? null : given),
  };
};

/** Text that may be an address is not repeated: it would hold a token. */
const notKnown = (text: string): AkscanError =>
  /^[a-z-]{1,20}$/.test(text)
    ? new AkscanError(`--notify does not know "${text}".`, `It knows ${NOTIFY_KINDS.join(', ')}.`)
    : new AkscanError(
        '--notify takes a kind, or KIND:NAME with letters, digits and hyphens, and no address.',
        `A webhook's address holds a token: put it into the environment, such as ${notifyVariables('dingtalk', null).address}, and say --notify dingtalk.`,
      );

const addressIn = (variable: string, env: NodeJS.ProcessEnv): string => {
  const text = (env[variable] ?? '').trim();
  const wrong = (what: string, hint: string): AkscanError => new AkscanError(`${variable} ${what}.`, hint);
  if (text === '') throw wrong('is not set', 'Put the address of the webhook into it.');
  if (!URL.canParse(text)) throw wrong('is no address', 'It is the whole address of the webhook, with https://.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw wrong('is no https:// address', 'Plain HTTP is spoken to this machine only.');
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong('holds a user name or a password', 'Webhooks are asked by their address alone.');
  }
  return text;
};
