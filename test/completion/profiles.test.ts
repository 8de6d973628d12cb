import { describe, expect, it } from 'vitest';
import { profileNames } from '../../src/completion/profiles.js';
import { temporaryFolder, write } from '../support/repository.js';

const namesIn = (config: string): readonly string[] => {
  const home = temporaryFolder();
  write(home, { '.aliyun/config.json': config });
  return profileNames({ HOME: home });
};

describe('names of profiles', () => {
  it('are all that is taken of the file, each once', () => {
    const profiles = [{ name: 'b', access_key_id: 'x' }, { name: 'a' }, { name: 'b' }, {}, null, { name: 7 }];
    expect(namesIn(JSON.stringify({ profiles }))).toEqual(['a', 'b']);
  });

  it('are left out when they would break a line or draw on the terminal', () => {
    const profiles = [
      { name: 'a\nb' },
      { name: 'a\u001b]0;x\u0007' },
      { name: '\u202Ea' },
      { name: '' },
      { name: '阿里' },
    ];
    expect(namesIn(JSON.stringify({ profiles }))).toEqual(['阿里']);
  });

  it('are none where there is no such file, or another', () => {
    expect(profileNames({ HOME: temporaryFolder() })).toEqual([]);
    for (const config of ['', '{', 'null', '[]', '{"profiles":{}}', '"x"']) expect(namesIn(config)).toEqual([]);
  });
});
