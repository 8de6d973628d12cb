import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../src/lang/catalogue.js';
import type { Entry } from '../../src/lang/template.js';

const MANNER = {
  comma: '、',
  semicolon: '；',
  stop: '。',
  more: (names: string, count: string) => `${names}+${count}`,
  between: () => '',
};

const translating = (...entries: readonly Entry[]) => {
  const catalogue = createCatalogue(entries, MANNER);
  return (text: string): string => catalogue.translate(text);
};

describe('what a template takes', () => {
  it('keeps what stands in a slot, in whichever order the other language has it', () => {
    const say = translating(['{user} of account {account:w}', '账号 {account} 的 {user}']);
    expect(say('alice of account 1234')).toBe('账号 1234 的 alice');
    expect(say('alice of account 12 34')).toBe('alice of account 12 34');
  });

  it('knows numbers from other text', () => {
    const say = translating(['{n:n} file[|s]', '{n} 个文件'], ['{what} files', '文件 {what}']);
    expect(say('1 file')).toBe('1 个文件');
    expect(say('12,345 files')).toBe('12,345 个文件');
    expect(say('many files')).toBe('文件 many');
  });

  it('translates our own words in a slot, and fits only where they are known', () => {
    const say = translating(
      ['live', '有效'],
      ['{state:t}, of {who}', '{who}：{state}'],
      ['note: {text:o}', '说明：{text}'],
    );
    expect(say('live, of alice')).toBe('alice：有效');
    expect(say('dead, of alice')).toBe('dead, of alice');
    expect(say('note: live')).toBe('说明：有效');
    expect(say('note: dead')).toBe('说明：dead');
  });

  it('takes lists of our words and lists of names', () => {
    const say = translating(
      ['{n:n} high', '高 {n}'],
      ['{n:n} low', '低 {n}'],
      ['found: {how:l}.', '发现：{how}。'],
      ['in {names:v}', '在 {names}'],
    );
    expect(say('found: 1 high, 2 low.')).toBe('发现：高 1、低 2。');
    expect(say('found: 1 high, 2 odd.')).toBe('found: 1 high, 2 odd.');
    expect(say('in a, b and 3 more')).toBe('在 a、b+3');
  });

  it('looks further when the first place to end a slot does not do', () => {
    const say = translating(['off', '关'], ['{name}, {state:t}!', '{name}：{state}！']);
    expect(say('Zhang, Wei, off!')).toBe('Zhang, Wei：关！');
  });

  it('prefers the template of more letters', () => {
    const say = translating(['{a} failed', '{a} 失败'], ['{a} failed ({b}) and failed', '{a} 又失败 {b}']);
    expect(say('x failed (y) and failed')).toBe('x 又失败 y');
  });
});

describe('several sentences in one text', () => {
  const say = translating(['One {x:w}.', '一 {x}。'], ['Two. Three.', '二三。'], ['Two.', '二。']);

  it('are translated each, the longest first', () => {
    expect(say('One a. Two. Three. Two.')).toBe('一 a。二三。二。');
  });

  it('stay in English where one is not known, and that is told', () => {
    const missed: string[] = [];
    const catalogue = createCatalogue([['Two.', '二。']], MANNER);
    expect(catalogue.translate('Two. What else? Two.', (text) => missed.push(text))).toBe('二。 What else? 二。');
    expect(missed).toEqual(['What else?']);
    expect(say('What is that? And that?')).toBe('What is that? And that?');
  });
});

describe('a list of names', () => {
  it('ends with its sentence', () => {
    const say = translating(
      ['The keys are {keys:v}.', '键：{keys}。'],
      ['Used in {names:v}.', '用于 {names}。'],
      ['Stop.', '停。'],
    );
    expect(say('The keys are a, b. Stop. Used in x, y and 2 more.')).toBe('键：a、b。停。用于 x、y+2。');
    expect(translating(['Not in {a:v}.', '不在 {a}。'])('Not in a; see b.')).toBe('Not in a; see b.');
    expect(say('The keys are a, b. What else.')).toBe('键：a、b。 What else.');
  });
});

describe('a sentence that goes on in another', () => {
  it('is known with its full stop', () => {
    const say = translating(
      ['{reason:o}; {way:t}.', '{reason}；{way}。'],
      ['Gone since {day:w}.', '{day} 起没有了。'],
      ['ask', '问'],
    );
    expect(say('Gone since May; ask.')).toBe('May 起没有了；问。');
    expect(say('What is that; ask.')).toBe('What is that；问。');
  });
});

describe('what strangers write', () => {
  it('is put in as it is, whatever it looks like', () => {
    const say = translating(['live', '有效'], ['role {name}', '角色 {name}'], ['a {x} b {y}', '{y} {x}']);
    expect(say('role live')).toBe('角色 live');
    expect(say('role {name}')).toBe('角色 {name}');
    expect(say('a $& b $1{x}')).toBe('$1{x} $&');
  });

  it('takes bounded work', () => {
    const say = translating(['a {p} a {q} a {r} a {s:t} a', '{p}{q}{r}{s}'], ['{x:o}: {y:o}', '{x}：{y}']);
    for (const text of ['a '.repeat(4_000), 'a: '.repeat(2_500), `a ${'. a '.repeat(5)}`, 'a '.repeat(50_000)]) {
      expect(say(text).replaceAll('：', ': ') === text, text.slice(0, 10)).toBe(true);
    }
  });
});
