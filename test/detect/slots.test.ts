import { describe, expect, it } from 'vitest';
import { valueEnd } from '../../src/detect/slots.js';

/** What stands from `@` to where the value there ends. */
const value = (text: string): string => {
  const at = text.indexOf('@');
  const rest = text.replace('@', '');
  return rest.slice(at, valueEnd(rest, at));
};

describe('where the value of a name ends', () => {
  it.each([
    ['secret: @process.env.S, note: "x"', 'process.env.S'],
    ['secret=@os.getenv("S", "x"), note="x"', 'os.getenv("S", "x")'],
    ['secret: "@a,b", note: "x"', 'a,b"'],
    ['"secret":""@,"note":"x"', ''],
    ['{secret: @a}', 'a'],
    ['secret = @a || "b";\nnote = "x"', 'a || "b"'],
    ['secret: @\nnote: x\n', ''],
    ['secret:@\n  value: x\nnote: y\n', '\n  value: x'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });
});
