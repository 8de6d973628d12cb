import { describe, expect, it } from 'vitest';
import { type Ask, createAsk } from '../../src/cloud/ask.js';
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

  it('take a list of users without end for a fault', async () => {
    let pages = 0;
    const ask: Ask = async (_name, _query, read) => {
      pages += 1;
      const body = { Users: { User: [{ UserName: `user-${pages}` }] }, IsTruncated: true, Marker: `page-${pages}` };
      const reading = read(body);
      return typeof reading === 'string' ? { kind: 'none' } : { kind: 'found', value: reading.value };
    };
    expect(await createQuestions(ask).users()).toEqual({ kind: 'fault', why: 'ListUsers gave pages without end.' });
    expect(pages).toBeLessThan(2_000);
  });
});
