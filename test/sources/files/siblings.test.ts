import { describe, expect, it } from 'vitest';
import { id24, secret30 } from '../../support/keys.js';
import { commit, repository, temporaryFolder, write } from '../../support/repository.js';
import { read } from '../recording.js';

const idLine = (id: string): string => `aliyun.accessKeyId=${id}\n`;
const secretLine = (secret: string): string => `aliyun.accessKeySecret=${secret}\n`;

describe('an ID that stands alone', () => {
  it('is completed from the one file beside it that holds its secret', async () => {
    const folder = temporaryFolder();
    const [id, secret] = [id24(), secret30()];
    write(folder, { 'conf/id.properties': idLine(id), 'conf/secret.properties': secretLine(secret), 'other.txt': 'x' });
    const { sightings } = await read([folder]);
    expect(sightings).toMatchObject([
      {
        path: 'conf/id.properties',
        secretPath: 'conf/secret.properties',
        detection: { kind: 'pair', accessKeyId: id, secret },
      },
    ]);
  });

  it('is not completed from a file that git ignores, unless those are read', async () => {
    const folder = repository();
    const [id, secret] = [id24(), secret30()];
    write(folder, { '.gitignore': 'local.*', 'id.properties': idLine(id), 'local.properties': secretLine(secret) });
    const seen = await read([folder], { history: false });
    expect(seen.sightings).toMatchObject([{ detection: { kind: 'id-only', accessKeyId: id, secret: null } }]);
    const all = await read([folder], { history: false, ignored: true });
    expect(all.sightings).toMatchObject([{ secretPath: 'local.properties', detection: { kind: 'pair', secret } }]);
  });

  it('is completed in history from the commit that brought it in', async () => {
    const folder = repository();
    const [id, secret] = [id24(), secret30()];
    commit(folder, { 'conf/id.properties': idLine(id), 'conf/secret.properties': secretLine(secret) });
    commit(folder, { 'conf/id.properties': 'clean\n', 'conf/secret.properties': 'clean\n' });
    const { sightings } = await read([folder], { worktree: false });
    expect(sightings).toMatchObject([
      {
        source: 'history',
        path: 'conf/id.properties',
        secretPath: 'conf/secret.properties',
        detection: { kind: 'pair', accessKeyId: id, secret },
      },
    ]);
  });
});
