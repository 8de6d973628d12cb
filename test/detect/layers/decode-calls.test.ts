import { describe, expect, it } from 'vitest';
import { joined } from '../../../src/detect/layers/concatenation.js';
import { inlined } from '../../../src/detect/layers/decode-calls.js';
import { encodingOf, originAt } from '../../../src/detect/layers/layer.js';
import { layerOf } from '../../support/detection.js';

const PART = Buffer.from('abcdefghi').toString('base64');

describe('calls that decode a literal', () => {
  it.each([
    `atob('${PART}')`,
    `base64.b64decode("${PART}").decode()`,
    `base64_decode('${PART}')`,
    `Base64.decode("${PART}")`,
    `Base64.getDecoder().decode("${PART}")`,
    `Buffer.from('${PART}', 'base64').toString('utf8')`,
    `Convert.FromBase64String("${PART}")`,
  ])('%s reads as what it gives', (call) => {
    expect(inlined(layerOf(`x = ${call} + 'jkl'`))?.text).toContain('"abcdefghi"');
  });

  it('give parts that joining completes, each at its place', () => {
    const source = `x = atob('${PART}') + 'jkl'`;
    const layer = inlined(layerOf(source));
    const whole = layer === null ? null : joined(layer);
    if (whole === null) throw new Error('there is something to join');
    const at = whole.text.indexOf('abcdefghijkl');
    expect(at).toBeGreaterThan(0);
    expect(originAt(whole, at)).toBe(source.indexOf(PART));
    expect(originAt(whole, at + 9)).toBe(source.indexOf('jkl'));
    expect(encodingOf(whole, at, at + 12)).toEqual(expect.arrayContaining(['base64', 'concatenation']));
  });

  it('are left where what they give is no plain text, or where there are none', () => {
    expect(inlined(layerOf(`atob('${Buffer.from([1, 2, 3, 4, 5, 6]).toString('base64')}')`))).toBeNull();
    expect(inlined(layerOf('atob(value)'))).toBeNull();
  });
});
