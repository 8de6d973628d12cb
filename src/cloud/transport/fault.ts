// What can go wrong between us and a server before there is an answer to read. Every fault ends in the verdict `unknown`;
// none of them says anything about a credential.

export type FaultKind =
  | 'aborted'
  | 'connect-timeout'
  | 'timeout'
  | 'dns'
  | 'dns-timeout'
  | 'refused'
  | 'reset'
  | 'tls'
  | 'proxy'
  | 'plain-http'
  | 'redirect'
  | 'too-large'
  | 'truncated'
  | 'encoding';

/** Faults that another attempt may not meet. The others would only repeat themselves. */
const PASSING: ReadonlySet<FaultKind> = new Set(['connect-timeout', 'dns-timeout', 'timeout', 'reset', 'truncated']);

export class TransportFault extends Error {
  override readonly name = 'TransportFault';

  /**
   * @param message half a sentence that names the host and what happened, without secrets: `sts.aliyuncs.com did not
   *   answer within 15 s`
   * @param advice what to do about it, one sentence
   * @param unsent whether no connection ever stood, so that surely nothing arrived
   */
  constructor(
    readonly kind: FaultKind,
    message: string,
    readonly advice: string,
    readonly unsent: boolean = false,
  ) {
    super(message);
  }

  get passing(): boolean {
    return PASSING.has(this.kind);
  }
}

const TRY_AGAIN = 'Try again later.';
const CHECK_NETWORK = 'Check the network, HTTPS_PROXY and --endpoint.';

/** Turns what Node says of a socket into a fault; one that is a fault already stays as it is. */
export const faultOf = (error: unknown, host: string): TransportFault => {
  if (error instanceof TransportFault) return error;
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') {
    const kind = code === 'EAI_AGAIN' ? 'dns-timeout' : 'dns';
    return new TransportFault(kind, `the name ${host} could not be resolved`, CHECK_NETWORK);
  }
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL') {
    return new TransportFault('refused', `${host} cannot be reached (${code})`, CHECK_NETWORK);
  }
  if (code === 'ETIMEDOUT') return connectTimeout(host, null);
  if (TLS_CODES.has(code) || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return new TransportFault(
      'tls',
      `the TLS certificate or handshake of ${host} was not accepted (${code})`,
      'Behind a proxy that opens TLS, name its certificate authority in NODE_EXTRA_CA_CERTS.',
    );
  }
  // Parser errors (HPE_*), resets and broken pipes: something that is no HTTP, or nothing any more.
  const what = code.startsWith('HPE_') ? 'did not answer in HTTP' : 'closed the connection';
  return new TransportFault('reset', `${host} ${what} (${code || 'no reason given'})`, TRY_AGAIN);
};

/** @param milliseconds the limit that was hit; null when the operating system gave up first */
export const connectTimeout = (host: string, milliseconds: number | null): TransportFault =>
  new TransportFault('connect-timeout', `${host} could not be reached${within(milliseconds)}`, CHECK_NETWORK);

export const totalTimeout = (host: string, milliseconds: number): TransportFault =>
  new TransportFault('timeout', `${host} did not answer${within(milliseconds)}`, TRY_AGAIN);

const within = (milliseconds: number | null): string =>
  milliseconds === null ? '' : ` within ${milliseconds / 1000} s`;

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : '';
};

/** Certificate verification failures as OpenSSL names them (Node documentation, "X509 certificate error codes"). */
const TLS_CODES: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);
