// `akscan audit --list`: which repositories an audit would read.

import { amount } from '../amount.js';
import { listOptionsOf } from '../audit/listing.js';
import type { AuditPlan } from '../audit/plan.js';
import { listRepositories } from '../audit/sources/list.js';
import { parseSpec } from '../audit/sources/spec.js';
import type { Listed } from '../audit/sources/types.js';
import type { Repository } from '../audit/types.js';
import { send } from '../cloud/transport/http.js';
import { AkscanError } from '../errors.js';
import { say } from '../lang/say.js';
import { put } from '../report/deliver.js';
import { forTerminal } from '../report/escape.js';
import type { OutputOptions } from './options.js';
import type { Run } from './run.js';

const FORMATS = ['text', 'json', 'jsonl'];

/** @throws AkscanError for sources that are none */
export const listRead = async (
  plan: AuditPlan,
  { format, output, report }: OutputOptions,
  { signal, progress, stopTalking }: Run,
): Promise<number> => {
  if (!FORMATS.includes(format) || report !== undefined) {
    throw new AkscanError('--list writes text, json or jsonl, to one place.', 'Add --format json, or leave it out.');
  }
  const options = listOptionsOf(plan, { env: process.env, signal, progress, http: send });
  let isWhole = true;
  async function* listed(): AsyncGenerator<Listed> {
    try {
      for await (const one of listRepositories(plan.sources.map(parseSpec), options)) {
        if (one.kind === 'unlisted') isWhole = false;
        yield one;
      }
    } catch (error) {
      // What was listed before Ctrl-C is worth showing.
      if (!signal.aborted) throw error;
    }
    stopTalking();
  }
  const write = format === 'text' ? inText : format === 'json' ? inJson : inLines;
  await put(write(listed()), output ?? null, 'masked');
  return signal.aborted ? 130 : isWhole ? 0 : 2;
};

async function* inText(all: AsyncIterable<Listed>): AsyncGenerator<string> {
  let read = 0;
  const unlisted: string[] = [];
  for await (const one of all) {
    if (one.kind === 'unlisted') {
      const { name, source, reason } = one;
      unlisted.push(`${say(forTerminal(`could not be listed: ${name ?? source}: ${reason}`))}\n`);
      continue;
    }
    const { repository } = one;
    if (one.kind === 'repository') read += 1;
    const what = [...factsOf(repository), ...(one.kind === 'too-large' ? ['not read: too large'] : [])].join(', ');
    yield `${forTerminal(repository.name)}${what === '' ? '' : `  ${say(`(${what})`)}`}\n`;
  }
  yield* unlisted;
  yield `${say(`${amount(read)} ${read === 1 ? 'repository' : 'repositories'} would be read.`)}\n`;
}

const factsOf = ({ kind, visibility, archived, fork, sizeKb, pushedAt }: Repository): readonly string[] => [
  ...(kind === 'repository' ? [] : [kind]),
  ...(visibility === null ? [] : [visibility]),
  ...(archived ? ['archived'] : []),
  ...(fork ? ['fork'] : []),
  ...(sizeKb === null ? [] : [`${amount(sizeKb)} KB`]),
  ...(pushedAt === null ? [] : [`pushed ${pushedAt.slice(0, 10)}`]),
];

async function* inJson(all: AsyncIterable<Listed>): AsyncGenerator<string> {
  let before = '[';
  for await (const one of all) {
    yield `${before}\n${JSON.stringify(one, null, 2).replaceAll(/^/gm, '  ')}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function* inLines(all: AsyncIterable<Listed>): AsyncGenerator<string> {
  for await (const one of all) yield `${JSON.stringify(one)}\n`;
}
