import { describe, expect, it } from 'vitest';
import { createNamer } from '../../src/detect/namer.js';
import { builtInVocabulary } from '../../src/detect/rules.js';

const namer = createNamer(builtInVocabulary);
const VALUE = 'Q7hV2mK9xT4bW8nZ';

/** The name of the value that stands where the text says `@`. */
const nameIn = (text: string): string | null => {
  const at = text.indexOf('@');
  return namer.nameOf(text.replace('@', VALUE), at, at + VALUE.length)?.raw ?? null;
};

describe('a label above its value', () => {
  it.each([
    ['AccessKey Secret\n@', 'AccessKey Secret'],
    ['AccessKey Secret\n\n@', 'AccessKey Secret'],
    ['SK\n```\n@\n```\n', 'SK'],
    ['AccessKey Secret:\n\n```text\n@\n```\n', 'AccessKey Secret'],
    ['/**\n * sk:\n * @\n */', 'sk'],
    ['Content-Disposition: form-data; name="accessKeyId"\r\n\r\n@', 'accessKeyId'],
    ['Content-Disposition: form-data; name="nonce"\r\n\r\n@', 'nonce'],
    ['<td><p>AccessKey ID</p></td>\n<td><p><code>@</code></p></td>', 'AccessKey ID'],
  ])('%s', (text, name) => {
    expect(nameIn(text)).toBe(name);
  });

  it.each(['AccessKey Secret\n\n\n\n@', 'A sentence about something else\n\n@'])('is none: %s', (text) => {
    expect(nameIn(text)).toBeNull();
  });
});
