import { describe, expect, it } from 'vitest';
import { escapeHtml, h, htmlOf } from '../../../src/report/html/element.js';

describe('elements as HTML', () => {
  it('escape text and attributes', () => {
    const evil = `<a b="c" d='e'>&amp;`;
    const escaped = '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;';
    expect(escapeHtml(evil)).toBe(escaped);
    expect(htmlOf(h('p', { 'aria-label': evil }, evil))).toBe(`<p aria-label="${escaped}">${escaped}</p>`);
  });

  it('nest, and leave out what is not there', () => {
    expect(htmlOf(h('ul', { class: 'a' }, null, h('li', {}, 'x', h('wbr', {}), 'y')))).toBe(
      '<ul class="a"><li>x<wbr>y</li></ul>',
    );
  });
});
