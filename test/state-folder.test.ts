import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stateFolder } from '../src/state-folder.js';
import { temporaryFolder } from './support/repository.js';

afterEach(() => void vi.unstubAllEnvs());

describe('the folder for what must last', () => {
  it('is in the home, or where XDG_STATE_HOME says', () => {
    const home = temporaryFolder();
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    expect(stateFolder({})).toBe(path.join(home, '.local/state/akscan'));
    expect(stateFolder({ XDG_STATE_HOME: '/x' })).toBe(path.normalize('/x/akscan'));
    expect(stateFolder({ XDG_STATE_HOME: 'relative' })).toBe(path.join(home, '.local/state/akscan'));
  });

  it('is none where the home is not there, which nobody makes', () => {
    const home = path.join(temporaryFolder(), 'missing');
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    expect(stateFolder({})).toBeNull();
    expect(existsSync(home)).toBe(false);
  });
});
