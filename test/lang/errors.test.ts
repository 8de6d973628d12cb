// Errors that a user can meet: each sentence that stands whole in the sources has a Chinese one.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createSay } from '../../src/lang/say.js';

const QUOTED = `'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"|\`(?:[^\`\\\\]|\\\\.)*\``;
/** `new AkscanError('...', '...')`, `new Refusal('gone', '...')`, `failure('broken', '...')`. */
const CALL = new RegExp(`\\b(?:new AkscanError|new Refusal|failure)\\(((?:\\s*(?:${QUOTED}),?)+)`, 'g');
const TEXT = new RegExp(QUOTED, 'g');

const sources = (): readonly string[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    // The Action is told in English.
    .filter((file) => file.endsWith('.ts') && !/^(?:action|simulator|demo)\b/.test(file))
    .map((file) => readFileSync(path.join('src', file), 'utf8'));

/** Commands are the same in any language. */
const isCommand = (text: string): boolean => /^(?:git config|chmod) /.test(text);

it('every error that is no template has its Chinese sentence', async () => {
  const missed = new Set<string>();
  const say = await createSay('zh-CN', (text) => void missed.add(text));
  let said = 0;
  for (const { 1: given = '' } of sources().flatMap((source) => [...source.matchAll(CALL)]))
    for (const [quoted] of given.matchAll(TEXT)) {
      const text = quoted.slice(1, -1).replace(/\\(.)/g, '$1');
      if (quoted.startsWith('`') || !text.includes(' ') || isCommand(text)) continue;
      said += 1;
      say(text);
    }
  expect(said).toBeGreaterThan(150);
  expect([...missed]).toEqual([]);
});
