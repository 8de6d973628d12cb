// Whether a value stands for itself or is a stretch of something longer: of base64, of a token, of a path. Its letters are
// chance then.

import { isCutShort } from './masks.js';
import { wordShare } from './noise.js';

/** Characters read to either side of a value. */
const REACH = 80;

const isAlphanumeric = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

export const alphanumericAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && isAlphanumeric(text.charCodeAt(at));

/** A stretch of a token: long, of both cases and digits, and no words. */
const isRandom = (part: string): boolean =>
  part.length >= 9 && wordShare(part) < 0.25 && /\d/.test(part) && /[A-Z]/.test(part) && /[a-z]/.test(part);

/** What base64 may hold, to either side of a value. */
const runBefore = (text: string, from: number): string =>
  /[0-9A-Za-z+/_-]*$/.exec(text.slice(Math.max(0, from - REACH), from))?.[0] ?? '';
const runAfter = (text: string, to: number): string =>
  /^[0-9A-Za-z+/_-]*={0,2}/.exec(text.slice(to, to + REACH))?.[0] ?? '';

/** A word, a number, or a value of its own. */
const PLAIN = /^(?:[a-z]{0,12}|[A-Z][a-z]{1,11}|[A-Z]{1,8}|\d{1,4}|LTAI[0-9A-Za-z]{12,20}|[0-9A-Za-z]{30})$/;

/** `?q=ak+LTAI...+sk+...`: a form's value, whose plus signs are blanks; words stand between them, as they never do in base64. */
const isFormText = (text: string, from: number, left: string, right: string): boolean =>
  text[from - left.length - 1] === '=' && `${left}+${right}`.split('+').every((part) => PLAIN.test(part));

/** Padding closes base64: what it ends is a multiple of four characters long, if all of it is in sight. */
const isPadding = (text: string, from: number, to: number, left: string): boolean => {
  const pads = text[to] !== '=' ? 0 : text[to + 1] === '=' ? 2 : 1;
  if (pads === 0 || (pads === 1 && !/^(?:["'`<\s,;)]|$)/.test(text.slice(to + 1, to + 2)))) return false;
  if (left.length >= REACH || text[from - left.length - 1] === '\\') return true;
  // `==...==` is markup.
  if (left === '' && text.slice(Math.max(0, from - pads), from) === '='.repeat(pads) && pads === 2) return false;
  return (left.length + to - from + pads) % 4 === 0;
};

/**
 * Whether a key stands inside a longer run of base64 or of path-like text. A slash, plus sign, dash or underscore next to it
 * counts only when what is beyond does not read like a path, a date or a secret.
 */
export const isAccident = (text: string, from: number, to: number): boolean => {
  const left = runBefore(text, from);
  const right = runAfter(text, to);
  if (isPadding(text, from, to, left)) return true;
  // A plus sign alone is a diff's.
  const plus = (left.endsWith('+') && left !== '+') || /^\+[0-9A-Za-z+/]{4}/.test(right);
  if (plus && !isFormText(text, from, left, right)) return true;
  const beyond = [
    ...(/[/_-]$/.test(left) ? left.split(/[/_-]/) : []),
    ...(/^[/_-]/.test(right) ? right.split(/[/_-]/) : []),
  ];
  return beyond.some((part) => part.includes('+') || (part.length !== 30 && isRandom(part)));
};

/** Whether a value of a secret's length stands alone, not as a part of a longer token. */
export const isBounded = (text: string, from: number, to: number): boolean => {
  const left = text[from - 1] ?? ' ';
  const right = text[to] ?? ' ';
  // The first letters belong to an escape: they are judged where it has been taken back.
  if (left === '\\' || (left === '%' && /^[0-9A-Fa-f]{2}/.test(text.slice(from, from + 2)))) return false;
  if (/[_/:-]/.test(left) && /LTAI[0-9A-Za-z]{12,20}$/.test(text.slice(Math.max(0, from - 26), from - 1))) return true;
  if (isCutShort(text, from, to)) return false;
  if (right === '=' && isPadding(text, from, to, runBefore(text, from))) return false;
  if ((left === '+' || right === '+') && isFormText(text, from, runBefore(text, from), runAfter(text, to))) return true;
  if (/[+_-]/.test(right) && alphanumericAt(text, to + 1)) return false;
  if (right === '/' && /^\/[0-9A-Za-z+/]{2}/.test(text.slice(to, to + 3))) return false;
  if (right === '.' && alphanumericAt(text, to + 1) && alphanumericAt(text, to + 2)) return false;
  const lineStart = from === 1 || text[from - 2] === '\n';
  if (/[+_-]/.test(left) && !lineStart && alphanumericAt(text, from - 2)) return false;
  if (left === '+' && !lineStart && /[0-9A-Za-z+/]{2}$/.test(text.slice(Math.max(0, from - 3), from - 1))) return false;
  if (left === '/') return !/[0-9A-Za-z+/]{2}\/$/.test(text.slice(Math.max(0, from - 3), from));
  if (left === '.') return !/[0-9A-Za-z]{2}\.$/.test(text.slice(Math.max(0, from - 3), from));
  return true;
};
