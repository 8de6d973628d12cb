import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { annotation, createRunner, maskLines } from '../../src/action/commands.js';
import { secret30 } from '../support/keys.js';
import { temporaryFolder } from '../support/repository.js';

describe('workflow commands', () => {
  it('are one line each, whatever the text', () => {
    expect(annotation('error', '100%\r\n::warning::x%0A')).toBe(
      '::error title=akscan::100%25%0D%0A::warning::x%250A\n',
    );
  });

  it('mask a secret as it is, in base64 wherever it begins, and each line of one that has several', () => {
    const [one, two] = [secret30(), secret30()];
    const lines = maskLines([one, `${two}\n${one}\nab`])
      .split('\n')
      .filter(Boolean);
    expect(lines.every((line) => line.startsWith('::add-mask::'))).toBe(true);
    const masks = lines.map((line) => line.slice(12));
    expect(masks).toContain(one);
    expect(masks).toContain(two);
    expect(masks).not.toContain('ab');
    expect(new Set(masks).size).toBe(masks.length);
    for (const before of ['', 'x', 'xy']) {
      const encoded = Buffer.from(`${before}${one}`).toString('base64');
      const hidden = masks.reduce((text, mask) => text.replaceAll(mask, '***'), encoded);
      expect(hidden).toMatch(/^.{0,3}\*\*\*.{0,3}$/);
    }
    expect(maskLines([])).toBe('');
  });

  it('write outputs that no value can end early', () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/out`, '');
    createRunner({ GITHUB_OUTPUT: `${folder}/out` }, () => {}).output('sarif', 'a\nlive<<x\n9\nx');
    const [first = '', ...rest] = readFileSync(`${folder}/out`, 'utf8').split('\n');
    const end = /^sarif<<(akscan_[0-9a-f]{32})$/.exec(first)?.[1];
    expect(rest).toEqual(['a', 'live<<x', '9', 'x', end, '']);
    expect(() => createRunner({}, () => {}).output('live', '1')).not.toThrow();
  });
});
