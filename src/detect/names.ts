// The name a value goes by: the variable, key, tag, option, setter or words before it; and what that name says the value
// is. Looks back over a bounded stretch of text, so its cost does not depend on the file.

import type { Vocabulary } from './rules.js';

export type NameKind = 'id' | 'secret' | 'key' | 'user' | 'password' | 'other' | 'unknown';

export interface Name {
  readonly raw: string;
  readonly folded: string;
  readonly kind: NameKind;
  /** The words of the name that do not say which part of a pair it is: whose pair it is. */
  readonly stem: readonly string[];
  /** A word for another maker's keys, when the name holds one. */
  readonly vendor: string | null;
  /** The name was the argument before (`put("accessKeyId", "...")`), which may as well be an unrelated one. */
  readonly byComma: boolean;
}

export interface Namer {
  /** The name of the value that starts at `at` and ends at `end`, or null when it has none. */
  nameOf(text: string, at: number, end: number): Name | null;
  /** A name found in other ways: a column's head, a file's name. */
  named(raw: string): Name;
  /** Whether a word of a name is Alibaba Cloud's own. */
  isHouse(word: string): boolean;
  /** What is told by the words of a line that is around a value: a heading, a parent key. */
  vendorIn(text: string): string | null;
  /** Names of the ID kind, each with the index just past its assignment. */
  idSlots(text: string): readonly { readonly name: Name; readonly valueAt: number }[];
  /** Names of the secret kind whose value is not there: taken from elsewhere, masked, left empty. */
  secretSlots(text: string): readonly { readonly name: Name; readonly valueAt: number }[];
}

const LOOK_BACK = 260;
const LOOK_AHEAD = 160;

export const foldName = (raw: string): string => raw.toLowerCase().replace(/[^a-z0-9]/g, '');

export const wordsOf = (raw: string): readonly string[] =>
  raw
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d+)(?![A-Za-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

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
  /<(?:key|name|dt|th|td|label|id|entry|param-name)\b[^<>]{0,80}>\s{0,20}([^<\n]{1,80}?)\s{0,20}<\/[\w:-]{1,40}>\s{0,80}$/i;
/** `<stringProp name="Argument.name">ak</stringProp>` before the element with the value. */
const LABELLED_ELEMENT = /<[^<>]{0,80}\bname["'][^<>]{0,80}>\s{0,20}([^<\n]{1,80}?)\s{0,20}<\/[\w:-]{1,40}>\s{0,80}$/i;
const NAME_ATTRIBUTE = /\b(?:name|key|id|property|label|title)\s{0,4}[=:]\s{0,4}\\?["']([^"'\\]{1,80})\\?["']/i;
const NAMED_SIBLING =
  /(?:^|[^\w])["']?(?:name|key|variable|env|label|title|field|id)["']?\s{0,4}[:=]\s{0,4}\\?["']?([\w.$-]{2,80})\\?["']?[,;]?\s{0,80}["'{]?$/i;
const NAMED_BLOCK =
  /\b(?:variable|resource|data|field|property)\s{1,4}"([^"\n]{1,80})"(?:\s{1,4}"[^"\n]{1,80}")?\s{0,4}\{[^{}]{0,240}$/;

/** One letter too many, too few, wrong, or two swapped. */
const isMisspelt = (word: string, meant: string): boolean => {
  if (word.length < 5 || Math.abs(word.length - meant.length) > 1 || word === meant) return false;
  let from = 0;
  while (from < word.length && word[from] === meant[from]) from++;
  const rest = word.slice(from);
  const wanted = meant.slice(from);
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  );
};

/** A value that stands for one kept elsewhere: a variable, a call, a reference, a placeholder, nothing. */
const ELSEWHERE =
  /^(?:["'`]?[ \t]*(?:["'`,;})\r\n]|$)|[$*%#@]|\{[{%$]|<(?!\/?[a-z:-]+[\s>])|x{3}|\*{3}|(?:process|os|System|sys|env|ENV|getenv|import|secrets?|vault|config|conf|settings|props?|options|opts|this|self|null|None|nil|undefined|your|data|var|local|module|lookup|std|builtins)\b|your|[A-Z][A-Z_]{5,}\b|[A-Za-z_][\w.:]{2,60}\()/;

/** What a name may end in without changing its kind: an account's number, an encoding. */
const NUMBER_OR_ENCODING = /(?:b64|base64|encoded|enc|\d+)$/;

export const createNamer = (vocabulary: Vocabulary): Namer => {
  const { names } = vocabulary;
  const roles = new Set(vocabulary.roles);
  const generic = new Set(vocabulary.generic);
  const vendors = new Set(vocabulary.vendors);
  const house = new Set(vocabulary.house);
  const foreign = {
    secret: vocabulary.foreign.secret.flatMap(bothForms),
    id: vocabulary.foreign.id.flatMap(bothForms),
  };

  const matches = (kind: keyof Vocabulary['names'], whole: string, last: string, words: readonly string[]): boolean => {
    const list = names[kind];
    const lastWord = words.at(-1) ?? '';
    return (
      (list.within ?? []).some((part) => last.includes(part)) ||
      (list.endings ?? []).some((ending) => whole.endsWith(ending)) ||
      (list.words ?? []).some((word) => word === lastWord)
    );
  };

  const kindOf = (raw: string, words: readonly string[]): NameKind => {
    // A number at the end counts accounts (`secret2`): it says nothing of the kind.
    const whole = foldName(raw).replace(NUMBER_OR_ENCODING, '');
    const last = foldName(raw.split(/[./>]/).at(-1) ?? raw).replace(NUMBER_OR_ENCODING, '');
    const kinds = ['id', 'secret', 'key', 'user', 'password', 'other'] as const;
    const unnumbered = words.filter((word) => !/^(?:\d+|b|base|b64|base64|enc|encoded)$/.test(word));
    if ((names.other.always ?? []).some((part) => last.includes(part))) return 'other';
    const kind =
      kinds.find((candidate) => matches(candidate, whole, last, unnumbered)) ??
      (words.some((word) => isMisspelt(word, 'secret')) ? 'secret' : 'unknown');
    // `secretKeyId`: says both, so it says neither.
    return kind === 'id' && /secret(?!id$)/.test(whole) ? 'key' : kind;
  };

  const make = (raw: string, byComma: boolean): Name => {
    const words = wordsOf(raw);
    return {
      raw,
      folded: foldName(raw),
      kind: kindOf(raw, words),
      stem: words.filter((word) => !roles.has(word)),
      vendor: words.find((word) => vendors.has(word)) ?? null,
      byComma,
    };
  };

  /** ossutil's `-i` and `-k` are an ID and a secret. */
  const optionName = (option: string): Name =>
    make(option === '-k' ? '--secret' : option === '-i' ? '--key-id' : option, false);

  const isGeneric = (raw: string): boolean => generic.has(foldName(raw.split(/[.:]/).at(-1) ?? raw));

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

  const search = (text: string, at: number, end: number): Name | null => {
    let head = text.slice(Math.max(0, at - LOOK_BACK), at);
    const php = /(?:["'\\]|^)([\w .-]{1,60})\\{0,6}";s:\d{1,6}:\\{0,6}"$/.exec(head);
    if (php?.[1] !== undefined) return make(php[1], false);
    if (SMALI.test(head)) return smaliName(text, at, end);
    const redis = /\$\d{1,4}\r?\n([\w.:-]{1,80})\r?\n\$\d{1,4}\r?\n$/.exec(head);
    if (redis?.[1] !== undefined) return make(redis[1], false);
    for (let step = 0; step < 5; step++) {
      head = head.replace(INLINE_TAGS, '').replace(YAML_MARKS, ': ');
      const openers = OPENERS.exec(head)?.[0] ?? '';
      head = head.slice(0, head.length - openers.length).replace(INLINE_TAGS, '');
      if (head === '') return null;

      if (head.endsWith(',') || head.endsWith(';')) {
        const argument =
          /["'`]([^"'`\n]{1,80}?)\\{0,6}["'`]\s{0,8}[,;]$/.exec(head) ??
          /([A-Za-z_$][\w$.]{1,80})\s{0,8}[,;]$/.exec(head);
        if (argument?.[1] === undefined || head.endsWith(';')) return null;
        const name = make(argument[1], true);
        return name.kind === 'unknown' || name.kind === 'other' ? null : name;
      }

      if (head.endsWith('>') && !/[=-]>$/.test(head)) {
        const tag = TAG.exec(head);
        if (tag?.[1] === undefined) return null;
        const attribute = NAME_ATTRIBUTE.exec(tag[2] ?? '')?.[1];
        const outside = head.slice(0, tag.index);
        if (attribute !== undefined)
          return make((isGeneric(attribute) ? LABELLED_ELEMENT.exec(outside)?.[1] : null) ?? attribute, false);
        const own = make(tag[1].split(':').at(-1) ?? tag[1], false);
        if (own.kind !== 'unknown' && !isGeneric(tag[1])) return own;
        const element = NAMED_ELEMENT.exec(outside)?.[1];
        if (element !== undefined) return make(element, false);
        if (
          own.kind !== 'unknown' ||
          !/^(?:[a-z]{1,4}\d?|value|string|code|strong|span|text|param-value|option)$/i.test(tag[1])
        ) {
          return isGeneric(tag[1]) ? null : own;
        }
        head = outside;
        continue;
      }

      const operator = OPERATOR.exec(head)?.[0];
      if (operator !== undefined) {
        head = head.slice(0, head.length - operator.length);
        if (operator === '::') continue;
        const found = IDENTIFIER.exec(head);
        if (found?.[1] === undefined) {
          const phrase = phraseEnding(head.replace(/["'`*\]) \t]+$/, ''));
          return phrase === '' ? null : make(phrase, false);
        }
        const raw = found[1];
        if (isGeneric(raw)) {
          const inner = head.slice(0, found.index);
          const sibling =
            NAMED_SIBLING.exec(inner.replace(/["'\s]+$/, (blank) => (blank.includes('\n') ? '\n' : ' ')))?.[1] ??
            NAMED_BLOCK.exec(inner)?.[1] ??
            NAME_ATTRIBUTE.exec(/<[^<>]*$/.exec(inner)?.[0] ?? '')?.[1] ??
            NAME_ATTRIBUTE.exec(aheadOf(text, end))?.[1];
          if (sibling !== undefined) return make(sibling, false);
          head = inner.replace(/[ \t]+$/, '').replace(/(?<=[\w"'\]])$/, ':');
          if (head === inner) return null;
          continue;
        }
        const phrase = /^(?:id|key|secret|ID|Id|KEY|Key|SECRET|Secret)$/.test(raw) ? phraseEnding(head) : raw;
        return make(phrase === '' ? raw : phrase, false);
      }

      if (openers.includes('(')) {
        const callee = /([A-Za-z_$][\w$.:]*)$/.exec(head)?.[1];
        if (callee === undefined) return null;
        const name = make(callee, false);
        if (name.kind === 'id' || name.kind === 'secret') return name;
        if (name.kind !== 'unknown' && /^(?:set|with|add|put)/i.test(callee.split(/[.:]/).at(-1) ?? '')) return name;
        if (!WRAPPER.test(callee)) return null;
        head = head.slice(0, head.length - callee.length);
        if (/(?:^|[^\w])(?:new|await|return)[ \t]*$/.test(head)) head = head.replace(/(?:new|await|return)[ \t]*$/, '');
        continue;
      }

      if (openers.includes('\n')) return headingName(head);
      if (/[ \t]/.test(openers)) {
        const option = /(?:^|[\s"'`])(--?[A-Za-z][\w-]*)$/.exec(head)?.[1];
        if (option !== undefined)
          return make(option === '-k' ? '--secret' : option === '-i' ? '--key-id' : option, false);
        const phrase = phraseEnding(head);
        if (phrase === '') return foreignName(head);
        if (/^(?:is|are|was|the|new|return|and|or|with|to|as|of)$/i.test(phrase)) {
          head = head.replace(/[A-Za-z]+$/, '').replace(/[ \t]+$/, '');
          continue;
        }
        if (isGeneric(phrase)) {
          head = head.slice(0, head.length - phrase.length);
          continue;
        }
        // Any word may stand before a value: without an operator only one that says something counts.
        const name = make(phrase, false);
        const cell = openers.includes('\t');
        const says = name.kind === 'id' || name.kind === 'secret' || (name.kind !== 'unknown' && !cell);
        return says ? name : foreignName(head);
      }
      return foreignName(head);
    }
    return null;
  };

  /** A short line of its own above the value: a heading, a label. */
  const headingName = (head: string): Name | null => {
    const line = head.slice(head.lastIndexOf('\n') + 1).replace(/^[\s#*>_+-]+|[\s#*_:]+$/g, '');
    if (line === '' || line.length > 40 || !/^[\w ./()-]+$/.test(line)) return null;
    const name = make(line, false);
    return name.kind === 'id' || name.kind === 'secret' ? name : null;
  };

  /** Where a register's string goes, or the string that was loaded before it: a field, a property's name. */
  const smaliName = (text: string, at: number, end: number): Name | null => {
    const below = text.slice(end, end + 240);
    const field = /^"\s{1,12}(?:\.line \d+\s{1,12})?[si]put-object [^\n]{1,160}->(\w{1,80}):/.exec(below)?.[1];
    if (field !== undefined) return make(field, false);
    const above = [
      ...text.slice(Math.max(0, at - 700), at).matchAll(/const-string(?:\/jumbo)? \w+, ?"([^"\n]{1,80})"/g),
    ].at(-1)?.[1];
    const name = above === undefined ? null : make(above, false);
    return name !== null && name.kind !== 'unknown' ? name : null;
  };

  const foreignName = (head: string): Name | null => {
    const line = head.slice(head.lastIndexOf('\n') + 1).slice(-60);
    if (foreign.id.some((word) => line.includes(word))) return make('accessKeyId', false);
    return foreign.secret.some((word) => line.includes(word)) ? make('secret', false) : null;
  };

  const nameOf = (text: string, at: number, end: number): Name | null => {
    const found = search(text, at, end);
    // `ID:SECRET`, `ID=SECRET`: what stands before the value is the other value, not its name.
    if (found !== null && /^(?:LTAI|STS\.)[0-9A-Za-z]{12}/.test(found.raw)) return null;
    if (found !== null && found.folded !== '') return found;
    return foreignName(text.slice(Math.max(0, at - 60), at).replace(/[^\n]*\n(?=[^\n]*\n)/g, ''));
  };

  const OPTION_SLOT = /(?:^|[\s"'])(--?[A-Za-z][\w-]{0,60})[ \t]{1,4}["']?/g;
  const SLOT =
    /([A-Za-z_$][\w$.-]{0,80})["'`\]\\ \t]{0,6}(?:=>|:=|[:=]|<\/?[a-z]{0,10}>|(?<=["'`]),(?![ \t]{0,8}\r?\n))[ \t]{0,8}["'`\\@(]{0,4}/g;

  const slots = (text: string): readonly { readonly name: Name; readonly valueAt: number }[] => [
    ...[...text.matchAll(SLOT)].map((match) => ({
      name: make(match[1] ?? '', false),
      valueAt: match.index + match[0].length,
    })),
    ...[...text.matchAll(OPTION_SLOT)].map((match) => ({
      name: optionName(match[1] ?? ''),
      valueAt: match.index + match[0].length,
    })),
  ];

  return {
    nameOf,
    named: (raw) => make(raw, false),
    isHouse: (word) => house.has(word),
    vendorIn: (text) => {
      // A line that holds a value says nothing by it.
      const words = wordsOf(text.replace(/[0-9A-Za-z+/]{16,}/g, ' '));
      if (words.some((word) => house.has(word))) return null;
      return words.find((word) => vendors.has(word)) ?? null;
    },
    secretSlots: (text) =>
      slots(text)
        .filter(({ name, valueAt }) => name.kind === 'secret' && ELSEWHERE.test(text.slice(valueAt, valueAt + 40)))
        .map(({ name, valueAt }) => ({ name, valueAt })),
    idSlots: (text) => slots(text).filter(({ name }) => name.kind === 'id'),
  };
};

const aheadOf = (text: string, end: number): string => {
  const ahead = text.slice(end, end + LOOK_AHEAD);
  const stop = ahead.search(/[<>{}\n]/);
  return stop < 0 ? ahead : ahead.slice(0, stop);
};

/** A word in UTF-8 read byte by byte, and as it is. */
const bothForms = (word: string): readonly string[] => [word, Buffer.from(word, 'utf8').toString('latin1')];

/** Whether two stems may be of one pair: the same words, or one says nothing. */
export type StemRelation = 'same' | 'silent' | 'overlap' | 'different';

export const relateStems = (a: readonly string[], b: readonly string[]): StemRelation => {
  if (a.length === 0 && b.length === 0) return 'silent';
  const left = a.join(' ');
  const right = b.join(' ');
  if (left === right) return 'same';
  if (a.length === 0 || b.length === 0) return 'silent';
  return a.some((word) => b.includes(word)) ? 'overlap' : 'different';
};
