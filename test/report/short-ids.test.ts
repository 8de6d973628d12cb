import { describe, expect, it } from 'vitest';
import { shortId, withShortIds } from '../../src/report/short-ids.js';
import { id16, id24, stsId } from '../support/keys.js';
import { fault, pair, place, report } from '../support/report-samples.js';

describe('short IDs', () => {
  it.each([
    ['of 24 characters', id24()],
    ['of 16', id16()],
    ['of a temporary key', stsId()],
  ])('show the first 8 and the last 4 characters: %s', (_, id) => {
    expect(shortId(id)).toBe(`${id.slice(0, 8)}…${id.slice(-4)}`);
  });

  it('stand wherever a whole one was, of this finding or of another key, glued to other text or not', () => {
    const [id, other, sts] = [id24(), id24(), stsId()];
    const finding = pair({
      accessKeyId: id,
      target: `repos/${id}`,
      occurrences: [place({ path: `old_${id}.txt`, author: `${other} <a@b>` })],
      next: `Take ${id} and ${sts} out.`,
    });
    const written = JSON.stringify(
      withShortIds(report([finding], { notes: [`${other}: no.`], skipped: [fault({ what: `x${id}x` })] })),
    );
    for (const each of [id, other, sts]) {
      expect(written).not.toContain(each);
      expect(written).toContain(each.slice(0, 8));
    }
  });

  it('stand for IDs without a mark of their own where these are whole words', () => {
    const id = 'acme_0123456789abcdef';
    const shown = withShortIds(report([pair({ accessKeyId: id, next: `Take ${id} out.` })]));
    expect(shown.findings[0]).toMatchObject({ accessKeyId: 'acme_012…cdef', next: 'Take acme_012…cdef out.' });
  });

  it('change nothing else', () => {
    const finding = pair();
    const [shown] = withShortIds(report([finding])).findings;
    expect({ ...shown, accessKeyId: finding.accessKeyId }).toEqual(finding);
  });
});
