// Calls to a simulated cloud, signed by hand: these tests share no code with either side.

import { createHmac, randomBytes } from 'node:crypto';
import { afterEach } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.js';
import type { SimulatedKey, World } from '../../src/simulator/world.js';

const open: Simulator[] = [];

afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

/** Closed after the test. */
export const start = async (world: World, options: SimulatorOptions = {}): Promise<Simulator> => {
  const simulator = await startSimulator(world, options);
  open.push(simulator);
  return simulator;
};

const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export interface Over {
  readonly [name: string]: string;
}

/** A GET signed in the older way. @param over parameters, of the call and of the scheme */
export const call = async (url: string, { id, secret }: Pick<SimulatedKey, 'id' | 'secret'>, over: Over = {}) => {
  const parameters: Record<string, string> = {
    Action: 'GetCallerIdentity',
    Version: '2015-04-01',
    Format: 'JSON',
    AccessKeyId: id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomBytes(16).toString('hex'),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...over,
  };
  const canonical = Object.keys(parameters)
    .sort()
    .map((name) => `${percent(name)}=${percent(parameters[name] ?? '')}`)
    .join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`GET&%2F&${percent(canonical)}`)
    .digest('base64');
  const response = await fetch(`${url}/?${canonical}&Signature=${percent(signature)}`, { redirect: 'manual' });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson(text) ? JSON.parse(text) : null,
  };
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return text.startsWith('{');
  } catch {
    return false;
  }
};
