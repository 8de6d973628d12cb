// Stands in for every other way to a socket that the cloud SDK brings along: WebSocket and SOCKS clients, proxy agents, and
// Node's own http, https and tls where the SDK imports them (scripts/virtual-modules.mjs puts it there). Nothing that
// akscan calls needs one; whatever tries fails here instead of going around the transport.

export default class Closed {
  constructor() {
    throw new Error('The cloud SDK tried to open a connection of its own.');
  }
}

export { Closed as Agent, Closed as SocksProxyAgent };
