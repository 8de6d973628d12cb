// Answers that no API gives: somebody else's page, a cut connection, silence.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './fault.js';

export const misbehave = (
  fault: Exclude<Fault, { kind: 'error' | 'after' | 'clock' | 'gzip' }>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void => {
  switch (fault.kind) {
    case 'answer':
      outgoing.writeHead(fault.status, { 'content-type': 'text/html', ...fault.headers });
      outgoing.end(fault.body);
      return;
    case 'reset':
      incoming.socket.resetAndDestroy();
      return;
    case 'truncate':
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      outgoing.write('{"RequestId":"', () => incoming.socket.destroy());
      return;
    case 'stall':
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      outgoing.write('{"RequestId":"');
      return;
    default:
    // `hang` says nothing, until the client or close() ends it.
  }
};
