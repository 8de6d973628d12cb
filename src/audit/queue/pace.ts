// How often all workers together may fetch from one host: a bucket of tokens in Redis, kept as the one time at which it will
// be full again (the generic cell rate algorithm, ITU-T I.371). The Redis' own clock counts, not that of any worker.

import type { Redis } from 'ioredis';
import { paceKey } from './keys.js';

export interface Pace {
  /**
   * Takes one turn at this host.
   *
   * @param longest milliseconds that the caller would wait
   * @returns milliseconds to wait before the turn; or, negative, that it would be longer than `longest`: nothing was taken
   */
  turn(host: string, longest: number): Promise<number>;
}

const SCRIPT = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local interval = tonumber(ARGV[1])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local wait = math.max(0, math.ceil(full - tonumber(ARGV[2]) - now))
if wait > tonumber(ARGV[3]) then return -wait end
local next = full + interval
redis.call('SET', KEYS[1], string.format('%.3f', next), 'PX', string.format('%.0f', math.ceil(next - now + 1000)))
return wait`;

/** What may be done at once after a rest: ten seconds' worth. */
const BURST_SECONDS = 10;

/** @param tagOf of a host's name */
export const createPace = (redis: Redis, perMinute: number, tagOf: (host: string) => string): Pace => {
  const interval = 60_000 / perMinute;
  const burst = Math.max(0, BURST_SECONDS * 1000 - interval);
  return {
    turn: async (host, longest) =>
      Number(await redis.eval(SCRIPT, 1, paceKey(tagOf(host)), String(interval), String(burst), String(longest))),
  };
};
