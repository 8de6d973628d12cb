import { describe, expect, it } from 'vitest';
import { nameIn } from '../support/named.js';

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
