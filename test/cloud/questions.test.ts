import { describe, expect, it } from 'vitest';
import { createAsk } from '../../src/cloud/ask.js';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { createQuestions } from '../../src/cloud/questions.js';
import { createSession, DEFAULT_PACE } from '../../src/cloud/session.js';
import { AkscanError } from '../../src/errors.js';

describe('questions', () => {
  it('take credentials that ended in the middle of a run for a fault, and go on', async () => {
    const session = createSession(resolveEndpoints({}, {}), new AbortController().signal, DEFAULT_PACE);
    const gone = () => Promise.reject(new AkscanError('The credentials are gone.'));
    const keyring = { from: 'the profile "x"', roots: [], signer: gone };
    const ask = createAsk(session, keyring, '1234567890123456', () => {
      throw new Error('not reached');
    });
    const questions = createQuestions(ask);
    const fault = { kind: 'fault', why: 'The credentials are gone.' };
    expect(await questions.ownerOf('x')).toEqual(fault);
    expect(await questions.keysOf('x')).toEqual(fault);
    expect(await questions.users()).toEqual(fault);
  });
});
