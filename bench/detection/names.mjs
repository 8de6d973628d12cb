// Names that people give to the two halves, among them those that lie: in `access_id`/`access_key` the KEY is the secret,
// in `access_key`/`secret_key` it is the ID. Misspellings are from public code.

const OWNERS = [
  '',
  '',
  'aliyun',
  'oss',
  'aliyun oss',
  'sms',
  'ali',
  'alibaba cloud',
  'alicloud',
  'dysms',
  'vod',
  'nacos',
];

const HALVES = [
  ['access key id', 'access key secret'],
  ['access key id', 'access key secret'],
  ['access key id', 'access key secret'],
  ['access key', 'secret key'],
  ['access key', 'access secret'],
  ['access key', 'access key secret'],
  ['access id', 'access key'],
  ['access key id', 'secret access key'],
  ['key id', 'key secret'],
  ['ak', 'sk'],
  ['ak id', 'ak secret'],
  ['access id', 'access secret'],
  ['acess key id', 'acess key secret'],
  ['access key id', 'access key scret'],
  ['access key', 'access sectrt'],
  ['key id', 'key screct'],
];

const capital = (word) => word[0].toUpperCase() + word.slice(1);

const STYLES = {
  upper: (words) => words.join('_').toUpperCase(),
  snake: (words) => words.join('_'),
  kebab: (words) => words.join('-'),
  camel: ([first, ...rest]) => first + rest.map(capital).join(''),
  pascal: (words) => words.map(capital).join(''),
  flat: (words) => words.join(''),
};

/** A pair of names, [id, secret], in one style: upper, snake, kebab, camel, pascal or flat. */
export const names = (kit, style) => {
  const owner = kit.pick(OWNERS).split(' ').filter(Boolean);
  return kit.pick(HALVES).map((half) => STYLES[style]([...owner, ...half.split(' ')]));
};
