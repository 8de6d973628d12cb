// The name a value goes by: the variable, key, tag, option, setter or words before it. Looks back over a bounded stretch of
// text, step by step from the value outwards, so its cost does not depend on the file.

import { headingName, withoutFence } from './name-above.js';
import { elementBehind, NAME_ATTRIBUTE, nameBeside, nameOfValue, wrapperName } from './name-beside.js';
import { foldName, type Name, type Naming, wordBefore } from './names.js';

const LOOK_BACK = 260;
const LOOK_AHEAD = 160;
/** Steps outwards: through wrappers, generic names and tags that only say how a text looks. */
const MOST_STEPS = 5;

/** Quotes, blanks and openers directly before a value; at most two line breaks, so that a name may stand above. */
const OPENERS =
  /(?:%[qQwW]?(?=[({[])|<!\[CDATA\[|["'`\\@([{ \t]|u(?=["'])|&quot;|\r?\n(?=[^\n]*$)|\r?\n[ \t]*$){0,60}$/;
/** A string constant of Android's assembler: its name stands elsewhere. */
const SMALI = /const-string(?:\/jumbo)? \w{1,4}, ?"$/;
const OPERATOR =
  /(?:=>|:=|\?=|\+=|={1,3}|->|<-|::|:|\|\||\?\?|\?:|:-|~>|\u00ef\u00bc\u009a|\uff1a|\u00ef\u00bc\u009d)$/;
const IDENTIFIER = /([A-Za-z_$][\w$.-]*(?:\[\d+\])?)((?:["'`\\\]) \t}*?!]|\[\d*\]){0,12})$/;
const WRAPPER =
  /(?:atob|b64|base64|decode|from|string|str|bytes|text|quote|literal|some|of|buffer|secure|crypt|trim|new|field|value|raw)$/i;
/** Tags that only say how a text looks. */
const INLINE_TAGS =
  /(?:<\/?(?:span|code|b|i|em|strong|font|tt|kbd|mark|a|small|pre|br)\b[^<>]{0,160}>\s{0,4}){1,8}(?:&quot;|["'])?$/i;
/** A YAML anchor, tag or block scalar's sign between a key and its value. */
const YAML_MARKS =
  /:[ \t]+(?:(?:&[\w.-]{1,60}|!{1,2}\w{1,20})[ \t]+(?:[|>][+-]?[ \t]*\r?\n[ \t]*)?|[|>][+-]?[ \t]*\r?\n[ \t]*)["']?$/;
const TAG = /<([A-Za-z][\w:.-]{0,60})((?:\s[^<>]{0,200})?)>$/;
const NAMED_ELEMENT =
  /<(?:key|name|dt|th|td|label|id|entry|param-name)\b[^<>]{0,80}>\s{0,20}(?:<[a-z]{1,6}>){0,3}([^<\n]{1,80}?)\s{0,20}(?:<\/[\w:-]{1,40}>\s{0,20}){1,4}$/i;
/** `<stringProp name="Argument.name">ak</stringProp>` before the element with the value. */
const LABELLED_ELEMENT = /<[^<>]{0,80}\bname["'][^<>]{0,80}>\s{0,20}([^<\n]{1,80}?)\s{0,20}<\/[\w:-]{1,40}>\s{0,80}$/i;
/** PHP's serialised strings and Redis's protocol say a length before each string. */
const SERIALISED = /(?:["'\\]|^)([\w .-]{1,60})\\{0,6}";s:\d{1,6}:\\{0,6}"$/;
const REDIS = /\$\d{1,4}\r?\n([\w.:-]{1,80})\r?\n\$\d{1,4}\r?\n$/;
/** Words that lean on the one before: `AccessKey ID`. */
const LEANING = /^(?:id|key|secret|ID|Id|KEY|Key|SECRET|Secret)$/;
const FILLER = /^(?:is|are|was|the|new|return|and|or|with|to|as|of)$/i;
const PLAIN_TAG =
  /^(?:[a-z]{1,2}\d?|pre|div|row|kbd|var|samp|sub|sup|del|ins|str|val|cell|data|item|elem|font|mark|value|string|code|strong|span|text|param-value|option)$/i;

/** Where the search stands: what is before the value, with what was between taken off. */
interface Stand {
  readonly text: string;
  /** One past the value's last character. */
  readonly end: number;
  readonly head: string;
  /** Quotes, blanks and brackets that were between `head` and what is behind it. */
  readonly openers: string;
}

/** The answer, or where to look on. */
type Step = { readonly name: Name | null } | { readonly head: string };

/** Each reads one way of naming a value; null: it is not written that way. */
type Reading = (stand: Stand, naming: Naming) => Step | null;

export const createNameSearch = (naming: Naming) => {
  const readings: readonly Reading[] = [beforeComma, insideElement, behindOperator, insideCall, behindBlank];

  const search = (text: string, at: number, end: number): Name | null => {
    let head = withoutFence(text.slice(Math.max(0, at - LOOK_BACK), at));
    const dump = SERIALISED.exec(head)?.[1] ?? REDIS.exec(head)?.[1];
    if (dump !== undefined) return naming.named(dump);
    if (SMALI.test(head)) return smaliName(text, at, end, naming);
    for (let count = 0; count < MOST_STEPS; count++) {
      head = head.replace(INLINE_TAGS, '').replace(YAML_MARKS, ': ');
      const openers = OPENERS.exec(head)?.[0] ?? '';
      head = head.slice(0, head.length - openers.length).replace(INLINE_TAGS, '');
      if (head === '') return null;
      const stand = { text, end, head, openers };
      let step: Step | null = null;
      for (const reading of readings) {
        step = reading(stand, naming);
        if (step !== null) break;
      }
      if (step === null) return naming.foreign(head);
      if ('name' in step) return step.name;
      head = step.head;
    }
    return null;
  };

  /** The name of the value that starts at `at` and ends at `end`, or null when it has none. */
  return (text: string, at: number, end: number): Name | null => {
    const found = search(text, at, end);
    // `ID:SECRET`, `ID=SECRET`: what stands before the value is the other value, not its name.
    if (found !== null && /^(?:LTAI|STS\.)[0-9A-Za-z]{12}/.test(found.raw)) return null;
    if (found !== null && found.folded !== '') return withWhose(found, text, at);
    return naming.foreign(text.slice(Math.max(0, at - 90), at).replace(/[^\n]*\n(?=[^\n]*\n)/g, ''));
  };
};

/** What stands before a name on its line in a language that is not written in ASCII says whose it is. */
const withWhose = (name: Name, text: string, at: number): Name => {
  const head = text.slice(Math.max(0, at - 160), at);
  const line = head.slice(head.lastIndexOf('\n') + 1);
  const whose = wordBefore(line, line.lastIndexOf(name.raw));
  return whose === '' ? name : { ...name, stem: [...name.stem, whose] };
};

/** A call that gives a name and its value and nothing else. */
const NAMES_ITS_VALUE =
  /(?:^|[^\w$])(?:set|put|add|append|define|insert|header|field|param|query|with|env)\w{0,20}\(\s{0,8}["'`]([^"'`\n]{1,80})["'`]\s{0,8},$/i;

const ARGUMENT_OF_ITS_OWN = /["'`][0-9A-Za-z.]{16,64}["'`]\s{0,8},\s{0,40}[\w$.]{1,80}\s{0,8},$/;

/** `put("accessKeyId", "...")`: the argument before is a name; in any other call only when it says something. */
const beforeComma: Reading = ({ text, end, head }, naming) => {
  if (head.endsWith(';')) return { name: null };
  if (!head.endsWith(',')) return null;
  const set = NAMES_ITS_VALUE.exec(head)?.[1];
  if (set !== undefined && /^["'`]\s{0,8}\)/.test(text.slice(end, end + 10)))
    return { name: naming.isGeneric(set) ? null : naming.named(set) };
  const argument =
    /["'`]([^"'`\n]{1,80}?)\\{0,6}["'`]\s{0,8},$/.exec(head)?.[1] ??
    /([A-Za-z_$][\w$.]{1,80})\s{0,8},$/.exec(head)?.[1];
  // A variable behind another value in a call is an argument of its own: `login("...", secret, "...")`.
  if (argument === undefined || ARGUMENT_OF_ITS_OWN.test(head)) return { name: null };
  const name = naming.named(argument, 'by-comma');
  return { name: name.kind === 'unknown' || name.kind === 'other' ? null : name };
};

/** `<accessKeySecret>...`, `<string name="...">...`, `<key>...</key><string>...`. */
const insideElement: Reading = ({ text, end, head }, naming) => {
  if (!head.endsWith('>') || /[=-]>$/.test(head)) return null;
  const tag = TAG.exec(head);
  if (tag?.[1] === undefined) return { name: null };
  const outside = head.slice(0, tag.index);
  const attribute = NAME_ATTRIBUTE.exec(tag[2] ?? '')?.[1];
  if (attribute !== undefined) {
    const label = naming.isGeneric(attribute) ? LABELLED_ELEMENT.exec(outside)?.[1] : undefined;
    return { name: naming.named(label ?? attribute) };
  }
  const own = naming.named(tag[1].split(':').at(-1) ?? tag[1]);
  const generic = naming.isGeneric(tag[1]);
  if (own.kind !== 'unknown' && !generic) return { name: own };
  const element = NAMED_ELEMENT.exec(outside)?.[1] ?? (generic ? elementBehind(outside, text, end) : undefined);
  if (element !== undefined) return { name: naming.named(element) };
  if (own.kind !== 'unknown' || !PLAIN_TAG.test(tag[1])) return { name: generic ? null : own };
  return { head: outside };
};

/** `accessKeyId = ...`, `"accessKeyId": ...`, `:access_key_id => ...`. */
const behindOperator: Reading = ({ text, end, head: whole }, naming) => {
  const operator = OPERATOR.exec(whole)?.[0];
  if (operator === undefined) return null;
  const head = whole.slice(0, whole.length - operator.length);
  if (operator === '::') return { head };
  const found = IDENTIFIER.exec(head);
  const raw = found?.[1];
  if (found === null || raw === undefined) {
    const phrase = phraseEnding(head.replace(/["'`*\]) \t]+$/, ''));
    return { name: phrase === '' ? null : naming.named(phrase) };
  }
  if (!naming.isGeneric(raw)) {
    const told = nameOfValue(raw, head.slice(0, found.index));
    if (told !== undefined) return { name: naming.named(told) };
    const phrase = LEANING.test(raw) ? phraseEnding(head) : '';
    return { name: naming.named(phrase === '' ? raw : phrase) };
  }
  const outside = head.slice(0, found.index);
  const sibling = nameBeside(outside, text, end);
  if (sibling !== undefined) return { name: naming.named(sibling) };
  const wrapper = wrapperName(outside, text.slice(end, end + LOOK_AHEAD), naming);
  if (wrapper !== null) return { name: wrapper };
  const further = outside.replace(/[ \t]+$/, '').replace(/(?<=[\w"'\]])$/, ':');
  return further === outside ? { name: null } : { head: further };
};

/** `setAccessKeyId("...")` names it, `atob("...")` does not: what is before the call may. */
const insideCall: Reading = ({ head, openers }, naming) => {
  if (!openers.includes('(')) return null;
  const callee = /([A-Za-z_$][\w$.:]*)$/.exec(head)?.[1];
  if (callee === undefined) return { name: null };
  const name = naming.named(callee);
  const isSetter = /^(?:set|with|add|put)/i.test(callee.split(/[.:]/).at(-1) ?? '');
  // A builder's `.nonce("...")`: what is called on the result of a call sets a field.
  const isLink = !WRAPPER.test(callee) && /\)\s{0,40}\??\.\w+$/.test(head);
  if (name.kind === 'id' || name.kind === 'secret' || (name.kind !== 'unknown' && (isSetter || isLink)))
    return { name };
  if (!WRAPPER.test(callee)) return { name: null };
  return { head: head.slice(0, head.length - callee.length).replace(/(?<=^|[^\w])(?:new|await|return)[ \t]*$/, '') };
};

/** `--access-key-id ...`, `#define ACCESS_KEY_ID ...`, prose, a heading above. */
const behindBlank: Reading = ({ head, openers }, naming) => {
  if (openers.includes('\n')) return { name: headingName(head, naming) };
  if (!/[ \t]/.test(openers)) return null;
  const option = /(?:^|[\s"'`])(--?[A-Za-z][\w-]*)$/.exec(head)?.[1];
  if (option !== undefined) return { name: naming.option(option) };
  const phrase = phraseEnding(head);
  if (phrase === '') return null;
  if (FILLER.test(phrase)) return { head: head.replace(/[A-Za-z]+$/, '').replace(/[ \t]+$/, '') };
  if (naming.isGeneric(phrase)) return { head: head.slice(0, head.length - phrase.length) };
  // Any word may stand before a value: without an operator only one that says something counts.
  const name = naming.named(phrase);
  const isCell = openers.includes('\t');
  const says = name.kind === 'id' || name.kind === 'secret' || (name.kind !== 'unknown' && !isCell);
  return says ? { name } : null;
};

/** Where a register's string goes, or the string that was loaded before it: a field, a property's name. */
const smaliName = (text: string, at: number, end: number, naming: Naming): Name | null => {
  const below = text.slice(end, end + 240);
  const field = /^"\s{1,12}(?:\.line \d+\s{1,12})?[si]put-object [^\n]{1,160}->(\w{1,80}):/.exec(below)?.[1];
  if (field !== undefined) return naming.named(field);
  const above = [
    ...text.slice(Math.max(0, at - 700), at).matchAll(/const-string(?:\/jumbo)? \w+, ?"([^"\n]{1,80})"/g),
  ].at(-1)?.[1];
  const name = above === undefined ? null : naming.named(above);
  return name !== null && name.kind !== 'unknown' ? name : null;
};

/** Words of prose or a column apart: `AccessKey Secret`, `Access Key ID`. */
const phraseEnding = (head: string): string => {
  const phrase = /([A-Za-z][\w.-]*(?:[ \t]{1,3}[A-Za-z][\w.-]*){0,3})["'`*\]) \t]{0,4}$/.exec(head)?.[1] ?? '';
  const words = phrase.split(/[ \t]+/);
  const last = foldName(words.at(-1) ?? '');
  // Only where the last word leans on the one before.
  return /^(id|key|secret|keyid|keysecret|ak|sk)$/.test(last) && words.length > 1
    ? words.slice(last === 'id' && words.length > 2 ? -3 : -2).join(' ')
    : (words.at(-1) ?? '');
};
