import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/cloud/xml.js';

describe('readXml', () => {
  it.each([
    ['plain', '<Error><Code>x</Code></Error>'],
    ['with a declaration', "<?xml version='1.0' encoding='UTF-8'?>\n<Error>\n <Code>x</Code>\n</Error>"],
    ['with attributes', '<Error xmlns="http://example.com/doc" version = \'1\'><Code type="s">x</Code></Error>'],
    ['with prefixes', '<a:Error xmlns:a="urn:x"><a:Code>x</a:Code></a:Error>'],
    ['with CDATA', '<Error><Code><![CDATA[x]]></Code></Error>'],
    ['with references', '<Error><Code>&#120;</Code></Error>'],
    ['with a comment', '<Error><!-- <Code>y</Code> --><Code>x</Code></Error>'],
  ])('reads elements %s', (_, text) => {
    expect(readXml(text)).toEqual({ root: 'Error', members: { Code: 'x' } });
  });

  it('keeps what is nested apart, and what occurs twice as a list', () => {
    expect(readXml('<E><Data><Code>y</Code></Data><Code>x</Code><U>1</U><U>2</U><None/></E>')).toEqual({
      root: 'E',
      members: { Data: { Code: 'y' }, Code: 'x', U: ['1', '2'], None: '' },
    });
  });

  it('takes references back once', () => {
    expect(readXml('<E><A>&amp;lt;&lt;&quot;&apos;&#x41;&unknown;&#0;</A></E>')?.members).toEqual({
      A: '&lt;<"\'A&unknown;&#0;',
    });
  });

  it('takes a name of the language for a member like any other', () => {
    const read = readXml('<E><__proto__><Code>x</Code></__proto__></E>');
    expect(Object.hasOwn(read?.members ?? {}, 'Code')).toBe(false);
    expect(read?.members['Code']).toBeUndefined();
  });

  it.each([
    '',
    'text',
    '<E>text</E>',
    '<E><A>x</E></A>',
    '<E><A>x</A>',
    '<E><A>x</A></E><E><A>x</A></E>',
    '<E>text<A>x</A></E>',
    '<E><A>x</A></E> text',
    '<!DOCTYPE E [<!ENTITY a "x">]><E><A>&a;</A></E>',
    '<E><A x=1>x</A></E>',
    '<E><![CDATA[x</E>',
    '</E>',
    '<E/>',
    '<E><?php ?><A>x</A></E>',
    `${'<a>'.repeat(20)}${'</a>'.repeat(20)}`,
  ])('reads nothing in %j', (text) => {
    expect(readXml(text)).toBeNull();
  });

  it('takes linear time over hostile text', () => {
    for (const piece of ['<a ', '<a', '<a>', '</a', '&#', '<![CDATA[', '<!--', ' ', '<a b="', "<a b='x'"]) {
      expect(readXml(`<E>${piece.repeat(200_000)}`)).toBeNull();
      expect(readXml(piece.repeat(200_000))).toBeNull();
    }
    expect(readXml(`<E${' '.repeat(900_000)}`)).toBeNull();
  });
});
