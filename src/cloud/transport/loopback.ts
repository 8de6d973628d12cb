// Which hosts are this machine itself: the only ones that plain HTTP is spoken to.

import { isIPv4 } from 'node:net';

/** @param hostname as `URL.hostname` gives it: lower case, IPv6 in brackets, numbers in any notation made dotted */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
