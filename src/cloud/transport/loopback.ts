// Which hosts are this machine itself: the only ones that plain HTTP is spoken to.

/** @param hostname as `URL.hostname` gives it: lower case, IPv6 in brackets, numbers in any notation made dotted */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
