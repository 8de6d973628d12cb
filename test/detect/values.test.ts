import { describe, expect, it } from 'vitest';
import { createTools, layerOf } from '../support/detection.js';
import { createKeys } from '../support/keys.js';

const { finder } = createTools();
const keys = createKeys(41);
const keysIn = (text: string): readonly string[] => finder.keys(layerOf(text)).map(({ text: value }) => value);
const secretsIn = (text: string): readonly string[] =>
  finder.secrets(layerOf(text), null).map(({ text: value }) => value);

describe('keys', () => {
  it.each([
    ['alone', '@'],
    ['in quotes', 'id = "@";'],
    ['after an equals sign', 'OSSAccessKeyId=@&Expires=1'],
    ['before a secret', '@:secret'],
    ['in a path', 'https://host/@/file'],
    ['glued between names', 'AccessKeyId@ActionPublish'],
    ['after a plus sign at the start of a line', '+@'],
    ['in brackets', '[@]'],
    ['in a sentence', 'it is @.'],
    ['before an underscore and a word', '@_prod'],
    ['after a dash and a word', 'key-@'],
  ])('are found %s', (_, place) => {
    for (const id of [keys.id24(), keys.id16()]) expect(keysIn(place.replace('@', id))).toEqual([id]);
  });

  it.each([
    ['of another length', (id: string) => `id = ${id}x`],
    ['cut short', (id: string) => `id = ${id.slice(0, -1)}`],
    ['in a longer word', (id: string) => `name${keys.text('base58', 8)}9${id}`],
    ['masked from here on', (id: string) => `${id}****`],
    ['before an ellipsis', (id: string) => `${id}...`],
    ['in base64, by its padding', (id: string) => `"${keys.text('base62', 40)}/${id}=="`],
    ['in base64, by its signs', (id: string) => `${keys.text('base62', 30)}+${id}+${keys.text('base62', 30)}`],
    ['of lower case', (id: string) => id.toLowerCase()],
    ['in an alphabet of its own', (id: string) => `${id.slice(0, 10)}-${id.slice(11)}`],
  ])('are none %s', (_, write) => {
    expect(keysIn(write(keys.id24()))).toEqual([]);
  });

  it('are temporary with their own prefix, and tokens with theirs', () => {
    const [id, token] = [keys.stsId(), keys.stsToken()];
    expect(finder.keys(layerOf(`${id} ${token}`)).map(({ role, text, rule }) => [role, text, rule?.id])).toEqual([
      ['key', id, 'alibaba-sts'],
      ['token', token, 'alibaba-sts'],
    ]);
  });

  it('are doubtful when issued ones rarely look like it', () => {
    const issued = keys.id24();
    const typed = `${issued.slice(0, -1)}0`;
    const doubts = (id: string): readonly boolean[] => finder.keys(layerOf(id)).map(({ doubtful }) => doubtful);
    expect(doubts(issued)).toEqual([false]);
    expect(doubts(typed)).toEqual([true]);
  });

  it('stand at their place', () => {
    const id = keys.id24();
    const [value] = finder.keys(layerOf(`é = ${id}`));
    expect([value?.start, value?.end]).toEqual([5, 29]);
  });
});

describe('secrets', () => {
  it.each(['secret=@', '"@"', '@', '<a>@</a>', 'x:@:y', 'https://a:@@host', '(@)', '- @', '+@', '@.'])(
    'are found by their length: %s',
    (place) => {
      const secret = keys.secret30();
      expect(secretsIn(place.replace('@', secret))).toEqual([secret]);
    },
  );

  it.each(['a@', '@b', '@=="', 'x+@+y', '@**', 'a/b/cd/@/ef', 'eyJh.@.ab', '%4@', 'sha1-@-abc'])(
    'are none as a part of something longer: %s',
    (place) => {
      expect(secretsIn(place.replace('@', keys.secret30()))).toEqual([]);
    },
  );

  it('are found glued behind their name', () => {
    const secret = keys.secret30();
    expect(secretsIn(`AccessKeySecret${secret}RegionId`)).toEqual([secret]);
    expect(secretsIn(`x_SecretKey${secret}`)).toEqual([secret]);
    expect(secretsIn(`Nothing${secret}RegionIdentifier`)).toEqual([]);
  });

  it('are judged made up or not one by one', () => {
    const judge = (text: string): readonly boolean[] => finder.secrets(layerOf(text), null).map(finder.isIssued);
    expect(judge(keys.secret30())).toEqual([true]);
    expect(judge('yourAccessKeySecretGoesInHere1')).toEqual([false]);
  });
});

describe('a text that is one value', () => {
  it('is that value, blanks and quotes apart', () => {
    const [id, secret] = [keys.id16(), keys.secret30()];
    expect(finder.single({ text: ` "${id}"\n` })).toMatchObject({ role: 'key', text: id });
    expect(finder.single({ text: `${secret}\n` })).toMatchObject({ role: 'secret', text: secret });
    expect(finder.single({ text: `id: ${id}` })).toBeNull();
    expect(finder.single({ text: '' })).toBeNull();
  });
});

describe('IDs without a prefix', () => {
  const { finder: low } = createTools({ minConfidence: 'low' });
  it('are looked for only at low confidence, and never where a prefixed one stands', () => {
    const legacy = keys.legacyId();
    expect(keysIn(`accessKeyId=${legacy}`)).toEqual([]);
    expect(low.keys(layerOf(`accessKeyId=${legacy}`)).map(({ text }) => text)).toEqual([legacy]);
    const id = keys.id16();
    expect(low.keys(layerOf(`accessKeyId=${id}`)).map(({ rule }) => rule?.id)).toEqual(['alibaba-access-key']);
  });
});
